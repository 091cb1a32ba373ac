import { h, s } from '../dom';
import * as format from '../format';
import type { AlertKind, Model } from '../model';
import { link, panel } from '../panel';
import { language, t } from '../text/language';

type Severity = 'critical' | 'warning' | 'info';

/** What needs somebody today, one line a kind. Where nothing was entered lately, that is said first instead of alarming city by city. */
export function attention({ page }: Model, open: (figure: string) => void): HTMLElement {
  const lately = page.activities.enteredLately;
  const kinds = page.alerts.filter(kind => lately || kind.code !== 'dormant_city');
  const urgent = kinds.filter(kind => severity(kind) !== 'info');
  const infos = kinds.filter(kind => severity(kind) === 'info');
  const sum = (name: Severity): number => kinds.reduce((all, kind) => all + kind[name], 0);
  return panel('attention', t('attention.title'), t('attention.counts', { critical: sum('critical'), warning: sum('warning') }),
    !lately && h('p', { class: 'lately' }, t('none.lately', { months: page.window, date: format.day(page.activities.lastWithCity) })),
    urgent.length === 0 && lately && h('p', { class: 'none' }, t('attention.none')),
    h('ul', { class: 'alerts' }, urgent.map(kind => line(kind, open))),
    infos.length > 0 && h('details', {}, h('summary', {}, t('attention.more', { count: infos.length })), h('ul', { class: 'alerts' }, infos.map(kind => line(kind, open)))));
}

function line(kind: AlertKind, open: (figure: string) => void): HTMLElement {
  const level = severity(kind);
  const all = kind.critical + kind.warning + kind.info;
  return h('li', { class: level, 'data-code': kind.code },
    sign(level),
    h('div', {},
      h('h3', {}, kind.kpi ? link(open, kind.kpi!, kind.title) : kind.title, level === 'critical' && kind.critical < all && h('small', {}, t('attention.critical.of', { count: kind.critical }))),
      h('p', {}, kind.messages.slice(0, level === 'critical' ? 2 : 1).map((message, index) => h('span', {}, `${index > 0 && language() === 'en' ? ' ' : ''}${message}`)))),
    h('strong', { class: 'count' }, format.count(all)));
}

function severity(kind: AlertKind): Severity {
  return kind.critical > 0 ? 'critical' : kind.warning > 0 ? 'warning' : 'info';
}

/** An octagon, a triangle, a circle, with the word for readers. */
function sign(level: Severity): HTMLElement {
  const shape = level === 'critical' ? 'M5.8 1h6.4L17 5.8v6.4L12.2 17H5.8L1 12.2V5.8Z' : level === 'warning' ? 'M9 1.8 17 16H1Z' : 'M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1Z';
  return h('span', { class: 'sign' },
    s('svg', { viewBox: '0 0 18 18', width: 18, height: 18, 'aria-hidden': 'true' }, s('path', { d: shape, class: 'sign-shape' }),
      s('path', { class: 'sign-bar', d: level === 'warning' ? 'M9 7v4M9 13.2v.6' : 'M9 4.6v5M9 12.4v.8' })),
    h('span', { class: 'unseen' }, t(`attention.${level}`)));
}
