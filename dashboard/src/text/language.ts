import { chinese } from './chinese';
import { english } from './english';
import type { Language } from './languages';

export type Key = keyof typeof chinese;

const strings: Record<Language, Record<Key, string>> = { 'zh-CN': chinese, en: english };

let current: Language = 'zh-CN';

export function language(): Language {
  return current;
}

export function setLanguage(value: Language): void {
  current = value;
  document.documentElement.lang = value;
}

/** The word for a code of a kind such as `view`, or the code itself where the page has no word: offices choose some codes themselves. */
export function wordFor(kind: string, code: string): string {
  return (strings[current] as Record<string, string>)[`${kind}.${code}`] ?? code;
}

/** A text with its {places} filled in; {count:city|cities} is the word that goes with one, or with another number. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return strings[current][key].replace(/\{(\w+)(?::([^|}]+)\|([^}]+))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = values[name];
    return value === undefined ? whole : one && other ? Number(value) === 1 ? one : other : String(value);
  });
}
