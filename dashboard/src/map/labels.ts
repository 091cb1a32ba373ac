export interface Label { text: string; x: number; y: number; gap: number; size: number; weight: number; optional: boolean }

export interface Placed { label: Label; x: number; y: number; anchor: 'start' | 'middle' | 'end' }

interface Box { left: number; top: number; right: number; bottom: number }

const pen = document.createElement('canvas').getContext('2d');
const family = 'system-ui, sans-serif';

/**
 * Finds a place for each label, the most important first, where it covers neither a point nor another label. An optional one that finds none is
 * left out; another stands where it overlaps least.
 */
export function place(labels: Label[], points: { x: number; y: number; r: number }[], width: number, height: number): Placed[] {
  const taken: Box[] = [];
  const marks: Box[] = points.map(({ x, y, r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }));
  const placed: Placed[] = [];
  for (const label of labels) {
    const wide = measure(label);
    let best: { cost: number; box: Box; placed: Placed } | null = null;
    for (const [index, candidate] of candidates(label).entries()) {
      const left = candidate.anchor === 'start' ? candidate.x : candidate.anchor === 'end' ? candidate.x - wide : candidate.x - wide / 2;
      const box = { left: left - 1, right: left + wide + 1, top: candidate.y - label.size * 0.82, bottom: candidate.y + label.size * 0.25 };
      const outside = box.left < 2 || box.right > width - 2 || box.top < 2 || box.bottom > height - 2 ? 4000 : 0;
      const cost = outside + index * 0.5 + taken.reduce((sum, other) => sum + 8 * overlap(box, other), 0)
        + marks.reduce((sum, other) => sum + 3 * overlap(box, other), 0);
      if (!best || cost < best.cost) best = { cost, box, placed: { label, x: candidate.x, y: candidate.y, anchor: candidate.anchor } };
    }
    if (!best || (label.optional && best.cost > 60)) continue;
    taken.push(best.box);
    placed.push(best.placed);
  }
  return placed;
}

/** Right, left, above, below, the corners, and the same farther out. */
function candidates({ x, y, gap, size }: Label): { x: number; y: number; anchor: Placed['anchor'] }[] {
  const middle = y + size * 0.34;
  return [gap, gap + 7, gap + 15].flatMap(away => [
    { x: x + away, y: middle, anchor: 'start' as const },
    { x: x - away, y: middle, anchor: 'end' as const },
    { x, y: y - away - 1, anchor: 'middle' as const },
    { x, y: y + away + size * 0.8, anchor: 'middle' as const },
    { x: x + away * 0.8, y: y - away * 0.7, anchor: 'start' as const },
    { x: x + away * 0.8, y: y + away * 0.7 + size * 0.7, anchor: 'start' as const },
    { x: x - away * 0.8, y: y - away * 0.7, anchor: 'end' as const },
    { x: x - away * 0.8, y: y + away * 0.7 + size * 0.7, anchor: 'end' as const },
  ]);
}

function measure({ text, size, weight }: Label): number {
  if (!pen) return text.length * size * 0.6;
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

function overlap(a: Box, b: Box): number {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}
