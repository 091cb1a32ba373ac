import type { Precision } from './model';
import { language, t } from './text/language';

// Making one takes longer than all that it formats.
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(`${language()} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(language(), options));
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language() === 'en' ? 'en-GB' : language();
  return kept(`${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
}

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(name: string, make: () => T): T {
  const found = (made.get(name) as T | undefined) ?? make();
  made.set(name, found);
  return found;
}

export function count(value: number): string {
  return numbers({ maximumFractionDigits: 2 }).format(value);
}

export function percent(fraction: number): string {
  return numbers({ style: 'percent', maximumFractionDigits: 1 }).format(fraction);
}

export function signed(value: number): string {
  return numbers({ maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);
}

/** Yuan as each language counts them: in 亿元, or in millions and billions. */
export function yuan(value: number): string {
  return language() === 'en'
    ? value >= 1e9 ? `CNY ${numbers({ maximumFractionDigits: 2 }).format(value / 1e9)} bn`
      : `CNY ${numbers({ maximumFractionDigits: 0 }).format(value / 1e6)} m`
    : `${numbers({ maximumFractionDigits: 2 }).format(value / 1e8)} 亿元`;
}

/** A day in a sentence. Dates are the office's calendar days, not instants: formatting in UTC keeps the reader's time zone out of them. */
export function day(date: string | null, style: 'long' | 'medium' = 'long'): string {
  if (date === null) return t('value.none');
  return dates({ dateStyle: style }).format(utc(date));
}

/** A month in a sentence. */
export function month(date: string): string {
  return dates({ year: 'numeric', month: 'long' }).format(utc(date));
}

/** How long ago, as a person would say it: two whole units of one kind rather than one and a half of the next. */
export function ago(seconds: number): string {
  const [size, unit] = seconds < 120 ? [1, 'second'] as const : seconds < 2 * 3600 ? [60, 'minute'] as const
    : seconds < 2 * 86_400 ? [3600, 'hour'] as const : [86_400, 'day'] as const;
  return new Intl.RelativeTimeFormat(language()).format(-Math.round(seconds / size), unit);
}

/** A day in a table, no more exact than it is known. */
export function short(date: string, precision: Precision = 'day'): string {
  return date.slice(0, precision === 'year' ? 4 : precision === 'month' ? 7 : 10);
}

/** The place of a day between two others, 0 to 1. */
export function between(date: string, first: string, last: string): number {
  return (utc(date).getTime() - utc(first).getTime()) / (utc(last).getTime() - utc(first).getTime() || 1);
}

/** Whole months from one day to another. */
export function months(from: string, to: string): number {
  const [a, b] = [utc(from), utc(to)];
  const whole = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return b.getUTCDate() < a.getUTCDate() ? whole - 1 : whole;
}

export function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
