import type { Precision } from './model';
import { language, t } from './text/language';

export function count(value: number): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(value);
}

export function percent(fraction: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(fraction);
}

export function signed(value: number): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);
}

/** Yuan as each language counts them: in 亿元, or in millions and billions. */
export function yuan(value: number): string {
  return language() === 'en'
    ? value >= 1e9 ? `CNY ${new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(value / 1e9)} bn`
      : `CNY ${new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value / 1e6)} m`
    : `${new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 }).format(value / 1e8)} 亿元`;
}

/** A day in a sentence. Dates are the office's calendar days, not instants: formatting in UTC keeps the reader's time zone out of them. */
export function day(date: string | null, style: 'long' | 'medium' = 'long'): string {
  if (date === null) return t('value.none');
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), { dateStyle: style, timeZone: 'UTC' }).format(utc(date));
}

/** A month in a sentence. */
export function month(date: string): string {
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(utc(date));
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
