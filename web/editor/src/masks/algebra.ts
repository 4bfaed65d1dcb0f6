import type { MaskShape } from '../model/annotation.ts';
import { knownTight, maskOfBox, type PixelBox, RunBuilder, runsIn, sameBox, tight } from './runs.ts';

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
  if (sameBox(a, b)) return differenceInBox(a, b);
  return combine(a, b, tables.xor, boxAround(a, b));
}

/** Runs that both begin and end with alike are passed over. */
function differenceInBox(a: MaskShape, b: MaskShape): MaskShape | null {
  const shortest = Math.min(a.runs.length, b.runs.length);
  let [first, start] = [0, 0];
  while (first < shortest && a.runs[first] === b.runs[first]) start += a.runs[first++] as number;
  if (first === a.runs.length && first === b.runs.length) return null;
  let [last, length] = [0, a.width * a.height - start];
  // From the end they are alike only where both end inside, or both outside.
  const most = (a.runs.length - b.runs.length) % 2 === 0 ? shortest - first : 0;
  while (last < most) {
    const run = a.runs[a.runs.length - 1 - last] as number;
    if (run !== b.runs[b.runs.length - 1 - last]) break;
    length -= run;
    last++;
  }
  // From an inside run on, the rest begins with an empty outside run.
  const rest = ({ runs }: MaskShape) => [...(first % 2 === 1 ? [0] : []), ...runs.slice(first, runs.length - last)];
  const changed = combinedRuns(rest(a), rest(b), tables.xor, length);
  const [firstRow, endRow] = [Math.floor(start / a.width), Math.ceil((start + length) / a.width)];
  const builder = new RunBuilder();
  let at = start - firstRow * a.width;
  changed.forEach((run, i) => {
    if (i % 2 === 1) builder.add(at, at + run);
    at += run;
  });
  const height = endRow - firstRow;
  const runs = builder.finish(a.width * height);
  return tight({ kind: 'mask', x: a.x, y: a.y + firstRow, width: a.width, height, runs });
}

/** Pixels of the box that the mask does not have. */
export function complement(mask: MaskShape | null, box: PixelBox): MaskShape | null {
  const all = maskOfBox(box);
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
  const whole = table === tables.or || table === tables.andNot ? tight(a) : null;
  if (whole !== null && isInside(b, whole, table === tables.or ? 0 : 1)) return knownTight(withRows(whole, b, table));
  const runs = combinedRuns(runsIn(a, box), runsIn(b, box), table, width * height);
  return tight({ kind: 'mask', x, y, width, height, runs });
}

/** Whether `b` lies in `a`, so many pixels or more from its edges: then adding it (0), or taking it away (1), leaves `a` its box. */
function isInside(b: PixelBox, a: PixelBox, margin: number): boolean {
  return (
    b.x >= a.x + margin &&
    b.y >= a.y + margin &&
    b.x + b.width <= a.x + a.width - margin &&
    b.y + b.height <= a.y + a.height - margin
  );
}

/** `a` with the rows of `b` combined; all other runs are copied as they are, which is what makes strokes on large masks quick. */
function withRows(a: MaskShape, b: MaskShape, table: number): MaskShape {
  const rows = { x: a.x, y: b.y, width: a.width, height: b.height };
  const changed = combinedRuns(runsIn(a, rows), runsIn(b, rows), table, rows.width * rows.height);
  const runs = spliced(a.runs, (b.y - a.y) * a.width, rows.width * rows.height, changed);
  return { kind: 'mask', x: a.x, y: a.y, width: a.width, height: a.height, runs };
}

/** The runs with `length` pixels from `start` on replaced; runs on both sides of a seam become one. */
function spliced(runs: readonly number[], start: number, length: number, changed: readonly number[]): number[] {
  const [head, headEnd] = runAt(runs, start);
  const [tail, tailEnd] = runAt(runs, start + length);
  const result = runs.slice(0, head);
  // Up to the seam, and from the next seam to the end of the run that it lies in.
  const before = (runs[head] ?? 0) - (headEnd - start);
  const after = tailEnd - (start + length);
  append(result, head % 2, before);
  changed.forEach((run, i) => {
    append(result, i % 2, run);
  });
  append(result, tail % 2, after);
  if (tail + 1 < runs.length) append(result, (tail + 1) % 2, runs[tail + 1] as number);
  for (let i = tail + 2; i < runs.length; i++) result.push(runs[i] as number);
  return result;
}

/** The run that has the pixel, and where it ends; past the last one for the end. */
function runAt(runs: readonly number[], pixel: number): [number, number] {
  let end = 0;
  for (let i = 0; i < runs.length; i++) {
    end += runs[i] as number;
    if (pixel < end) return [i, end];
  }
  return [runs.length, pixel];
}

/** Adds a run of pixels that are inside (1) or outside (0). */
function append(runs: number[], inside: number, length: number): void {
  if (length === 0) return;
  const last = runs.length - 1;
  if (last >= 0 && last % 2 === inside) runs[last] = (runs[last] as number) + length;
  else if (last < 0 && inside === 1) runs.push(0, length);
  else runs.push(length);
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
