import { freshWithin } from './api';
import type { Address } from './address';
import { h } from './dom';
import * as format from './format';
import type { Model } from './model';
import { headlines } from './panels/headline';
import { places } from './states';
import { t } from './text/language';

export interface Actions {
  open: (what: string) => void;
  go: (asOf: string | null) => Promise<void>;
  download: (address: string, name: string) => void;
  retry: () => void;
}

/** The page itself, in the order in which it is read on a telephone. While the code of the other panels is on its way, their places are held. */
export function board(model: Model, wrong: Address['wrong'], offline: boolean, actions: Actions, rest: typeof import('./rest') | null): HTMLElement {
  return h('div', { class: rest ? 'board' : 'board loading' },
    offline && h('p', { class: 'notice', role: 'alert' }, t('offline', { time: clock(model.readAt) }), ' ',
      h('button', { type: 'button', class: 'quiet', onclick: actions.retry }, t('failing.retry'))),
    model.age > freshWithin && h('p', { class: 'notice' }, t('age.stale', { age: format.ago(model.age) })),
    wrong.map(each => h('p', { class: 'notice' }, t(each.key, { name: each.name, value: each.value }))),
    headlines(model, actions.open),
    rest ? rest.panels(model, actions) : places(),
    model.age > freshWithin ? null : h('p', { class: 'age' }, t('age.fresh')),
    printed(model));
}

/** What a sheet of paper has to say of itself: it is read without the page. */
function printed(model: Model): HTMLElement {
  const { illustrative, rows } = model.figure('K03');
  return h('p', { class: 'printed' }, illustrative > 0 && `${t('print.evidence', { part: illustrative, whole: rows })} `, t('print.terms'), ' ',
    t('print.read', { time: `${model.page.today} ${clock(model.readAt)}`, address: location.pathname + location.search }));
}

/** What holds for all of it, said once: the day, the scope, the baseline, the evidence. */
export function context(model: Model): Node[] {
  const { page } = model;
  const { illustrative, rows } = model.figure('K03');
  return [
    h('span', {}, `${t('context.asOf')} `, h('b', { id: 'as-of' }, format.day(page.asOf))),
    h('span', {}, h('b', {}, `${page.scopeName}`)),
    h('span', { class: 'wide' }, `${t('context.baseline')} `, h('b', {}, format.day(page.baseline))),
    ...(illustrative > 0 ? [h('span', { title: t('context.evidence.long', { part: illustrative, whole: rows }) },
      t('context.evidence', { part: illustrative, whole: rows }))] : []),
  ];
}

function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
