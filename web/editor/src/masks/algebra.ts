import type { MaskShape } from '../model/annotation.ts';
import { type PixelBox, RunBuilder, runsIn, tight } from './runs.ts';

/**
 * Sets of pixels under the usual operations, on run lengths, whatever the boxes. Every answer is tight, so equal sets are
 * equal masks; null = no pixel. Time goes with the runs. The server's `MaskAlgebra` gives the same answers.
 */

/** Bit `2a + b` answers for inside-ness `a` and `b`. */
const tables = { or: 0b1110, and: 0b1000, andNot: 0b0100, xor: 0b0110 } as const;

/** Pixels in any of the masks. */
export function unionOf(masks: readonly MaskShape[]): MaskShape | null {
  // In pairs, so that no run is read more than log n times.
  let level = masks;
  while (level.length > 1) {
    const next: MaskShape[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i] as MaskShape, level[i + 1]];
      const joined = b === undefined ? a : combine(a, b, tables.or, boxAround(a, b));
      if (joined !== null) next.push(joined);
    }
    level = next;
  }
  return level[0] === undefined ? null : tight(level[0]);
}

/** Pixels of the first that are not in the second. */
export function without(a: MaskShape, b: MaskShape): MaskShape | null {
  return overlaps(a, b) ? combine(a, b, tables.andNot, a) : tight(a);
}

/** Pixels in both. */
export function common(a: MaskShape, b: MaskShape): MaskShape | null {
  if (!overlaps(a, b)) return null;
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return combine(a, b, tables.and, { x, y, width, height });
}

/** Pixels in exactly one of them. */
export function difference(a: MaskShape, b: MaskShape): MaskShape | null {
  return combine(a, b, tables.xor, boxAround(a, b));
}

/** Pixels of the box that the mask does not have. */
export function complement(mask: MaskShape | null, box: PixelBox): MaskShape | null {
  const all: MaskShape = {
    kind: 'mask',
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    runs: [0, box.width * box.height],
  };
  return mask === null ? all : without(all, mask);
}

/** Whether the boxes have a pixel in common. */
export function overlaps(a: PixelBox, b: PixelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function boxAround(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function combine(a: MaskShape, b: MaskShape, table: number, box: PixelBox): MaskShape | null {
  const { x, y, width, height } = box;
  const runs = combinedRuns(runsIn(a, box), runsIn(b, box), table, width * height);
  return tight({ kind: 'mask', x, y, width, height, runs });
}

function combinedRuns(a: readonly number[], b: readonly number[], table: number, length: number): number[] {
  const result = new RunBuilder();
  let [nextA, nextB, leftA, leftB] = [0, 0, 0, 0];
  let state = 3; // the first run of each flips it to outside
  for (let at = 0; at < length; ) {
    while (leftA === 0 && nextA < a.length) {
      leftA = a[nextA++] as number;
      state ^= 2;
    }
    while (leftB === 0 && nextB < b.length) {
      leftB = b[nextB++] as number;
      state ^= 1;
    }
    const step = Math.min(leftA, leftB);
    if (step === 0) break; // runs that do not fill their box
    if (((table >> state) & 1) !== 0) result.add(at, at + step);
    at += step;
    leftA -= step;
    leftB -= step;
  }
  return result.finish(length);
}
