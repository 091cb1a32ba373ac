import { h } from '../dom';
import * as format from '../format';
import type { Model } from '../model';
import { link, panel } from '../panel';
import { t } from '../text/language';

const entities = ['relationships', 'projects', 'activities', 'agreements', 'countries', 'cities'] as const;
const tests = ['source', 'dayPrecision', 'value', 'noOpenConflict'] as const;
const mostAgreements = 8;
/** Below this a cell asks for attention. */
const weak = 0.8;

/** May I trust and quote: which share of each kind of record passes which test, and what sources disagree on. */
export function quality(model: Model, open: (figure: string) => void): HTMLElement {
  const { page } = model;
  const whole = page.figures.find(figure => figure.kpi === 'K40' && figure.part === 'score');
  const kinds = entities.filter(entity => page.figures.some(figure => figure.kpi === 'K40' && figure.part?.startsWith(`${entity}`)));
  return panel('quality', t('quality.title'),
    link(open, 'K40', t('quality.subtitle', { part: whole?.numerator ?? 0, whole: whole?.denominator ?? 0 })),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('quality.title') }, h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, h('td', {}), tests.map(test => h('th', { scope: 'col', class: 'number' }, t(`quality.${test}`))))),
      h('tbody', {}, kinds.map(entity => h('tr', {}, h('th', { scope: 'row' }, t(`entity.${entity}`)), tests.map(test => {
        const { value } = model.figure('K40', `${entity}/${test}`);
        return h('td', { class: `number ${value !== null && value < weak ? 'weak' : ''}` }, value === null ? '–' : link(open, `K40/${entity}/${test}`, format.percent(value)));
      })))))),
    page.conflicts.length > 0 && h('details', {}, h('summary', {}, t('quality.conflicts', { count: page.conflicts.length })),
      h('ul', { class: 'lines' }, page.conflicts.map(conflict => h('li', {}, h('strong', {}, about(model, conflict.recordId)), ' ', t('quality.used', {
        text: conflict.versions.find(version => version.used)?.text ?? '–',
        others: conflict.versions.filter(version => !version.used).map(version => version.text).join(page.language === 'en' ? '; ' : '；'),
      }))))));
}

/** What was published by others, each with its area and year: areas are never put on one line. */
export function published({ page }: Model, open: (what: string) => void): HTMLElement | null {
  if (page.published.length === 0) return null;
  return panel('published', t('published.title'), t('published.subtitle'), h('table', { class: 'plain' },
    h('thead', {}, h('tr', {}, (['name', 'area', 'year', 'value'] as const).map(name =>
      h('th', { scope: 'col', class: name === 'value' ? 'number' : '' }, t(`published.${name}`))))),
    h('tbody', {}, page.published.map(each => h('tr', { title: each.source }, h('th', { scope: 'row' }, each.name), h('td', {}, each.area),
      h('td', {}, each.year), h('td', { class: 'number' }, each.value === null ? '–'
        : link(open, `record:reported-figures/${each.id}`,
          each.unit === 'CNY 100 m' ? format.yuan(each.value * 1e8) : format.count(each.value))))))));
}

/** Which agreements ask for a decision, and which anniversaries are near. */
export function due(model: Model, open: (figure: string) => void): HTMLElement {
  const { agreements, anniversaries } = model.page;
  return panel('due', t('due.title'),
    link(open, 'K39/due', t('due.subtitle', { due: model.count('K39', 'soon') + model.count('K39', 'overdue'), missing: model.count('K39', 'missing') })),
    h('div', { class: 'due-parts' }, h('div', {},
    agreements.length > 0 && h('ul', { class: 'dates agreements' }, agreements.slice(0, mostAgreements).map(each => h('li', { class: each.state },
      each.until === null ? h('span', { class: 'soft' }, '–') : h('time', { datetime: each.until }, each.until),
      link(open, `record:agreements/${each.id}`, each.title), h('strong', {}, t(`due.${each.state}`))))),
    agreements.length > mostAgreements && h('p', { class: 'note' }, t('activities.more', { count: model.count('K39', 'due') - mostAgreements }))),
    h('div', {}, h('h3', {}, t('due.anniversaries')),
    anniversaries.length === 0 ? h('p', { class: 'none' }, t('due.none')) : h('ul', { class: 'dates' }, anniversaries.slice(0, 8).map(each => h('li', { class: each.years % 5 === 0 ? 'round' : '' },
      h('time', { datetime: each.date }, `${each.precision === 'day' ? '' : `${t('due.about')} `}${format.short(each.date, each.precision === 'year' ? 'month' : 'day')}`),
      h('span', {}, each.title), h('strong', {}, t('due.years', { years: each.years }))))))));
}

function about(model: Model, recordId: string): string {
  const tie = model.page.ties.find(each => each.id === recordId);
  return tie ? model.city(tie.cityId).name : model.page.countries.find(country => country.id === recordId)?.name ?? recordId;
}
