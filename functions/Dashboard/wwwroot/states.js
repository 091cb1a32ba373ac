import { h } from './dom.js';
import { t, localName } from './language.js';
import { headlines } from './cards.js';
import { panels } from './panels.js';
import { freshWithin } from './api.js';
import * as format from './format.js';

const scenarioNames = { ARTICLE: 'scenario.article', PUBLIC_UPDATE: 'scenario.public', OFFICE: 'scenario.office' };

export function signIn(message, onKey) {
  const field = h('input', {
    id: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none',
    'aria-describedby': message ? 'key-message' : null, 'aria-invalid': message ? 'true' : null,
  });
  const submit = event => {
    event.preventDefault();
    if (field.value.trim() !== '') onKey(field.value.trim());
  };
  // The method is named so that a broken script could never put the key into the address.
  return h('form', { class: 'panel signin', method: 'post', onsubmit: submit },
    h('h2', {}, t('signin.title')),
    h('p', {}, t('signin.explain')),
    message ? h('p', { class: 'problem', id: 'key-message', role: 'alert' }, message) : null,
    h('label', { for: 'key' }, t('signin.key')),
    h('div', { class: 'row' }, field, h('button', { type: 'submit', class: 'primary' }, t('signin.submit'))));
}

export function loading() {
  const bones = (name, times) => h('div', { class: name }, Array.from({ length: times }, () =>
    h('div', { class: 'card skeleton' }, h('span'), h('span'), h('span'))));
  return h('div', { class: 'loading', 'aria-hidden': 'true' }, h('div', { class: 'context skeleton' }, h('span')), bones('headlines', 4), bones('panels', 3));
}

export function empty(figures) {
  const { answer, scope } = figures;
  return h('section', { class: 'panel empty' },
    h('h2', {}, t('empty.title')),
    h('p', {}, t('empty.explain', { scope: localName(scope), date: format.day(answer.asOf) })),
    h('p', { class: 'do' }, t('empty.do')),
    h('p', {}, t('empty.other')));
}

export function failing(problem, onRetry) {
  return h('section', { class: 'panel failing', role: 'alert' },
    h('h2', {}, t('failing.title')),
    h('p', { class: 'problem' }, problemTitle(problem)),
    problem.kind === 'unreachable' ? h('p', {}, t('failing.unreachable.detail')) : null,
    problem.detail ? h('p', {}, problem.detail) : null,
    problem.code ? h('p', { class: 'code' }, t('failing.code', { code: problem.code })) : null,
    h('button', { type: 'button', class: 'primary', onclick: onRetry }, t('failing.retry')));
}

export function board(figures) {
  const { answer, scope } = figures;
  const names = (answer.scenarios ?? []).map(code => scenarioNames[code] ? t(scenarioNames[code]) : code);
  const facts = [
    [t('context.asOf'), format.day(answer.asOf)],
    [t('context.scope'), localName(scope)],
    [t('context.scenarios'), names.join(t('separator'))],
    [t('context.baseline'), format.day(answer.baseline)],
  ];
  return h('div', { class: 'board' },
    h('dl', { class: 'context' }, facts.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text)))),
    figures.age > freshWithin ? h('p', { class: 'notice' }, t('age.stale', { age: format.count(figures.age) })) : null,
    figures.namesMissing ? h('p', { class: 'notice' }, t('names.missing')) : null,
    headlines(figures),
    panels(figures),
    figures.age > freshWithin ? null : h('p', { class: 'age' }, t('age.fresh')));
}

function problemTitle(problem) {
  if (problem.title) return problem.title;
  if (problem.kind === 'unreachable') return t('failing.unreachable');
  if (problem.kind === 'unreadable') return t('failing.unreadable');
  return t('failing.status', { status: problem.status });
}
