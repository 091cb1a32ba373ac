import { h } from '../dom';
import * as format from '../format';
import type { Model, Target } from '../model';
import { cell, link, panel } from '../panel';
import { t } from '../text/language';

const mostColumns = 60;

/** Targets: how far, and where the pace of time should be. A period that is over asks for nothing any more and says so. */
export function targets({ page }: Model, open: (figure: string) => void): HTMLElement {
  const ended = page.targets.length > 0 && page.targets.every(target => target.ended);
  const value = (target: Target, number: number | null): string =>
    number === null ? '–' : target.share ? format.percent(number) : format.count(number);
  return panel('targets', t('targets.title'), ended ? t('targets.ended', { date: format.day(page.targets[0]!.end) }) : t('targets.running'),
    h('ul', { class: 'bars' }, page.targets.map(target => {
      const part = Math.min(1, (target.actual ?? 0) / (target.target || 1));
      const behind = !target.ended && target.pace !== null && target.pace < 1;
      return h('li', { class: behind ? 'behind' : target.ended ? 'ended' : '' },
        link(open, `K41/${target.id}/attainment`, target.name),
        target.status === 'proposed' && h('small', {}, t('proposed')),
        h('strong', {}, t('targets.value', { actual: value(target, target.actual), target: value(target, target.target) })),
        h('div', { class: 'track', 'aria-hidden': 'true' }, h('span', { class: 'fill', style: { '--part': `${100 * part}%` } }),
          !target.ended && target.planned !== null && target.target
            ? h('span', { class: 'pace', style: { '--part': `${100 * Math.min(1, target.planned / target.target)}%` } }) : null));
    })));
}

/** One cell a planned event: which were held in the last twelve months. */
export function mechanisms({ page }: Model, open: (figure: string) => void): HTMLElement {
  const reached = page.mechanisms.filter(each => each.planned !== null && (each.held ?? 0) >= each.planned).length;
  return panel('mechanisms', t('mechanisms.title'), t('mechanisms.subtitle'),
    h('ul', { class: 'cells' }, page.mechanisms.map(each => {
      const [held, planned] = [each.held ?? 0, each.planned ?? 0];
      const begins = each.first !== null && each.first > page.asOf;
      return h('li', {}, link(open, `K25/${each.id}/regularity`, each.name),
        h('span', { class: 'events', 'aria-hidden': 'true' }, Array.from({ length: planned }, (_, index) => h('i', { class: index < held ? 'held' : '' }))),
        begins ? h('small', {}, t('mechanisms.begins', { date: format.short(each.first!) }))
          : h('strong', { class: held >= planned ? 'reached' : 'missed' }, `${held}/${planned}`));
    })),
    h('p', { class: 'note' }, t('mechanisms.note', { count: page.mechanisms.length, reached })));
}

/** Which friend city has an element in which platform. */
export function platforms(model: Model, open: (figure: string) => void): HTMLElement {
  const { page } = model;
  const whole = model.figure('K27');
  // With many ties only the cities that stand in a platform have a column.
  const ties = page.ties.length > mostColumns ? [] : page.ties.map(tie => tie.cityId);
  const cities = [...new Set([...ties, ...page.platforms.flatMap(platform => platform.cityIds)])].slice(0, mostColumns);
  return panel('platforms', t('platforms.title'),
    link(open, 'K27', t('platforms.subtitle', {
      part: whole.numerator ?? 0, whole: whole.denominator ?? 0, share: whole.value === null ? '–' : format.percent(whole.value),
    })),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('platforms.title') }, h('table', { class: 'matrix folds' },
      h('thead', {}, h('tr', {}, h('td', {}), cities.map(id => h('th', { scope: 'col' }, h('span', { class: 'upright' }, model.city(id).name))),
        h('th', { scope: 'col' }, t('platforms.total')))),
      h('tbody', {}, page.platforms.map(platform => h('tr', {}, h('th', { scope: 'row' }, platform.name),
        cities.map(id => cell(model.city(id).name, platform.cityIds.includes(id)
          ? h('span', { class: 'present' }, h('span', { class: 'unseen' }, t('platforms.present'))) : null)),
        h('td', { class: 'number' }, h('strong', {}, link(open, `K28/${platform.id}`, model.count('K28', platform.id))))))))));
}
