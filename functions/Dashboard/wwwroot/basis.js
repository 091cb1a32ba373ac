import { h } from './dom.js';
import { t } from './language.js';
import { isIllustrative } from './figures.js';
import * as format from './format.js';

const sources = { article: 'source.article', public: 'source.public', illustrative: 'source.illustrative', office: 'source.office' };

let made = 0;

// What a card rests on: a mark (amber when any row is illustrative) and the formula. Both say more on hover and on focus,
// and the whole, with the rows behind every value, opens as ordinary content for touch, screen readers and paper.
export function basis(formula, lines) {
  const details = h('details', {},
    h('summary', {}, t('basis.summary')),
    h('p', { class: 'formula' }, h('b', {}, t('basis.formula')), ' ', formula),
    h('p', { class: 'formula' }, h('b', {}, t('basis.evidence'))),
    h('ul', { class: 'lines' }, lines.map(row)),
    h('p', { class: 'version' }, t('basis.version', { version: lines[0].value.definitionVersion ?? '–' })));
  const [counts, explained] = [tip(...lines.map(line => h('span', {}, evidence(line, lines.length > 1)))), tip(formula)];
  details.firstElementChild.setAttribute('aria-describedby', explained.id);
  return h('footer', { class: 'basis' },
    h('div', { class: 'tipped' }, mark(lines, counts, details), counts),
    h('div', { class: 'tipped grow' }, details, explained));
}

// Beside a single value, in a card where some values rest on illustrative rows and some do not; else the card's mark says it all.
export function lineMark(value, lines) {
  return isIllustrative(value) && !lines.every(line => isIllustrative(line.value))
    ? h('span', { class: 'line-mark' }, h('span', { 'aria-hidden': 'true' }, t('mark.illustrative.short')), h('span', { class: 'unseen' }, t('mark.line')))
    : null;
}

function mark(lines, counts, details) {
  const illustrative = lines.some(line => isIllustrative(line.value));
  return h('button', {
    type: 'button',
    class: illustrative ? 'mark illustrative' : 'mark',
    'aria-describedby': counts.id,
    onclick: () => { details.open = !details.open; },
  }, illustrative ? t('mark.illustrative') : t('mark.rows', { count: format.count(lines[0].value.rows ?? 0) }));
}

function tip(...content) {
  return h('div', { class: 'tip', role: 'tooltip', id: `tip-${++made}` }, ...content);
}

function evidence({ label, value }, named) {
  const counts = Object.entries(sources)
    .filter(([source]) => value.evidence?.[source])
    .map(([source, key]) => t('pair', { name: t(key), count: format.count(value.evidence[source]) }));
  const text = counts.length > 0 ? counts.join(t('separator')) : t('basis.nothing');
  return named ? `${label}: ${text}` : text;
}

function row({ label, shown, value }) {
  const fraction = value.denominator
    ? ` (${t('basis.fraction', { numerator: format.count(value.numerator), denominator: format.count(value.denominator) })})`
    : '';
  return h('li', {},
    h('span', {}, label, ' ', h('b', {}, shown), fraction),
    h('small', {}, t('mark.rows', { count: format.count(value.rows ?? 0) }), ' · ', evidence({ value }, false)));
}
