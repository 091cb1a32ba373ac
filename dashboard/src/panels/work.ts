import { h } from '../dom';
import * as format from '../format';
import type { Model, ProjectState } from '../model';
import { cell, panel } from '../panel';
import { t } from '../text/language';

const states: readonly ProjectState[] = ['INTENTION', 'SIGNED', 'IN_PROGRESS', 'COMPLETED', 'STALLED', 'TERMINATED'];
/** Sectors beyond these are one column. */
const mostSectors = 11;
const mostSilent = 6;
/** A bar is full at so many months of silence. */
const fullSilence = 72;

/** Which centre carries what: the pipeline, and projects by centre and sector, signed ones filled, mere intentions dashed. */
export function projects(model: Model, open: (figure: string) => void): HTMLElement {
  const { projects: all } = model.page;
  const total = (select: (cell: (typeof all.cells)[number]) => number, sector: string | null): number =>
    all.cells.filter(cell => cell.sector === sector).reduce((sum, cell) => sum + select(cell), 0);
  const sectors = [...all.sectors].filter(sector => total(cell => cell.signed + cell.intended, sector.id) > 0)
    .sort((a, b) => total(cell => cell.signed, b.id) - total(cell => cell.signed, a.id));
  const named = sectors.length > mostSectors + 1 ? sectors.slice(0, mostSectors) : sectors;
  const rest = sectors.length > named.length ? sectors.slice(named.length).map(sector => sector.id) : [];
  const columns = [...named.map(sector => ({ name: sector.name, ids: [sector.id] as (string | null)[] })),
    ...(rest.length > 0 || all.cells.some(cell => cell.sector === null) ? [{ name: t('projects.other'), ids: [...rest, null] }] : [])];
  const count = (centre: string, { name, ids }: (typeof columns)[number]): HTMLElement => {
    const found = all.cells.filter(each => each.centre === centre && ids.includes(each.sector));
    const [signed, intended] = [found.reduce((sum, each) => sum + each.signed, 0), found.reduce((sum, each) => sum + each.intended, 0)];
    return cell(name, signed > 0 ? h('button', { type: 'button', class: `heat heat-${Math.min(4, signed)}`, onclick: () => open(`K24/${centre}/signed`) }, signed)
      : intended > 0 ? h('button', { type: 'button', class: 'heat planned', onclick: () => open('K16/count') }, intended) : null);
  };
  const value = (centre: string): number => all.cells.filter(each => each.centre === centre).reduce((sum, each) => sum + (each.value ?? 0), 0);
  const slowest = all.centres.map(centre => ({
    name: centre.name, signed: all.cells.filter(each => each.centre === centre.id).reduce((sum, each) => sum + each.signed, 0),
    started: all.cells.filter(each => each.centre === centre.id).reduce((sum, each) => sum + each.started, 0),
  })).filter(each => each.signed > 0).sort((a, b) => a.started / a.signed - b.started / b.signed)[0];
  return panel('projects', t('projects.title'),
    t('projects.subtitle', { signed: model.figure('K15', 'count').value ?? 0, intended: model.figure('K16', 'count').value ?? 0 }),
    h('div', { class: 'shares', 'aria-hidden': 'true' }, states.filter(state => all.statuses[state] > 0)
      .map(state => h('span', { class: `share ${state}`, style: { '--part': String(all.statuses[state]) } }, all.statuses[state]))),
    h('div', { class: 'legend' }, states.map(state => h('span', {}, h('i', { class: `swatch ${state}` }), `${t(`status.${state}`)} ${all.statuses[state]}`))),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('projects.title') }, h('table', { class: 'matrix folds' },
      h('thead', {}, h('tr', {}, h('td', {}), columns.map(column => h('th', { scope: 'col' }, h('span', { class: 'upright' }, column.name))),
        h('th', { scope: 'col' }, t('projects.value')))),
      h('tbody', {}, all.centres.map(centre => h('tr', {}, h('th', { scope: 'row' }, centre.name), columns.map(column => count(centre.id, column)),
        h('td', { class: 'number' }, h('button', { type: 'button', class: 'link', onclick: () => open(`K24/${centre.id}/value`) }, format.yuan(value(centre.id))))))))),
    h('p', { class: 'note' }, t('projects.note'), ' ', slowest && t('projects.slowest', slowest), ' ',
      all.undated > 0 && t('projects.undated', { count: all.undated })));
}

/** Are the ties alive: activities by month, and the cities that have been silent longest. */
export function activities(model: Model, open: (figure: string) => void): HTMLElement {
  const { page } = model;
  const [average, dormant] = [model.figure('K12'), model.figure('K13')];
  const [from, to] = [2018, Number(page.asOf.slice(0, 4))];
  const years = Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index);
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const silent = page.ties.filter(tie => tie.silent).map(tie => ({
    city: model.city(tie.cityId).name, months: tie.lastActivity === null ? null : format.months(tie.lastActivity, page.asOf),
  })).sort((a, b) => (b.months ?? Infinity) - (a.months ?? Infinity));
  return panel('activities', t('activities.title'), h('button', { type: 'button', class: 'link', onclick: () => open('K12') }, t('activities.subtitle', {
    months: page.window, value: average.value === null ? '–' : format.count(average.value), date: format.day(page.activities.last, 'medium'),
  })), h('div', { class: 'two' },
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('activities.title') }, h('table', { class: 'calendar' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, t('activities.year'))),
        months.map(month => h('th', { scope: 'col' }, month)))),
      h('tbody', {}, years.map(year => h('tr', {}, h('th', { scope: 'row' }, year), months.map(month => {
        const key = `${year}-${String(month).padStart(2, '0')}`;
        const count = model.figure('activities-by-month', key).value ?? 0;
        if (key > page.asOf.slice(0, 7)) return h('td', {}, h('span', { class: 'heat heat-none' }));
        const title = t('activities.month', { count, month: format.month(`${key}-01`) });
        return h('td', {}, count === 0 ? h('span', { class: 'heat heat-0', title }, h('span', { class: 'unseen' }, 0))
          : h('button', {
            type: 'button', class: `heat heat-${Math.min(4, count)}`, title, 'aria-label': title, onclick: () => open(`activities-by-month/${key}`),
          }, count > 1 ? count : h('span', { class: 'unseen' }, count)));
      })))))),
    h('div', {},
      h('h3', {}, h('button', { type: 'button', class: 'link', onclick: () => open('K13') },
        t('activities.silent', { part: dormant.numerator ?? 0, whole: dormant.denominator ?? 0 }))),
      h('p', { class: 'subtitle' }, t('activities.silent.note', { months: page.window })),
      h('ul', { class: 'silence' }, silent.slice(0, mostSilent).map(each => h('li', {}, h('span', {}, each.city),
        h('span', { class: 'track', 'aria-hidden': 'true' },
          h('span', { class: 'fill', style: { '--part': `${Math.min(100, (100 * (each.months ?? fullSilence)) / fullSilence)}%` } }),
          h('span', { class: 'pace', style: { '--part': `${(100 * page.window) / fullSilence}%` } })),
        h('strong', {}, each.months ?? t('activities.never'))))),
      silent.length > mostSilent && h('p', { class: 'note' }, t('activities.more', { count: silent.length - mostSilent })))));
}
