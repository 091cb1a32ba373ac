import { h } from '../dom';
import { savePicture } from '../export';
import * as format from '../format';
import { stages, type Model } from '../model';
import { panel } from '../panel';
import { t } from '../text/language';

const pace = 350; // ms a month
const still = 900; // ms a month where motion is reduced: steps instead of a film

let playing = 0;

export function isPlaying(): boolean {
  return playing !== 0;
}

export function stop(): void {
  clearTimeout(playing);
  playing = 0;
}

/** How the circle grew: the course by stage, and the slider that sets the day of every panel. */
export function time(model: Model, go: (asOf: string | null) => Promise<void>): HTMLElement {
  const { time: course, asOf } = model.page;
  const last = course.days.length - 1;
  const totals = course.days.map((_, index) => stages.reduce((sum, stage) => sum + course[stage][index]!, 0));
  const index = nearest(course.days, asOf);
  const text = (at: number): string => t('time.text', { month: format.month(course.days[at]!), count: totals[at]! });
  const label = h('output', { class: 'time-text', for: 'slider' }, text(index));
  const slider = h('input', {
    type: 'range', id: 'slider', min: 0, max: last, value: index, step: 1, 'aria-label': t('time.label'), 'aria-valuetext': text(index),
  });
  const chart = h('div', { class: 'time-chart', role: 'img', 'aria-label': t('time.chart', {
    first: format.month(course.days[0]!), from: totals[0]!, last: format.month(course.days[last]!), to: totals[last]!,
  }) });
  let move: ((at: number) => void) | null = null;
  const show = (at: number): void => {
    slider.value = String(at);
    slider.setAttribute('aria-valuetext', text(at));
    label.textContent = text(at);
    move?.(at);
  };
  const set = (at: number): Promise<void> => {
    show(at);
    return go(at === last ? null : course.days[at]!);
  };
  slider.addEventListener('input', () => {
    stop();
    void set(Number(slider.value));
  });
  slider.addEventListener('keydown', event => {
    // A step is a month, with Shift a year.
    const months = event.shiftKey ? 12 : 0;
    if (months === 0 || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    void set(Math.min(last, Math.max(0, Number(slider.value) + (event.key === 'ArrowLeft' ? -months : months))));
  });
  const play = h('button', { type: 'button', class: 'play', id: 'play', onclick: () => toggle() });
  const paint = (): void => {
    play.textContent = playing ? '❚❚' : '▶';
    play.setAttribute('aria-label', t(playing ? 'time.pause' : 'time.play'));
  };
  const toggle = (): void => {
    if (playing) {
      stop();
      return paint();
    }
    const begin = Number(slider.value) === last ? 0 : Number(slider.value);
    const wait = matchMedia('(prefers-reduced-motion: reduce)').matches ? still : pace;
    const step = (at: number): void => {
      void set(at);
      playing = at < last ? window.setTimeout(() => step(at + 1), wait) : 0;
      const control = document.getElementById('play');
      if (control && !playing) paint();
    };
    step(begin);
    paint();
  };
  paint();
  void import('./chart').then(({ draw }) => requestAnimationFrame(() => {
    if (chart.isConnected) (move = draw(chart, course, index, at => { stop(); void set(at); }));
  }));
  return panel('time', t('time.title'), label, chart,
    h('div', { class: 'time-row' }, play, slider,
      h('button', { type: 'button', class: 'quiet', id: 'time-save', onclick: () => void savePicture(chart, `time-${asOf}.png`) }, t('export.png')),
      h('button', { type: 'button', class: 'quiet', id: 'latest', hidden: index === last, onclick: () => { stop(); void set(last); } }, t('time.end'))));
}

function nearest(days: string[], asOf: string): number {
  const index = days.findIndex(day => day >= asOf);
  return index < 0 ? days.length - 1 : index;
}
