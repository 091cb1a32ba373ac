import type { Problem } from './api';
import { h } from './dom';
import * as format from './format';
import type { Model } from './model';
import { t } from './text/language';

/** What stands on the page while there are no figures. */

export function signIn(message: string | null, onKey: (key: string) => void): HTMLElement {
  const field = h('input', {
    id: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none',
    'aria-describedby': message ? 'key-message' : null, 'aria-invalid': message ? 'true' : null,
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (field.value.trim() !== '') onKey(field.value.trim());
  };
  // The method is named so that a broken script could never put the key into the address.
  return h('form', { class: 'notice-card signin', method: 'post', onsubmit: submit },
    h('h2', {}, t('signin.title')),
    h('p', {}, t('signin.explain')),
    message && h('p', { class: 'problem', id: 'key-message', role: 'alert' }, message),
    h('label', { for: 'key' }, t('signin.key')),
    field,
    h('button', { type: 'submit', class: 'primary' }, t('signin.submit')),
    contact());
}

/** Whom to ask for a key, as the service's setting says; null where it names nobody. */
function contact(): HTMLElement | null {
  const { office, mail, telephone } = document.documentElement.dataset;
  if (!office && !mail && !telephone) return null;
  return h('p', { class: 'contact' }, t('signin.ask'), ' ', h('b', {}, office ?? ''),
    mail ? [' ', h('a', { href: `mailto:${mail}` }, mail)] : null,
    telephone ? [' ', h('a', { href: `tel:${telephone.replace(/[^+\d]/g, '')}` }, telephone)] : null);
}

/** The places of the figures, with their titles; no spinner and no jump. */
export function loading(): HTMLElement {
  const titles = (['headline.cities', 'headline.countries', 'headline.growth', 'headline.agreements'] as const);
  return h('div', { class: 'loading' },
    h('div', { class: 'panel headlines' }, titles.map(title => h('div', { class: 'headline skeleton' }, h('h2', {}, t(title)), bones(3)))),
    places());
}

/** Likewise of the panels that are seen first below the headline. */
export function places(): HTMLElement[] {
  return [
    h('div', { class: 'panel map skeleton' }, h('h2', {}, t('map.title')), h('span', { class: 'bone tall' })),
    h('div', { class: 'panel attention skeleton' }, h('h2', {}, t('attention.title')), bones(6)),
  ];
}

function bones(count: number): HTMLElement[] {
  return Array.from({ length: count }, () => h('span', { class: 'bone' }));
}

export function empty({ page }: Model, onOther: (() => void) | null): HTMLElement {
  return h('section', { class: 'notice-card empty' },
    h('h2', {}, t('empty.title')),
    h('p', {}, t('empty.explain', { scope: page.scopeName, date: format.day(page.asOf) })),
    h('ol', {}, (['empty.step1', 'empty.step2', 'empty.step3'] as const).map(step => h('li', {}, t(step)))),
    onOther && h('button', { type: 'button', class: 'quiet', onclick: onOther }, t('empty.other')));
}

export function failing(problem: Problem, onRetry: () => void): HTMLElement {
  return h('section', { class: 'notice-card failing', role: 'alert' },
    h('h2', {}, t('failing.title')),
    h('p', { class: 'problem' }, problem.title ?? (problem.kind === 'status' ? t('failing.status', { status: problem.status })
      : t(problem.kind === 'unreachable' ? 'failing.unreachable' : 'failing.unreadable'))),
    problem.kind === 'unreachable' && h('p', {}, t('failing.unreachable.detail')),
    problem.detail && h('p', {}, problem.detail),
    h('p', {}, t('failing.kept')),
    problem.code && h('p', { class: 'code' }, t('failing.code', { code: problem.code })),
    h('button', { type: 'button', class: 'primary', onclick: onRetry }, t('failing.retry')));
}
