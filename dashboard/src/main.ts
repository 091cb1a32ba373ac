import { dataAddress, readAddress, views, writeAddress } from './address';
import { forget, getPage, key, Problem } from './api';
import { board, context } from './board';
import { Drawer } from './drawer';
import { saveBlob } from './export';
import * as format from './format';
import { Model } from './model';
import { empty, failing, loading, signIn } from './states';
import { language, setLanguage, t, wordFor, type Key } from './text/language';
import { choose, chosen, themes, watch } from './theme';

const refreshEvery = 5 * 60_000;
const main = document.getElementById('main')!;

// What is on the screen, as a function of the language.
let draw: () => Node = () => document.createTextNode('');
let say: () => string = () => '';
let address = readAddress();
let shown: Model | null = null;
let running = new AbortController();
/** The panel that the address names, such as `#map`, is brought into view once. */
let arrived = false;
/** The panels below the first figures: fetched at once, by a link of the page, but run and drawn only when those are seen. */
let rest: typeof import('./rest') | null = null;

const drawer = new Drawer(() => {
  if (address.open !== null) writeAddress({ open: null });
  address = { ...address, open: null };
}, what => actions.open(what));

function show(state: () => Node, status: () => string): void {
  [draw, say] = [state, status];
  const at = { x: scrollX, y: scrollY, focus: document.activeElement?.id ?? '' };
  document.title = t('title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) element.textContent = t(element.dataset.text as Key);
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) element.setAttribute('aria-label', t(element.dataset.label as Key));
  for (const button of document.querySelectorAll<HTMLElement>('[data-view]')) {
    button.textContent = wordFor('view', button.dataset.view!);
    button.setAttribute('aria-pressed', String(button.dataset.view === address.view));
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-language]')) button.setAttribute('aria-pressed', String(button.dataset.language === language()));
  for (const id of ['views', 'refresh', 'signout']) document.getElementById(id)!.hidden = key.get() === null;
  for (const id of ['context', 'print']) document.getElementById(id)!.hidden = shown === null;
  document.getElementById('context')!.replaceChildren(...(shown ? context(shown) : []));
  main.replaceChildren(draw());
  document.getElementById('status')!.textContent = isPlaying() ? '' : say();
  // A panel drawn anew keeps the reader's place, and the slider the hand on it.
  scrollTo(at.x, at.y);
  if (at.focus && document.activeElement?.id !== at.focus) document.getElementById(at.focus)?.focus({ preventScroll: true });
}

async function readRest(): Promise<void> {
  rest ??= await import('./rest').catch(() => {
    throw new Problem('unreachable');
  });
}

function painted(): Promise<void> {
  return new Promise(done => requestAnimationFrame(() => setTimeout(done)));
}

const stop = (): void => rest?.stop();
const isPlaying = (): boolean => rest?.isPlaying() ?? false;

/** Reads what the address asks for. Figures that stand are kept until the new ones are there. */
async function load(): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  main.setAttribute('aria-busy', 'true');
  if (shown?.page.view !== address.view) shown = null;
  if (shown === null) show(loading, () => t('status.loading'));
  try {
    const { body, age } = await getPage(dataAddress(address), signal);
    const model = new Model(body, age, new Date());
    if (model.isEmpty && model.page.asOf === model.page.today) {
      shown = null;
      const other = views.find(view => view !== address.view);
      show(() => empty(model, other === undefined ? null : () => go({ view: other, asOf: null })), () => t('status.empty'));
    } else {
      shown = model;
      if (rest === null) {
        show(() => board(model, address.wrong, false, actions, rest), () => t('status.loading'));
        await painted();
        await readRest();
        signal.throwIfAborted();
      }
      show(() => board(model, address.wrong, false, actions, rest), () => t('status.loaded', { date: format.day(model.page.asOf) }));
      if (!arrived && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
      arrived = true;
      if (address.open) drawer.show(model, address.open);
      else drawer.close();
    }
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    if (!signal.aborted) main.removeAttribute('aria-busy');
  }
}

const actions = {
  open: (what: string): void => {
    if (!shown) return;
    address = { ...address, open: what };
    writeAddress({ open: what });
    drawer.show(shown, what);
  },
  go: (asOf: string | null): Promise<void> => {
    address = { ...address, asOf };
    writeAddress({ asOf }, true);
    return load();
  },
  download: (path: string, name: string): void => void fetch(path, { headers: { 'X-Api-Key': key.get() ?? '' }, credentials: 'omit' })
    .then(async response => {
      if (response.ok) saveBlob(await response.blob(), name);
      else document.getElementById('status')!.textContent = t('download.failed');
    }, () => {
      document.getElementById('status')!.textContent = t('download.failed');
    }),
  retry: (): void => {
    main.focus();
    void load();
  },
};

function fail(error: unknown): void {
  stop();
  if (error instanceof Problem && error.isRefusal) return ask(error.status === 403 ? 'signin.forbidden' : 'signin.refused');
  if (!(error instanceof Problem)) console.error(error);
  const problem = error instanceof Problem ? error : new Problem('unreadable');
  const kept = shown;
  // Out of reach with figures on the screen: they stay, with the time at which they were read.
  if (kept && problem.kind === 'unreachable') show(() => board(kept, address.wrong, true, actions, rest), () => t('status.failed'));
  else {
    shown = null;
    show(() => failing(problem, actions.retry), () => t('status.failed'));
  }
}

function ask(message: Key | null = null): void {
  running.abort();
  stop();
  drawer.close();
  key.clear();
  forget();
  shown = null;
  main.removeAttribute('aria-busy');
  show(() => signIn(message && t(message), enter), () => '');
  document.getElementById('key')?.focus();
}

function enter(value: string): void {
  // A header carries these characters only; anything else is a slip of the clipboard.
  if (!/^[\x21-\x7e]+$/.test(value)) return ask('signin.malformed');
  key.set(value);
  document.getElementById('heading')!.focus();
  void load();
}

function go(change: { view?: string; asOf?: string | null; lang?: string }): void {
  stop();
  writeAddress(change);
  read();
  start();
}

function read(): void {
  address = readAddress();
  setLanguage(address.language);
}

function start(): void {
  if (key.get() === null) ask();
  else void load();
}

for (const button of document.querySelectorAll<HTMLElement>('[data-view]'))
  button.addEventListener('click', () => go({ view: button.dataset.view!, asOf: null }));
for (const button of document.querySelectorAll<HTMLElement>('[data-language]'))
  button.addEventListener('click', () => go({ lang: button.dataset.language! }));
const theme = document.getElementById('theme') as HTMLSelectElement;
theme.value = chosen();
theme.addEventListener('change', () => {
  choose(themes.find(each => each === theme.value) ?? 'auto');
  // What is drawn on a canvas takes its colours when it is drawn.
  show(draw, say);
});
watch(() => show(draw, say));
document.getElementById('refresh')!.addEventListener('click', () => void load());
document.getElementById('print')!.addEventListener('click', () => print());
document.getElementById('signout')!.addEventListener('click', () => ask());
addEventListener('popstate', () => {
  read();
  start();
});
// A page on the wall stays true by itself.
setInterval(() => {
  if (shown && !isPlaying() && address.open === null && document.visibilityState === 'visible') void load();
}, refreshEvery);

read();
start();
