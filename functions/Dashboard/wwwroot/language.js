import { strings } from './strings.js';

export const languages = Object.keys(strings);

let current = languages[0];

export function language() {
  return current;
}

export function setLanguage(value) {
  current = value;
  document.documentElement.lang = value;
}

// The address decides, else the reader's browser; English for a browser that speaks neither.
export function chooseLanguage(asked) {
  return languages.find(known => known.toLowerCase() === (asked ?? '').toLowerCase())
    ?? (/^zh\b/i.test(asked ?? navigator.language) ? 'zh-CN' : 'en');
}

export function t(key, values = {}) {
  const text = strings[current][key];
  if (text === undefined) throw new Error(`No text for '${key}'.`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function localName(row) {
  const [first, second] = current === 'zh-CN' ? [row.nameZh, row.nameEn] : [row.nameEn, row.nameZh];
  return first || second || row.id;
}
