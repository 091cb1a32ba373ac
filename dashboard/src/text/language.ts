import { english } from './english';
import { chinese } from './chinese';

export type Key = keyof typeof chinese;
export type Language = 'zh-CN' | 'en';

export const languages: readonly Language[] = ['zh-CN', 'en'];
const strings: Record<Language, Record<Key, string>> = { 'zh-CN': chinese, en: english };

let current: Language = 'zh-CN';

export function language(): Language {
  return current;
}

export function setLanguage(value: Language): void {
  current = value;
  document.documentElement.lang = value;
}

/** The address decides, else the reader's browser; English for a browser that speaks neither. */
export function chooseLanguage(asked: string | null): Language {
  return languages.find(known => known.toLowerCase() === (asked ?? '').toLowerCase()) ?? (/^zh\b/i.test(asked ?? navigator.language) ? 'zh-CN' : 'en');
}

/** A text with its {places} filled in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return strings[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
