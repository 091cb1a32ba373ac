export type Language = 'zh-CN' | 'en';

export const languages: readonly Language[] = ['zh-CN', 'en'];

/** The address decides, else the reader's browser; English for a browser that speaks neither. */
export function chooseLanguage(asked: string | null): Language {
  return languages.find(known => known.toLowerCase() === (asked ?? '').toLowerCase()) ?? (/^zh\b/i.test(asked ?? navigator.language) ? 'zh-CN' : 'en');
}
