import { getJson } from './api';
import { h } from './dom';
import * as format from './format';
import type { Model, Tie } from './model';
import { saveTable } from './export';
import { link } from './panel';
import { evidence, stageName } from './shapes';
import { t, wordFor, type Key } from './text/language';

const mostRows = 200;
const documents = ['agreement', 'declaration', 'memorandum', 'letter of intent', 'protocol of intent'] as const;
/** What kind of code each part of a figure is. */
const kinds: Record<string, string[]> = {
  'hubs-by-direction': ['direction'], 'cities-by-country': ['', 'stage'], K07: ['stage'], 'projects-by-status': ['status'], 'projects-by-sector': ['', 'measure'], K40: ['entity', 'quality'],
};
const beside = new Set(['cityId', 'nameEn', 'nameZh', 'titleEn', 'titleZh']);
const named = new Set(['FRIEND_CITY', 'FRIENDLY_COOPERATION', 'INTENTION', 'CONTACT', 'SUSPENDED', 'ENDED']);

interface Named { type: string; id: string; nameEn?: string | null; nameZh?: string | null; fields?: Record<string, unknown> }
interface Row extends Named { dimensions: Record<string, string>; source: string; fields: Record<string, unknown> }
interface Move { kpi: string; dimensions: Record<string, string>; rows: (Named & { kind: string })[] }
type Words = (place: string, value: unknown) => string;

/** What is behind a number or a tie, from the right; the same for all of them. Closing it brings the focus back. */
export class Drawer {
  private readonly box = h('dialog', { class: 'drawer', 'aria-labelledby': 'drawer-title' });
  private reading = new AbortController();
  private back: HTMLElement | null = null;

  constructor(private readonly onClose: () => void, private readonly open: (what: string) => void) {
    document.body.append(this.box);
    this.box.addEventListener('close', () => {
      this.reading.abort();
      this.back?.focus();
      this.back = null;
      this.onClose();
    });
    this.box.addEventListener('click', event => {
      if (event.target === this.box) this.box.close();
    });
  }

  close(): void {
    if (this.box.open) this.box.close();
  }

  show(model: Model, what: string): void {
    this.reading.abort();
    this.reading = new AbortController();
    this.back ??= document.activeElement as HTMLElement | null;
    const content = what.startsWith('tie:') ? tieOf(model, what.slice(4), this.open)
      : what.startsWith('record:') ? recordAt(model, what.slice(7), this.reading.signal)
      : figureOf(model, what, this.open, this.reading.signal);
    this.box.replaceChildren(h('button', { type: 'button', class: 'close', 'aria-label': t('close'), onclick: () => this.box.close() }, '×'), ...content);
    if (!this.box.open) this.box.showModal();
  }
}

function tieOf(model: Model, id: string, open: (what: string) => void): Node[] {
  const tie = model.page.ties.find(each => each.id === id);
  const title = (text: string): HTMLElement => h('h2', { id: 'drawer-title' }, text);
  if (!tie) return [title(id), h('p', {}, t('value.none'))];
  const city = model.city(tie.cityId);
  return [
    title(city.name),
    h('p', { class: 'subtitle' }, `${model.countryName(city.countryId)} · ${stageName(tie.stage)} · ${t('ladder.title')}`),
    steps(tie),
    link(open, `record:relationships/${tie.id}`, t('record.open')),
    actions(),
  ];
}

/** The code for it comes when a record is first opened. */
function recordAt(model: Model, at: string, signal: AbortSignal): Node[] {
  const [type = '', id = ''] = at.split('/');
  const box = h('div', { class: 'drawer-part' }, h('h2', { id: 'drawer-title' }, id), h('p', { class: 'reading' }, t('drill.reading')));
  void import('./record').then(({ recordOf }) => recordOf(model, type, id, signal)).then(nodes => box.replaceChildren(...nodes), () => {
    if (!signal.aborted) box.replaceChildren(h('h2', { id: 'drawer-title' }, id), h('p', { class: 'problem' }, t('drill.failed')));
  });
  return [box, actions()];
}

