import { h } from '../dom';
import * as format from '../format';
import type { Model, ProjectState } from '../model';
import { cell, link, numbers, panel } from '../panel';
import { t } from '../text/language';

const states: readonly ProjectState[] = ['INTENTION', 'SIGNED', 'IN_PROGRESS', 'COMPLETED', 'STALLED', 'TERMINATED'];
const mostSilent = 6;
/** A bar is full at so many months of silence. */
const fullSilence = 72;

/** Which centre carries what: the pipeline, and projects by centre and sector, signed ones filled, mere intentions dashed. */
export function projects(model: Model, open: (figure: string) => void): HTMLElement {
  const { projects: all } = model.page;
  const columns = all.columns.map(id => ({ id, name: model.sectorName(id) ?? t('projects.other') }));
  const count = (centre: string, { id, name }: (typeof columns)[number]): HTMLElement => {
    const kind = (['signed', 'intended'] as const).find(each => model.count('projects-by-sector', `${centre}:${id}/${each}`) > 0);
    const projects = model.count('projects-by-sector', `${centre}:${id}/${kind}`);
    return cell(name, kind ? h('button', {
      type: 'button', class: `heat ${kind === 'signed' ? `heat-${Math.min(4, projects)}` : 'planned'}`, 'aria-label': t('pair', { name: `${name} · ${t(`measure.${kind}`)}`, count: projects }),
      onclick: () => open(`projects-by-sector/${centre}:${id}/${kind}`),
    }, projects) : null);
  };
  const statuses = states.map(state => ({ state, count: model.count('projects-by-status', state) }));
  const slowest = all.centres.map(centre => ({
    id: centre.id, name: centre.name, signed: model.count('K24', `${centre.id}/signed`), started: model.count('K24', `${centre.id}/started`),
  })).filter(each => each.signed > 0).sort((a, b) => a.started / a.signed - b.started / b.signed)[0];
  return panel('projects', t('projects.title'),
    numbers(open, ['K15/count', t('projects.signed', { count: model.count('K15', 'count') })], ['K16/count', t('projects.intended', { count: model.count('K16', 'count') })]),
    h('div', { class: 'shares', 'aria-hidden': 'true' }, statuses.filter(({ count }) => count > 0)
      .map(({ state, count }) => h('span', { class: `share ${state}`, style: { '--part': String(count) } }, count))),
    h('div', { class: 'legend' }, statuses.map(({ state, count }) => {
      const text = t('pair', { name: t(`status.${state}`), count });
      return h('span', {}, h('i', { class: `swatch ${state}` }), count > 0 ? link(open, `projects-by-status/${state}`, text) : text);
    })),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('projects.title') }, h('table', { class: 'matrix folds' },
      h('thead', {}, h('tr', {}, h('td', {}), columns.map(column => h('th', { scope: 'col' }, h('span', { class: 'upright' }, column.name))),
        h('th', { scope: 'col' }, t('projects.value')))),
      h('tbody', {}, all.centres.map(centre => h('tr', {}, h('th', { scope: 'row' }, centre.name), columns.map(column => count(centre.id, column)),
        h('td', { class: 'number' }, link(open, `K24/${centre.id}/value`, format.yuan(model.count('K24', `${centre.id}/value`))))))))),
    h('p', { class: 'note' }, t('projects.note'), ' ', slowest && link(open, `K24/${slowest.id}/signed`, t('projects.slowest', slowest)), ' ',
      all.undated > 0 && t('projects.undated')));
}

/** Are the ties alive: activities by month, and the cities that have been silent longest. */
export function activities(model: Model, open: (figure: string) => void): HTMLElement {
  const { page } = model;
  const [average, dormant] = [model.figure('K12'), model.figure('K13')];
  const [from, to] = [2018, Number(page.asOf.slice(0, 4))];
  const years = Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index);
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const silent = page.ties.filter(tie => tie.silent).map(tie => ({
    city: model.city(tie.cityId).name, behind: tie.lastActivityId ? `record:activities/${tie.lastActivityId}` : `record:relationships/${tie.id}`, months: tie.lastActivity === null ? null : format.months(tie.lastActivity, page.asOf),
  })).sort((a, b) => (b.months ?? Infinity) - (a.months ?? Infinity));
  return panel('activities', t('activities.title'), link(open, 'K12', t('activities.subtitle', {
    months: page.window, value: average.value === null ? '–' : format.count(average.value), date: format.day(page.activities.last, 'medium'),
  })), h('div', { class: 'two' },
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('activities.title') }, h('table', { class: 'calendar' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, h('span', { class: 'unseen' }, t('activities.year'))),
        months.map(month => h('th', { scope: 'col' }, month)))),
      h('tbody', {}, years.map(year => h('tr', {}, h('th', { scope: 'row' }, year), months.map(month => {
        const key = `${year}-${String(month).padStart(2, '0')}`;
        const count = model.count('activities-by-month', key);
        if (key > page.asOf.slice(0, 7)) return h('td', {}, h('span', { class: 'heat heat-none' }));
        const title = t('activities.month', { count, month: format.month(`${key}-01`) });
        return h('td', {}, count === 0 ? h('span', { class: 'heat heat-0', title }, h('span', { class: 'unseen' }, 0))
          : h('button', {
            type: 'button', class: `heat heat-${Math.min(4, count)}`, title, 'aria-label': title, onclick: () => open(`activities-by-month/${key}`),
          }, count > 1 ? count : h('span', { class: 'unseen' }, count)));
      })))))),
    h('div', {},
      h('h3', {}, link(open, 'K13',
        t('activities.silent', { part: dormant.numerator ?? 0, whole: dormant.denominator ?? 0 }))),
      h('p', { class: 'subtitle' }, t('activities.silent.note', { months: page.window })),
      h('ul', { class: 'silence' }, silent.slice(0, mostSilent).map(each => h('li', {}, h('span', {}, each.city),
        h('span', { class: 'track', 'aria-hidden': 'true' },
          h('span', { class: 'fill', style: { '--part': `${Math.min(100, (100 * (each.months ?? fullSilence)) / fullSilence)}%` } }),
          h('span', { class: 'pace', style: { '--part': `${(100 * page.window) / fullSilence}%` } })),
        h('strong', {}, link(open, each.behind, each.months ?? t('activities.never'), t('pair', { name: each.city, count: each.months ?? t('activities.never') })))))),
      silent.length > mostSilent && h('p', { class: 'note' }, t('activities.more', { count: silent.length - mostSilent })))));
}
