import { h, withShare } from './dom.js';
import { t, localName } from './language.js';
import { lineMark } from './basis.js';
import { card, isKnown, shown, whyUnknown } from './cards.js';
import * as format from './format.js';

const stageNames = {
  CONTACT: 'stage.contact',
  INTENTION: 'stage.intention',
  FRIENDLY_COOPERATION: 'stage.cooperation',
  FRIEND_CITY: 'stage.friend',
};

export function panels(figures) {
  return h('div', { class: 'panels' }, coverage(figures), stages(figures), gaps(figures));
}

// Broad and formal coverage are one card: neither may be read without the other.
function coverage(figures) {
  const lines = [['broad', 'coverage.broad'], ['formal', 'coverage.formal']].map(([tie, key]) => {
    const value = figures.get('K05', 'tie', tie);
    return { tie, label: t(key), shown: shown(value, format.percent), value };
  });
  return card(figures, 'coverage', t('coverage.title'), t('coverage.formula'), lines,
    h('p', { class: 'note' }, t('coverage.note')),
    h('dl', { class: 'bars' }, lines.map(line => bar(line, lines, line.tie, line.value.value, fraction(line.value)))));
}

function stages(figures) {
  const rows = Object.entries(stageNames)
    .map(([stage, key]) => ({ stage, label: t(key), value: figures.get('K07', 'stage', stage) }))
    // Contact is the one stage outside the circle: it has a bar only where the registry counts it.
    .filter(row => row.stage !== 'CONTACT' || !row.value.absent);
  const most = Math.max(1, ...rows.map(row => row.value.value ?? 0));
  const lines = rows.map(row => ({ ...row, shown: shown(row.value, format.count) }));
  return card(figures, 'stages', t('stages.title'), t('stages.formula'), lines,
    h('p', { class: 'note' }, t('stages.note')),
    h('dl', { class: 'bars narrow' }, lines.map(line => bar(line, lines, line.stage.toLowerCase().replace('_', '-'), line.value.value / most))));
}

function gaps(figures) {
  const value = figures.get('K11');
  // In the reader's alphabet: the figure lists codes.
  const names = (value.items ?? []).map(id => localName(figures.country(id))).sort((a, b) => a.localeCompare(b, document.documentElement.lang));
  const countries = names.map(name => h('li', {}, name));
  const lines = [{ label: t('gaps.title'), shown: shown(value, format.count), value }];
  return card(figures, 'gaps', t('gaps.title'), t('gaps.formula'), lines,
    h('p', { class: 'note' }, t('gaps.note')),
    whyUnknown(value),
    isKnown(value) && value.value === 0
      ? h('p', { class: 'good' }, t('gaps.none'))
      : h('div', { class: 'gap-list' }, isKnown(value) ? h('strong', {}, format.count(value.value)) : null, h('ul', {}, countries)));
}

function bar({ label, shown: text, value }, lines, kind, share, aside = null) {
  return h('div', { class: `bar ${kind}` },
    h('dt', {}, label, lineMark(value, lines)),
    h('dd', {},
      h('span', { class: 'track', 'aria-hidden': 'true' }, withShare(h('span', {}), share || 0)),
      h('span', { class: 'figure' }, h('b', {}, text), aside && h('span', { class: 'fraction' }, aside)),
      whyUnknown(value)));
}

function fraction(value) {
  return value.denominator ? `${format.count(value.numerator)}/${format.count(value.denominator)}` : null;
}
