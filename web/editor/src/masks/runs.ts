import type { MaskShape } from '../model/annotation.ts';

/** Whole pixels of the image: `x`, `y` is the first one. */
export type PixelBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Collects ascending spans into alternating run lengths, outside first. Touching spans become one; no run is 0 but the first. */
export class RunBuilder {
  readonly #runs: number[] = [];
  #end = 0;

  /** Adds `[start, end)`, which must not start before the end of the last one. An empty span adds nothing. */
  add(start: number, end: number): void {
    if (start >= end) return;
    const runs = this.#runs;
    if (start === this.#end && runs.length > 0) runs[runs.length - 1] = (runs[runs.length - 1] as number) + end - start;
    else runs.push(start - this.#end, end - start);
    this.#end = end;
  }

  /** The runs, with an outside run up to `length` where the last span ends before it. */
  finish(length: number): number[] {
    if (this.#end < length) this.#runs.push(length - this.#end);
    return this.#runs;
  }
}

/**
 * Visits the mask's pixels row by row as spans `[left, right)`, in image pixels, from a row on; ends early when `visit`
 * gives false.
 */
export function forEachSpan(
  { x, y, width, runs }: MaskShape,
  visit: (row: number, left: number, right: number) => unknown,
  fromRow = y,
): void {
  const first = Math.max(0, fromRow - y) * width;
  let at = 0;
  let row = 0;
  let rowStart = 0;
  for (let i = 1; i < runs.length; i += 2) {
    at += runs[i - 1] as number;
    const end = at + (runs[i] as number);
    if (end <= first) {
      at = end;
      continue;
    }
    if (at < first) at = first;
    while (at < end) {
      if (at >= rowStart + width) {
        row = Math.floor(at / width);
        rowStart = row * width;
      }
      const stop = Math.min(end, rowStart + width);
      if (visit(y + row, x + at - rowStart, x + stop - rowStart) === false) return;
      at = stop;
    }
  }
}

/** The mask's runs in another box; what lies outside of it is dropped. */
export function runsIn(mask: MaskShape, box: PixelBox): readonly number[] {
  if (sameBox(mask, box)) return mask.runs;
  const builder = new RunBuilder();
  const addRow = (row: number, left: number, right: number) => {
    const line = row - box.y;
    if (line >= box.height) return false;
    const start = Math.max(0, left - box.x);
    builder.add(line * box.width + start, line * box.width + Math.min(box.width, right - box.x));
    return true;
  };
  forEachSpan(mask, addRow, box.y);
  return builder.finish(box.width * box.height);
}

/** The tight forms of masks that were asked for; a mask's own where it is tight. */
const tightForms = new WeakMap<MaskShape, MaskShape>();

/** Says of a mask that it is tight, for whoever made it so. */
export function knownTight(mask: MaskShape): MaskShape {
  tightForms.set(mask, mask);
  return mask;
}

/** The same pixels in the smallest box, without runs of 0 but the first; null when there is none. */
export function tight(mask: MaskShape): MaskShape | null {
  const known = tightForms.get(mask);
  if (known !== undefined) return known;
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, -1];
  forEachSpan(mask, (row, start, end) => {
    if (bottom < 0) top = row;
    bottom = row + 1;
    if (start < left) left = start;
    if (end > right) right = end;
  });
  if (bottom < 0) return null;
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  if (sameBox(mask, box) && mask.runs.indexOf(0, 1) < 0) return knownTight(mask);
  // Through a builder also where the box is right already: it joins what a run of 0 separates.
  const builder = new RunBuilder();
  forEachSpan(mask, (row, start, end) => {
    const line = (row - top) * box.width - left;
    builder.add(line + start, line + end);
  });
  const form = knownTight({ kind: 'mask', ...box, runs: builder.finish(box.width * box.height) });
  tightForms.set(mask, form);
  return form;
}

/** The number of pixels inside. */
export function pixelCount({ runs }: MaskShape): number {
  let count = 0;
  for (let i = 1; i < runs.length; i += 2) count += runs[i] as number;
  return count;
}

/** Whether the mask has the pixel. */
export function hasPixel({ x, y, width, height, runs }: MaskShape, column: number, row: number): boolean {
  if (column < x || row < y || column >= x + width || row >= y + height) return false;
  let left = (row - y) * width + column - x;
  for (let i = 0; i < runs.length; i++) {
    left -= runs[i] as number;
    if (left < 0) return i % 2 === 1;
  }
  return false;
}

/** A mask of a bitmap of one byte a pixel, row by row in its box; not 0 is inside. Tight; null when nothing is. */
export function maskOfBitmap(bitmap: Uint8Array, { x, y, width, height }: PixelBox): MaskShape | null {
  const builder = new RunBuilder();
  let start = -1;
  for (let i = 0; i < width * height; i++) {
    const inside = bitmap[i] !== 0;
    if (inside && start < 0) start = i;
    else if (!inside && start >= 0) {
      builder.add(start, i);
      start = -1;
    }
  }
  if (start >= 0) builder.add(start, width * height);
  return tight({ kind: 'mask', x, y, width, height, runs: builder.finish(width * height) });
}

/** The pixels of a box as a bitmap of one byte a pixel, row by row: 1 inside, 0 outside. */
export function bitmapOfMask(mask: MaskShape, box: PixelBox = mask): Uint8Array {
  const bitmap = new Uint8Array(box.width * box.height);
  let at = 0;
  runsIn(mask, box).forEach((run, i) => {
    if (i % 2 === 1) bitmap.fill(1, at, at + run);
    at += run;
  });
  return bitmap;
}

/** All pixels of a box. */
export function maskOfBox({ x, y, width, height }: PixelBox): MaskShape {
  return { kind: 'mask', x, y, width, height, runs: [0, width * height] };
}

export function sameBox(a: PixelBox, b: PixelBox): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
