import { h } from './dom.js';
import { t, localName } from './language.js';
import { basis, lineMark } from './basis.js';
import * as format from './format.js';

export function headlines(figures) {
  return h('div', { class: 'headlines' }, cities(figures), countries(figures), growth(figures), agreements(figures));
}

// One frame for every figure: its name, its body, the date and scope it holds for, and what it rests on.
export function card(figures, id, title, formula, lines, ...body) {
  return h('section', { class: 'card', id, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    h('div', { class: 'body' }, ...body),
    h('p', { class: 'meta' }, t('card.meta', { date: format.day(figures.answer.asOf), scope: localName(figures.scope) })),
    basis(formula, lines));
}

// A value shown, or why there is none. Unknown is never drawn as zero.
export function shown(value, formatted) {
  return isKnown(value) ? formatted(value.value) : t('value.none');
}

export function isKnown(value) {
  return value.value !== null && value.value !== undefined;
}

export function whyUnknown(value) {
  if (isKnown(value)) return null;
  return h('p', { class: 'reason' }, t('value.reason', { reason: value.absent ? t('value.absent') : value.reason ?? '–' }));
}

function big(value, formatted, unit = null) {
  return isKnown(value)
    ? h('p', { class: 'big' }, h('strong', {}, formatted(value.value)), unit && h('span', {}, unit))
    : h('div', {}, h('p', { class: 'big none' }, h('strong', {}, t('value.none'))), whyUnknown(value));
}

function plural(value, many, one) {
  return t(value.value === 1 ? one : many);
}

// What a headline is measured against, where the registry knows it.
function beside(number, key, values = {}) {
  return number ? h('p', { class: 'beside' }, t(key, { ...values, count: format.count(number) })) : null;
}

function cities(figures) {
  const value = figures.get('K03');
  const lines = [{ label: t('cities.title'), shown: shown(value, format.count), value }];
  return card(figures, 'cities', t('cities.title'), t('cities.formula'), lines, big(value, format.count, plural(value, 'cities.unit', 'cities.unit.one')),
    beside(figures.get('K06', 'tie', 'broad').denominator, 'cities.before', { baseline: format.day(figures.answer.baseline) }));
}

function countries(figures) {
  const value = figures.get('K04');
  const lines = [{ label: t('countries.title'), shown: shown(value, format.count), value }];
  return card(figures, 'countries', t('countries.title'), t('countries.formula'), lines, big(value, format.count, plural(value, 'countries.unit', 'countries.unit.one')),
    beside(figures.get('K05', 'tie', 'broad').denominator, 'countries.of'));
}

function growth(figures) {
  const [broad, formal] = [figures.get('K06', 'tie', 'broad'), figures.get('K06', 'tie', 'formal')];
  const lines = [
    { label: t('growth.broad'), shown: shown(broad, format.change), value: broad },
    { label: t('growth.formal'), shown: shown(formal, format.change), value: formal },
  ];
  return card(figures, 'growth', t('growth.title'), t('growth.formula', { baseline: format.day(figures.answer.baseline) }), lines,
    big(broad, format.change, t('growth.broad')),
    h('p', { class: 'beside' }, h('span', {}, t('growth.formal'), ' ', h('b', {}, shown(formal, format.change))), lineMark(formal, lines)),
    // Both unknown for one reason: it is said once.
    !isKnown(broad) && broad.reason === formal.reason ? null : whyUnknown(formal));
}

function agreements(figures) {
  const of = measure => figures.get('K15', 'measure', measure);
  const [count, value, without] = [of('count'), of('value'), of('withoutValue')];
  const asMoney = amount => format.money(amount, value.unit ?? 'CNY');
  const lines = [
    { label: t('agreements.count'), shown: shown(count, format.count), value: count },
    { label: t('agreements.value'), shown: shown(value, asMoney), value },
    { label: t('agreements.withoutValue'), shown: shown(without, format.count), value: without },
  ];
  const line = t('agreements.line', { value: shown(value, asMoney), count: shown(without, format.count) });
  return card(figures, 'agreements', t('agreements.title'), t('agreements.formula', { baseline: format.day(figures.answer.baseline) }), lines,
    big(count, format.count, plural(count, 'agreements.unit', 'agreements.unit.one')),
    h('p', { class: 'beside' }, h('span', {}, line), lineMark(value, lines)),
    whyUnknown(value));
}
