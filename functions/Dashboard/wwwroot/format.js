import { language, t } from './language.js';

const moneySteps = {
  'zh-CN': [[1e8, 'money.large'], [1e4, 'money.medium'], [1, 'money.small']],
  'en': [[1e9, 'money.large'], [1e6, 'money.medium'], [1, 'money.small']],
};

export function count(value) {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(value);
}

export function percent(fraction) {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(fraction);
}

export function change(fraction) {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(fraction);
}

export function money(value, unit) {
  const steps = moneySteps[language()];
  const [step, key] = steps.find(([least]) => Math.abs(value) >= least) ?? steps.at(-1);
  const amount = new Intl.NumberFormat(language(), { maximumFractionDigits: 2, minimumFractionDigits: step === 1 ? 0 : 2 }).format(value / step);
  return t(key, { amount, currency: unit === 'CNY' ? t('currency.yuan') : unit });
}

// Dates are the office's calendar days, not instants: formatting in UTC keeps the reader's time zone out of them.
export function day(date) {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date ?? '';
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), { dateStyle: 'long', timeZone: 'UTC' }).format(parsed);
}
