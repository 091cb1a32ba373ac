/** What an element is made of besides its children. `on…` is a listener, `style` sets custom properties, null and false are left out. */
type Properties = Record<string, unknown>;
export type Child = Node | string | number | null | undefined | false | Child[];

/** An HTML element. Text is always set as text, so markup in a name shows as it was typed. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), properties, children);
}

/** Likewise of SVG. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, properties: Properties = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function filled<E extends HTMLElement | SVGElement>(element: E, properties: Properties, children: Child[]): E {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'style') for (const [property, text] of Object.entries(value as Record<string, string>)) element.style.setProperty(property, text);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}