function steps(tie: Tie): HTMLElement {
  return h('table', { class: 'plain' },
    h('thead', {}, h('tr', {}, (['date', 'stage', 'document', 'source'] as const).map(name => h('th', { scope: 'col' }, t(`column.${name}`))))),
    h('tbody', {}, tie.steps.map(step => h('tr', {}, h('td', {}, format.short(step.date, step.precision)), h('th', { scope: 'row' }, stageName(step.stage)),
      h('td', {}, documentName(step.document)), h('td', {}, wordFor('source', step.source), step.sourceRef ? h('small', {}, step.sourceRef) : null)))));
}

function figureOf(model: Model, what: string, open: (what: string) => void, signal: AbortSignal): Node[] {
  const { page } = model;
  const [kpi = '', ...rest] = what.split('/');
  const part = rest.join('/') || undefined;
  const definition = page.definitions.find(each => each.kpi === kpi);
  const figure = model.figure(kpi, part);
  const context = `view=${page.view}&asOf=${page.asOf}`;
  const dimension = figureParts(part);
  const rows = h('div', { class: 'drawer-part' }, h('p', { class: 'reading' }, t('drill.reading')));
  const moved = h('div', { class: 'drawer-part' }, h('p', { class: 'reading' }, t('drill.reading')));
  const fill = (box: HTMLElement, read: Promise<Node[]>): void => void read.then(nodes => box.replaceChildren(...nodes), () => {
    if (!signal.aborted) box.replaceChildren(h('p', { class: 'problem' }, t('drill.failed')));
  });
  fill(rows, getJson<{ count: number; value: Row[]; reference: Named[] }>(`/api/v1/kpis/${kpi}/rows?${context}${dimension}&$top=${mostRows}`, signal)
    .then(async answer => {
      model.learn(answer.reference);
      return rowTable(model, `${kpi}-${page.asOf}`, figure.value, answer, await wordsFor(model, answer.value), open);
    }));
  fill(moved, getJson<{ value: Move[] }>(`/api/v1/kpis/compare?view=${page.view}&from=${page.baseline}&to=${page.asOf}&kpi=${kpi}`, signal)
    .then(answer => moves(model, kpi, part, answer)));
  return [
    h('p', { class: 'path' }, [t('headline.title'), kpi.startsWith('K') ? kpi : '', ...rest.map((each, index) => partName(model, each, kinds[kpi]?.[index]))].filter(Boolean).join(' › ')),
    h('h2', { id: 'drawer-title' }, definition?.name ?? kpi),
    // A figure of several parts, asked for as a whole, has no number of its own.
    figure.kpi ? h('p', { class: 'drawer-figure' }, h('strong', {}, value(figure.value, figure.unit)), evidence(figure.illustrative, figure.rows)) : '',
    h('p', {}, h('b', {}, t('drill.definition')), ` ${definition?.formula ?? ''} `, h('small', {}, t('drill.version', { version: definition?.version ?? '–' }))),
    figure.reason ? h('p', { class: 'note' }, t('value.reason', { reason: figure.reason })) : '',
    rows,
    h('h3', {}, t('drill.moved', { date: format.day(page.baseline) })),
    moved,
    actions(),
  ].filter(each => each !== '') as Node[];
}

/** A code by its word, a month, a centre with a sector, or what the page has by this id. */
function partName(model: Model, part: string, kind?: string): string | undefined {
  const [id = '', sector] = part.split(':');
  return kind ? wordFor(kind, part) : /^\d{4}-\d\d$/.test(part) ? format.month(`${part}-01`)
    : sector === undefined ? model.nameOf(id) : `${model.nameOf(id) ?? id} · ${model.sectorName(sector) ?? t('projects.other')}`;
}

/** `broad` is a dimension's value, `T01/pace` a dimension and a measure, `count` a measure; the address takes each by name. */
function figureParts(part: string | undefined): string {
  if (!part) return '';
  const [first = '', second] = part.split('/');
  if (second) return `&dimension=${encodeURIComponent(first)}&measure=${encodeURIComponent(second)}`;
  return /^(count|value|withoutValue|due|soon|overdue|missing)$/.test(first) ? `&measure=${first}` : `&dimension=${encodeURIComponent(first)}`;
}

