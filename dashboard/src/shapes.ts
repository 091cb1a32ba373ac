import { h, s } from './dom';
import type { Stage } from './model';
import { t } from './text/language';

/** One shape a stage, everywhere: a filled disc, a ring, a dashed ring; a diamond where there is no tie. Colour only repeats what the shape says. */
export type Shape = Stage | 'gap' | 'hub';

export function mark(shape: Shape, size = 14): SVGSVGElement {
  return s('svg', { class: 'mark', viewBox: '-7 -7 14 14', width: size, height: size, 'aria-hidden': 'true' }, symbol(shape));
}

/** The shape around 0, for a picture of its own. */
export function symbol(shape: Shape, scale = 1): SVGElement {
  if (shape === 'gap') return s('path', { class: 'shape gap', d: `M0 ${-5.2 * scale}L${5.2 * scale} 0L0 ${5.2 * scale}L${-5.2 * scale} 0Z` });
  return s('circle', { class: `shape ${shape}`, r: (shape === 'FRIEND_CITY' ? 5.5 : 4.6) * scale });
}

export function stageName(stage: string): string {
  return t(`stage.${stage}` as 'stage.CONTACT');
}

/** A small ring whose dark part is the share of real rows, with words; nothing where all are real, unless that has to be said. */
export function evidence(illustrative: number, rows: number, always = false): HTMLElement | null {
  if (rows === 0 || (illustrative === 0 && !always)) return null;
  const length = 2 * Math.PI * 4;
  const ring = s('svg', { viewBox: '-6 -6 12 12', width: 12, height: 12, 'aria-hidden': 'true' },
    s('circle', { r: 4, class: 'ring-all' }),
    s('circle', { r: 4, class: 'ring-real', 'stroke-dasharray': `${length * (1 - illustrative / rows)} ${length}`, transform: 'rotate(-90)' }));
  return h('span', { class: 'evidence' }, ring, t('illustrative.of', { part: illustrative, whole: rows }));
}
