import { answerWithin, getJson, Problem } from './api';
import { h } from './dom';
import type { Model } from './model';
import { t } from './text/language';

/** A record with its history, in the words of the API's own document; loaded when one is opened. */

interface Schema {
  title?: string; description?: string; 'x-title-zh'?: string; 'x-enumDescriptions'?: Record<string, string>; $ref?: string; items?: Schema; properties?: Record<string, Schema>;
}
interface Document {
  paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, { schema: Schema }> }> } }>;
  components: { schemas: Record<string, Schema> };
}
type Fields = Record<string, unknown>;
type Version = Fields & { version: number; changedAt: string; actor: string; deleted?: boolean };

const own = new Set(['id', 'version', 'changedAt', 'actor', 'deleted', 'operationId', 'attachments']);

// It is the same for every record, and for as long as the page is open. It is large and open to all, so the browser keeps it and asks only whether
// it is still the same.
let words: Promise<Document> | null = null;

function readWords(): Promise<Document> {
  return words ??= fetch('/openapi.json', { credentials: 'omit', signal: AbortSignal.timeout(answerWithin) }).then(async response => {
    if (!response.ok) throw new Problem('status', response.status);
    return await response.json() as Document;
  }).catch((error: unknown) => {
    words = null;
    throw error;
  });
}

function schemaOf(document: Document, type: string): Schema {
  return resolve(document, document.paths[`/api/v1/${type}/{id}`]?.get?.responses['200']?.content?.['application/json']?.schema ?? {});
}

/** Says what stands at a place of a record, such as `stages/0/stage`. */
export async function wordsOf(model: Model, type: string): Promise<(place: string, value: unknown) => string> {
  const document = await readWords();
  const schema = schemaOf(document, type);
  return (place, value) => write(model, document, value, place.split('/').reduce<Schema>((at, part) => {
    const { items, properties } = resolve(document, at);
    return (/^\d+$/.test(part) ? items : properties?.[part]) ?? {};
  }, schema));
}

export async function recordOf(model: Model, type: string, id: string, signal: AbortSignal): Promise<Node[]> {
  const [document, { value: versions }] = await Promise.all([
    readWords(),
    getJson<{ value: Version[] }>(`/api/v1/${type}/${id}/history`, signal),
  ]);
  const schema = schemaOf(document, type);
  const shown = versions.at(-1)!;
  const written = (value: unknown, field: Schema): string => write(model, document, value, field);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => !own.has(name));
  const changes = (before: Version, version: Version): HTMLElement[] => fields
    .map(([name, field]) => ({ name, field, from: written(before[name], field), to: written(version[name], field) })).filter(each => each.from !== each.to)
    .map(({ name, field, from, to }) => h('li', {}, `${title(field, name, model)}: `, h('del', {}, from || t('record.nothing')), ' → ',
      h('ins', {}, to || t('record.nothing'))));
  const line = (version: Version, before: Version | undefined): HTMLElement => h('li', {},
    h('b', {}, t('record.version', { version: version.version })), ' ', h('time', { datetime: version.changedAt }, when(version.changedAt, model)), ` · ${version.actor}`,
    version.deleted ? h('p', {}, t('record.ended')) : before ? h('ul', {}, changes(before, version)) : h('p', {}, t('record.created')));
  return [
    h('p', { class: 'path' }, `${both(schema.description, model)} › ${id}`),
    h('h2', { id: 'drawer-title' }, nameOf(model, shown) ?? known(model, id)),
    shown.deleted ? h('p', { class: 'problem' }, t('record.deleted')) : '',
    h('table', { class: 'plain facts' }, h('tbody', {}, fields.filter(([name]) => written(shown[name], schema.properties![name]!) !== '').map(([name, field]) =>
      h('tr', {}, h('th', { scope: 'row' }, title(field, name, model)), h('td', {}, written(shown[name], field)))))),
    h('h3', {}, t('record.history', { count: versions.length })),
    h('ol', { class: 'lines versions' }, versions.map((version, index) => line(version, versions[index - 1])).reverse()),
  ].filter(each => each !== '') as Node[];
}

function write(model: Model, document: Document, value: unknown, field: Schema): string {
  const schema = resolve(document, field);
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
  if (Array.isArray(value)) return value.map(each => write(model, document, each, schema.items ?? {})).filter(Boolean).join(typeof value[0] === 'object' ? '\n' : t('separator'));
  if (typeof value === 'object')
    return Object.entries(value as Fields).filter(([name]) => name !== 'id').map(([name, each]) => write(model, document, each, schema.properties?.[name] ?? {})).filter(Boolean).join(' · ');
  const label = schema['x-enumDescriptions']?.[String(value)];
  return label ? both(label, model) : typeof value === 'string' ? known(model, value) : String(value);
}

/** An id by its name, of what the page knows. */
function known(model: Model, text: string): string {
  return model.nameOf(text) ?? text;
}

function nameOf(model: Model, record: Fields): string | null {
  const suffix = model.page.language === 'en' ? 'En' : 'Zh';
  const name = record[`name${suffix}`] ?? record[`title${suffix}`] ?? record['title'];
  return typeof name === 'string' ? name : typeof record['cityId'] === 'string' ? known(model, record['cityId']) : null;
}

function resolve(document: Document, schema: Schema): Schema {
  return schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {} : schema;
}

function title(field: Schema, name: string, model: Model): string {
  return (model.page.language === 'en' ? field.title : field['x-title-zh']) ?? name;
}

/** The document says both languages, with a point between. */
function both(text: string | undefined, model: Model): string {
  const parts = (text ?? '').split(' · ');
  return (model.page.language === 'en' ? parts[0] : parts[1] ?? parts[0]) ?? '';
}

function when(instant: string, model: Model): string {
  return new Intl.DateTimeFormat(model.page.language === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}
