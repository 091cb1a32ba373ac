import { h } from '../dom';
import * as format from '../format';
import { stages, type Figure, type Model, type ProjectState } from '../model';
import { evidence, mark, type Shape } from '../shapes';
import { t } from '../text/language';

/** Above so many marks a unit chart is a bar of shares. */
const mostMarks = 60;
const states: readonly ProjectState[] = ['COMPLETED', 'IN_PROGRESS', 'SIGNED', 'STALLED', 'TERMINATED'];

type Open = (figure: string) => void;

/**
 * The article's four numbers, each with its units, what it means, and how it stands against the baseline, a year ago and a target. The evidence
 * is said at the head of the page, and at a number only where its own differs.
 */
export function headlines(model: Model, open: Open): HTMLElement {
  const { page } = model;
  const [cities, broad, formal, growth] = [model.figure('K03'), model.figure('K05', 'broad'), model.figure('K05', 'formal'), model.figure('K06', 'broad')];
  const stage = (name: string): number => model.figure('K07', name).value ?? 0;
  const countries = page.countries.map(country => country.stage ?? 'gap' as const);
  const order: Shape[] = [...stages, 'gap'];
  const formalGrowth = model.figure('K06', 'formal');
  const earlier = model.before('baseline', 'K03').value ?? 0;
  const formalGain = Math.max(0, formalGrowth.numerator ?? 0);
  const gain = Math.max(0, growth.numerator ?? 0);
  return h('section', { class: 'panel headlines', id: 'headlines', 'aria-label': t('headline.title') },
    headline(model, open, 'cities', 'K03', t('headline.cities'), number(cities.value), t('headline.cities.unit', { count: cities.value ?? 0 }), cities,
      units(stages.flatMap(name => Array.from({ length: stage(name) }, () => name))),
      stages.map(name => t('pair', { name: t(`stage.short.${name}`), count: stage(name) })).join(' · '), changes(model, 'K03')),
    headline(model, open, 'countries', 'K04', t('headline.countries'), number(model.figure('K04').value),
      t('headline.countries.unit', { size: page.scopeSize }), model.figure('K04'),
      units([...countries].sort((a, b) => order.indexOf(a) - order.indexOf(b))),
      t('headline.countries.line', { broad: share(broad), formal: share(formal), count: formal.numerator ?? 0 }), changes(model, 'K04')),
    headline(model, open, 'growth', 'K06/broad', t('headline.growth'), growth.value === null ? '–' : format.signed(100 * growth.value), '%', growth,
      bar([['before', earlier, String(earlier)], ['FRIENDLY_COOPERATION', Math.min(formalGain, gain), `+${Math.min(formalGain, gain)}`],
        ['INTENTION', Math.max(0, gain - formalGain), `+${Math.max(0, gain - formalGain)}`]]),
      t('headline.growth.line', {
        before: earlier, now: cities.value ?? 0, formal: formalGrowth.value === null ? '–' : `${format.signed(100 * formalGrowth.value)}%`,
      }), growth.reason ? t('value.reason', { reason: growth.reason }) : ''),
    headline(model, open, 'agreements', 'K15/count', t('headline.agreements'), number(model.figure('K15', 'count').value), t('headline.agreements.unit', { count: model.figure('K15', 'count').value ?? 0 }),
      model.figure('K15', 'count'), bar(states.map(state => [state, model.count('projects-by-status', state), String(model.count('projects-by-status', state))])),
      t('headline.agreements.line', {
        value: format.yuan(model.figure('K15', 'value').value ?? 0), without: model.figure('K15', 'withoutValue').value ?? 0,
      }), changes(model, 'K15', 'count')));
}

function headline(model: Model, open: Open, id: string, figure: string, label: string, value: string, unit: string, rows: Figure, chart: HTMLElement,
  line: string, moved: string): HTMLElement {
  const said = model.figure('K03');
  const differs = rows.illustrative !== said.illustrative || rows.rows !== said.rows;
  const target = model.page.targets.find(each => figure.startsWith(each.kpi) && each.target !== null);
  return h('div', { class: 'headline', id: `headline-${id}` },
    h('div', { class: 'headline-top' }, h('h2', {}, label), differs && evidence(rows.illustrative, rows.rows, said.illustrative > 0)),
    h('button', { type: 'button', class: 'figure', 'aria-label': `${label} ${value} ${unit}. ${t('open.figure', { name: label })}`, onclick: () => open(figure) },
      h('strong', {}, value), ' ', h('span', { class: 'unit' }, unit)),
    chart,
    h('p', { class: 'line' }, line),
    h('p', { class: 'moved' }, [moved, target && t(target.ended ? 'headline.target.ended' : 'headline.target', {
      target: `${format.count(target.target ?? 0)}${target.status === 'proposed' ? ` (${t('proposed')})` : ''}`, end: target.end.slice(0, 4),
    })].filter(Boolean).join(' · ')));
}

function changes(model: Model, kpi: string, part?: string): string {
  const now = model.figure(kpi, part).value;
  const since = (kind: 'baseline' | 'lastYear'): string => {
    const before = model.before(kind, kpi, part).value;
    return now === null || before === null ? '–' : format.signed(now - before);
  };
  return t('headline.changes', { baseline: since('baseline'), lastYear: since('lastYear') });
}

function units(shapes: Shape[]): HTMLElement {
  if (shapes.length > mostMarks)
    return bar(([...stages, 'gap'] as const).map(shape => [shape, shapes.filter(each => each === shape).length,
      String(shapes.filter(each => each === shape).length)]));
  return h('div', { class: 'units', 'aria-hidden': 'true' }, shapes.map(shape => mark(shape)));
}

/** Parts that add up to the number. */
function bar(parts: [name: string, count: number, text: string][]): HTMLElement {
  return h('div', { class: 'shares', 'aria-hidden': 'true' }, parts.filter(([, count]) => count > 0)
    .map(([name, count, text]) => h('span', { class: `share ${name}`, style: { '--part': String(count) } }, text)));
}

function number(value: number | null): string {
  return value === null ? '–' : format.count(value);
}

function share(figure: Figure): string {
  return figure.value === null ? '–' : format.percent(figure.value);
}
