export interface Label { text: string; x: number; y: number; gap: number; size: number; weight: number }

export interface Placed { label: Label; x: number; y: number; anchor: 'start' | 'middle' | 'end' }

export interface Box { left: number; top: number; right: number; bottom: number }

const pen = document.createElement('canvas').getContext('2d');
/** A label may cover so much of points, in square pixels, before it is rather left out. */
const mostCovered = 60;

/**
 * Finds a place for each label, the most important first, where it covers no other label and hardly a point. One that finds none is left out:
 * its name stands in the table and beside the pointer.
 */
export function place(labels: Label[], points: { x: number; y: number; r: number }[], width: number, height: number, kept: Box[]): Placed[] {
  const taken: Box[] = [...kept];
  const marks: Box[] = points.map(({ x, y, r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }));
  const placed: Placed[] = [];
  const family = getComputedStyle(document.body).fontFamily;
  for (const label of labels) {
    const wide = measure(label, family);
    let best: { cost: number; box: Box; placed: Placed } | null = null;
    for (const [index, candidate] of candidates(label).entries()) {
      const left = candidate.anchor === 'start' ? candidate.x : candidate.anchor === 'end' ? candidate.x - wide : candidate.x - wide / 2;
      const box = { left: left - 2, right: left + wide + 2, top: candidate.y - label.size, bottom: candidate.y + label.size * 0.3 };
      if (box.left < 2 || box.right > width - 2 || box.top < 2 || box.bottom > height - 2 || taken.some(other => overlap(box, other) > 0)) continue;
      const cost = index * 0.5 + marks.reduce((sum, other) => sum + overlap(box, other), 0);
      if (!best || cost < best.cost) best = { cost, box, placed: { label, x: candidate.x, y: candidate.y, anchor: candidate.anchor } };
    }
    if (!best || best.cost > mostCovered) continue;
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

function measure({ text, size, weight }: Label, family: string): number {
  if (!pen) return text.length * size * 0.6;
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

function overlap(a: Box, b: Box): number {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}
