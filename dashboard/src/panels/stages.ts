import { h } from '../dom';
import * as format from '../format';
import { stages, type Model } from '../model';
import { cell, link, numbers, panel } from '../panel';
import { mark, stageName } from '../shapes';
import { t } from '../text/language';

/** How far ties have come: cities at each stage, how many intentions became formal and how fast, and which have waited too long. */
export function conversion(model: Model, open: (figure: string) => void): HTMLElement {
  const [converted, days, stale] = [model.figure('K08'), model.figure('K09'), model.figure('K10')];
  const counts = [...stages].reverse().map(stage => ({ stage, count: model.figure('K07', stage).value ?? 0 }));
  const most = Math.max(1, ...counts.map(each => each.count));
  return panel('conversion', t('conversion.title'), link(open, 'K08', t('stages.subtitle', {
    part: converted.numerator ?? 0, whole: converted.denominator ?? 0, days: days.value === null ? '–' : format.count(days.value),
  })),
  h('ul', { class: 'bars' }, counts.map(({ stage, count }) => h('li', {},
    link(open, `K07/${stage}`, [mark(stage), ' ', stageName(stage)]), h('strong', {}, count),
    h('div', { class: 'track', 'aria-hidden': 'true' }, h('span', { class: `fill ${stage}`, style: { '--part': `${(100 * count) / most}%` } }))))),
  h('p', { class: 'note' }, link(open, 'K10', t('conversion.stale', { count: stale.value ?? 0 })), ' ',
    (stale.items ?? []).slice(0, 6).map(id => model.city(id).name).join(t('separator'))));
}

/** Each country with its cities by stage; those without one last. */
export function coverage(model: Model, open: (what: string) => void): HTMLElement {
  const { page } = model;
  return panel('coverage', t('matrix.title'), numbers(open, ['K04', t('matrix.covered', { count: page.countries.length - model.gaps.length })],
    ['K11', t('matrix.gaps', { count: model.gaps.length })]),
    h('div', { class: 'scroll tall', tabindex: 0, role: 'group', 'aria-label': t('matrix.title') }, h('table', { class: 'matrix folds' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('column.country')), stages.map(stage => h('th', { scope: 'col' }, stageName(stage))),
        h('th', { scope: 'col' }, t('stage.none')))),
      h('tbody', {}, [...page.countries].sort((a, b) => rank(a.stage) - rank(b.stage) || a.name.localeCompare(b.name, page.language)).map(country => h('tr', {},
        h('th', { scope: 'row' }, country.name),
        stages.map(stage => {
          const cities = page.ties.filter(tie => tie.stage === stage && model.city(tie.cityId).countryId === country.id);
          return cell(stageName(stage), cities.length === 0 ? null : h('button', {
            type: 'button', class: 'link tally', onclick: () => open(`cities-by-country/${country.id}/${stage}`), title: cities.map(tie => model.city(tie.cityId).name).join(t('separator')),
          }, mark(stage), model.count('cities-by-country', `${country.id}/${stage}`)));
        }),
        cell(t('stage.none'), country.stage === null ? h('button', { type: 'button', class: 'link tally', onclick: () => open('K11') }, mark('gap'), h('span', { class: 'unseen' }, t('stage.none'))) : null)))))));
}

function rank(stage: string | null): number {
  return stage === null ? stages.length : stages.findIndex(each => each === stage);
}
