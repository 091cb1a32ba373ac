import { h, s } from '../dom';
import * as format from '../format';
import { stages, type Model, type Step, type Tie } from '../model';
import { link, panel } from '../panel';
import { mark, stageName } from '../shapes';
import { t } from '../text/language';

/** Above so many rows only those that changed lately are shown, and a count of the rest. */
const mostRows = 40;
/** The years before the baseline take this part of the width. */
const past = 0.27;
/** Nearer to each other years would be written over one another on a telephone; per cent of the width. */
const leastApart = 21;

/** One row a tie: since when, at which stage, and on a click by which document. */
export function ladder(model: Model, open: (tie: string) => void): HTMLElement {
  const { page } = model;
  const shown = page.ties.slice(0, mostRows);
  const first = page.ties.flatMap(tie => tie.steps.map(step => step.date)).sort()[0] ?? page.baseline;
  const at = scale(first < page.baseline ? first : page.baseline, page.baseline, page.asOf);
  return panel('ladder', t('ladder.title'), t('ladder.subtitle'),
    h('div', { class: 'legend' }, stages.map(stage => h('span', {}, mark(stage), stageName(stage)))),
    h('table', { class: 'ladder-table' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('column.city')), h('th', { scope: 'col', class: 'axis' }, h('span', { class: 'unseen' }, t('column.timeline')), axis(at, first, page.baseline, page.asOf)),
        h('th', { scope: 'col', class: 'since' }, t('column.since')))),
      stages.map(stage => h('tbody', {}, shown.filter(tie => tie.stage === stage).map(tie => h('tr', { 'data-tie': tie.id },
        h('th', { scope: 'row' }, link(open, `tie:${tie.id}`, model.city(tie.cityId).name)),
        h('td', {}, course(tie, at, page.asOf), h('span', { class: 'unseen' }, stageName(tie.stage))),
        h('td', { class: 'since' }, since(tie))))))),
    page.ties.length > shown.length && h('p', { class: 'note' }, t('activities.more', { count: page.ties.length - shown.length })));
}

/** When the present stage began, no more exact than it is known; a star marks an illustrative date. */
export function since(tie: Tie): string {
  const step = current(tie);
  return `${format.short(tie.since, step?.precision)}${step?.source === 'illustrative' ? ' *' : ''}`;
}

export function current(tie: Tie): Step | undefined {
  return tie.steps.findLast(step => step.stage === tie.stage && step.date === tie.since);
}

function course(tie: Tie, at: (date: string) => number, end: string): SVGSVGElement {
  const lines = tie.steps.map((step, index) => {
    const from = at(step.date);
    const to = at(tie.steps[index + 1]?.date ?? end);
    return s('line', { class: `course ${step.stage}`, x1: `${from}%`, x2: `${Math.max(from, to)}%`, y1: 10, y2: 10 });
  });
  const dots = tie.steps.map(step => s('circle', {
    class: `dot ${step.stage}${step.source === 'illustrative' ? ' hollow' : ''}`, cx: `${at(step.date)}%`, cy: 10, r: 4.5,
  }));
  return s('svg', { class: 'course-picture', height: 20, 'aria-hidden': 'true' },
    s('line', { class: 'summit', x1: `${at('')}%`, x2: `${at('')}%`, y1: 0, y2: 20 }), lines, dots);
}

/** Years as ticks, the ends and the baseline first, others where there is room: those before the baseline are pressed together. */
function axis(at: (date: string) => number, first: string, baseline: string, end: string): HTMLElement {
  const [from, mid, to] = [first, baseline, end].map(day => Number(day.slice(0, 4))) as [number, number, number];
  const ticks = [{ at: at(baseline), text: String(mid) }];
  for (const year of [from, ...Array.from({ length: Math.max(0, to - mid) }, (_, index) => to - index)]) {
    const place = at(`${year}-01-01`);
    if (ticks.every(tick => Math.abs(tick.at - place) > leastApart)) ticks.push({ at: place, text: String(year) });
  }
  return h('div', { class: 'ticks', 'aria-hidden': 'true' }, ticks.map(tick => h('span', { class: 'tick', style: { '--at': `${tick.at}%` } }, tick.text)));
}

/** From a day to its place in per cent of the width; the empty text is the baseline. */
function scale(first: string, baseline: string, end: string): (date: string) => number {
  const [low, high] = [2, 99];
  const middle = first < baseline ? low + past * (high - low) : low;
  const clamp = (part: number): number => Math.min(1, Math.max(0, part));
  return date => date === '' || date === baseline ? middle
    : date < baseline ? low + clamp(format.between(date, first, baseline)) * (middle - low)
    : middle + clamp(format.between(date, baseline, end > baseline ? end : baseline)) * (high - middle);
}
