// Builds elements. Text always goes in as text, so nothing the registry holds can become markup.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

// A bar's length. Set through the object model: the content policy forbids style attributes.
export function withShare(element, share) {
  element.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
  return element;
}
