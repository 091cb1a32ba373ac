import type { Actions } from './board';
import { h } from './dom';
import { map } from './map/map';
import type { Model } from './model';
import { attention } from './panels/attention';
import { ladder } from './panels/ladder';
import { match } from './panels/match';
import { mechanisms, platforms, targets } from './panels/plan';
import { due, published, quality } from './panels/quality';
import { sentence } from './panels/sentence';
import { conversion, coverage } from './panels/stages';
import { activities, projects } from './panels/work';
import { time } from './time/time';

export { isPlaying, stop } from './time/time';

/** All panels below the first figures; a part of its own, so that those do not wait for it. */
export function panels(model: Model, { open, go, download }: Actions): (HTMLElement | null)[] {
  return [
    h('div', { class: 'panel-pair' }, map(model, open), time(model, go)),
    attention(model, open),
    ladder(model, open),
    h('div', { class: 'panel-stack' }, targets(model, open), sentence(model, download)),
    projects(model, open),
    activities(model, open),
    mechanisms(model, open),
    platforms(model, open),
    h('div', { class: 'panel-stack seven' }, match(model, open), quality(model, open), conversion(model, open)),
    coverage(model, open),
    due(model, open),
    published(model, open),
  ];
}
