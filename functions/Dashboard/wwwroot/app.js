import { getAll, getJson, key, Problem, seen } from './api.js';
import { Figures } from './figures.js';
import { chooseLanguage, language, setLanguage, t } from './language.js';
import { board, empty, failing, loading, signIn } from './states.js';
import { keepTips } from './tips.js';
import * as format from './format.js';

const views = ['now', 'article'];
const main = document.getElementById('main');

// What is on the screen, as a function of the language: switching it draws again and asks the registry nothing.
let draw = () => '';
let say = () => '';
let view = views[0];
let running = new AbortController();

function show(state, status) {
  [draw, say] = [state, status];
  redraw();
}

function redraw() {
  document.title = t('title');
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label));
  for (const button of document.querySelectorAll('[data-view]')) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  for (const button of document.querySelectorAll('[data-language]')) button.setAttribute('aria-pressed', String(button.dataset.language === language()));
  for (const id of ['views', 'refresh', 'signout']) document.getElementById(id).hidden = key.get() === null;
  main.replaceChildren(draw());
  document.getElementById('status').textContent = say();
}

async function load() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  main.setAttribute('aria-busy', 'true');
  show(loading, () => t('status.loading'));
  try {
    const figures = await read(signal);
    if (figures.isEmpty) show(() => empty(figures), () => t('status.empty'));
    else show(() => board(figures), () => t('status.loaded', { date: format.day(figures.answer.asOf) }));
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    if (!signal.aborted) main.removeAttribute('aria-busy');
  }
}

// The figures are the page; without the lists of names they still stand, with codes. A refused key is never passed over.
async function read(signal) {
  const names = address => getAll(address, signal).catch(error => {
    if (signal.aborted || isRefusal(error)) throw error;
    return null;
  });
  seen.age = 0;
  const answers = await Promise.all([
    getJson(`/api/v1/kpis?view=${view}`, signal),
    names('/api/v1/countries?$top=1000'),
    names('/api/v1/scopes?$top=1000'),
  ]);
  return new Figures(...answers, seen.age);
}

function fail(error) {
  if (isRefusal(error)) return ask(error.status === 403 ? 'signin.forbidden' : 'signin.refused');
  if (!(error instanceof Problem)) console.error(error);
  const problem = error instanceof Problem ? error : new Problem({ kind: 'unreadable' });
  show(() => failing(problem, retry), () => t('status.failed'));
}

function isRefusal(error) {
  return error instanceof Problem && (error.status === 401 || error.status === 403);
}

function retry() {
  main.focus();
  load();
}

function ask(messageKey = null) {
  running.abort();
  key.clear();
  main.removeAttribute('aria-busy');
  show(() => signIn(messageKey && t(messageKey), enter), () => '');
  document.getElementById('key').focus();
}

function enter(value) {
  // A header carries these characters only; anything else is a slip of the clipboard.
  if (!/^[\x21-\x7e]+$/.test(value)) return ask('signin.malformed');
  key.set(value);
  document.getElementById('heading').focus();
  load();
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  setLanguage(chooseLanguage(asked.get('lang')));
  view = [asked.get('view'), document.documentElement.dataset.defaultView].find(name => views.includes(name)) ?? views[0];
}

function writeAddress(name, value) {
  const address = new URL(location.href);
  if (address.searchParams.get(name) === value) return;
  address.searchParams.set(name, value);
  history.pushState(null, '', address);
}

function start() {
  if (key.get() === null) ask();
  else load();
}

for (const button of document.querySelectorAll('[data-view]')) {
  button.addEventListener('click', () => {
    writeAddress('view', button.dataset.view);
    readAddress();
    load();
  });
}
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    writeAddress('lang', button.dataset.language);
    readAddress();
    redraw();
  });
}
document.getElementById('refresh').addEventListener('click', load);
document.getElementById('signout').addEventListener('click', () => ask());
addEventListener('popstate', () => {
  readAddress();
  start();
});

keepTips(document);
readAddress();
start();