/** What each type's codes are called, from the API's own document; where that cannot be had, what stands in a record is shown as it stands. */
async function wordsFor(model: Model, rows: Row[]): Promise<Map<string, Words>> {
  try {
    const { wordsOf } = await import('./record');
    return new Map(await Promise.all([...new Set(rows.map(row => row.type))].map(async type => [type, await wordsOf(model, type)] as const)));
  } catch {
    return new Map();
  }
}

function rowTable(
  model: Model, name: string, number: number | null, { count, value: rows }: { count: number; value: Row[] }, words: Map<string, Words>, open: (what: string) => void): Node[] {
  const table = rows.map(row => [row.id, nameOf(model, row) ?? '–', facts(row, words.get(row.type) ?? plain), wordFor('source', row.source)]);
  const heads = [t('column.record'), t('column.name'), t('column.facts'), t('column.source')];
  return [
    // Rates, denominators and the like decide a number without being counted in it.
    h('h3', {}, t(count === number ? 'drill.rows' : 'drill.behind', { count })),
    h('button', { type: 'button', class: 'quiet', onclick: () => saveTable(`${name}.csv`, [heads, ...table]) }, t('drill.csv')),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('drill.rows', { count }) }, h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, table.map((cells, row) => h('tr', {}, cells.map((cell, index) => index === 0
        ? h('th', { scope: 'row' }, link(open, `record:${rows[row]!.type}/${rows[row]!.id}`, cell)) : h('td', { class: index === 3 ? 'origin' : '' }, cell))))))),
    ...(count > rows.length ? [h('p', { class: 'note' }, t('drill.more', { count: rows.length }))] : []),
  ];
}

function moves(model: Model, kpi: string, part: string | undefined, { value: all }: { value: Move[] }): Node[] {
  const own = all.filter(each => each.kpi === kpi);
  const move = own.find(each => Object.values(each.dimensions).join('/') === (part ?? '')) ?? (part ? undefined : own[0]);
  const lines = (['entered', 'left', 'changed'] as const).map(kind => ({ kind, rows: move?.rows.filter(row => row.kind === kind) ?? [] }))
    .filter(each => each.rows.length > 0);
  if (lines.length === 0) return [h('p', {}, t('drill.moved.none'))];
  return [h('ul', { class: 'lines' }, lines.map(({ kind, rows }) => h('li', {}, h('b', {}, `${t(`drill.${kind}`)} ${rows.length} `),
    rows.slice(0, 30).map(row => nameOf(model, row) ?? row.id).join(t('separator')))))];
}

function actions(): HTMLElement {
  const said = h('span', { role: 'status' });
  return h('div', { class: 'row' }, h('button', { type: 'button', class: 'quiet', onclick: () => void navigator.clipboard.writeText(location.href)
    .then(() => { said.textContent = t('sentence.copied'); }) }, t('drill.link')), said);
}

/** Undefined where a record has no name, such as a rating. */
function nameOf(model: Model, row: Named): string | undefined {
  const name = model.page.language === 'en' ? row.nameEn : row.nameZh;
  if (name) return name;
  const city = row.type === 'relationships' ? model.page.ties.find(tie => tie.id === row.id)?.cityId ?? row.fields?.cityId : row.fields?.cityId;
  return typeof city === 'string' ? model.city(city).name : model.nameOf(row.id);
}

/** What counted in a record, codes by their names; its own name or its city's stands beside it already. */
function facts(row: Row, words: Words): string {
  return Object.entries(row.fields).filter(([place]) => !beside.has(place)).map(([place, field]) => words(place, field)).filter(Boolean).join(' · ');
}

function plain(_: string, field: unknown): string {
  return Array.isArray(field) ? field.map(each => plain(_, each)).join(' ') : field === null || typeof field === 'object' ? ''
    : named.has(String(field)) ? stageName(String(field)) : String(field);
}

function value(number: number | null, unit: string): string {
  return number === null ? '–' : unit === 'ratio' ? format.percent(number) : unit === 'CNY' ? format.yuan(number) : format.count(number);
}

/** Usual documents have names in both languages; what else an office writes stands as it was written. */
function documentName(document: string | null): string {
  const usual = documents.find(each => each === document);
  return usual ? t(`document.${usual.replaceAll(' ', '_')}` as Key) : document ?? '–';
}
