import { h } from '../dom';
import * as format from '../format';
import { parts, type MatchedCity, type Model, type Part } from '../model';
import { panel } from '../panel';
import { t } from '../text/language';

/** More would not be read; the others stand behind the figure. */
const most = 60;

/** Where potential is: five parts stacked; sliders ask what other weights would say, and store nothing. */
export function match(model: Model, open: (figure: string) => void): HTMLElement | null {
  const held = model.page.match;
  if (!held) return null;
  const weights = { ...held.weights };
  const list = h('ol', { class: 'match-list' });
  const draw = (): void => list.replaceChildren(...held.cities.map(city => ({ city, points: points(city, weights) }))
    .sort((a, b) => b.points.score - a.points.score).slice(0, most).map(({ city, points: { score, shares } }) => h('li', {},
      h('button', { type: 'button', class: `link ${city.tied ? '' : 'prospect'}`, onclick: () => open(`K32/${city.cityId}/score`) }, `${city.tied ? '' : '○ '}${model.city(city.cityId).name}`),
      h('span', { class: 'stack', 'aria-hidden': 'true' }, parts.map(part => h('i', { class: `part ${part}`, style: { '--part': `${shares[part]}%` } }))),
      h('strong', {}, format.count(Math.round(score))))));
  const sliders = parts.map(part => {
    const shown = h('output', {}, percent(weights[part], held.weights));
    const slider = h('input', { type: 'range', min: 0, max: 100, value: Math.round(100 * weights[part]), 'aria-label': t(`part.${part}`) });
    slider.addEventListener('input', () => {
      weights[part] = Number(slider.value) / 100;
      shown.textContent = slider.value;
      draw();
    });
    return h('label', {}, h('i', { class: `swatch part ${part}` }), t(`part.${part}`), slider, shown);
  });
  const reset = h('button', { type: 'button', class: 'quiet', onclick: () => {
    Object.assign(weights, held.weights);
    for (const [index, part] of parts.entries()) {
      sliders[index]!.querySelector('input')!.value = String(Math.round(100 * weights[part]));
      sliders[index]!.querySelector('output')!.textContent = percent(weights[part], held.weights);
    }
    draw();
  } }, t('match.reset'));
  draw();
  return panel('match', t('match.title'), t('match.subtitle'),
    h('div', { class: 'legend' }, parts.map(part => h('span', {}, h('i', { class: `swatch part ${part}` }), `${t(`part.${part}`)} ${percent(held.weights[part], held.weights)}`))),
    list,
    held.cities.length > most && h('p', { class: 'note' }, t('activities.more', { count: held.cities.length - most })),
    h('details', { class: 'what-if' }, h('summary', {}, t('match.weights')), h('div', { class: 'sliders' }, sliders), reset),
    h('p', { class: 'note' }, t('match.note')));
}

/** A part whose input is unknown is left out and the others' weights are scaled up, as the service does it. */
function points(city: MatchedCity, weights: Record<Part, number>): { score: number; shares: Record<Part, number> } {
  const whole = parts.reduce((sum, part) => sum + (city[part] === null ? 0 : weights[part]), 0) || 1;
  const shares = Object.fromEntries(parts.map(part => [part, (100 * weights[part] * (city[part] ?? 0)) / whole])) as Record<Part, number>;
  return { score: parts.reduce((sum, part) => sum + shares[part], 0), shares };
}

function percent(weight: number, all: Record<Part, number>): string {
  return String(Math.round((100 * weight) / (parts.reduce((sum, part) => sum + all[part], 0) || 1)));
}
