import type { MaskShape } from '../model/annotation.ts';
import { forEachSpan, RunBuilder, tight } from './runs.ts';

/** Which pixels that meet only at a corner belong together. */
export type Connectivity = 4 | 8;

/** The connected parts of a mask, the one with most pixels first. */
export function partsOf(mask: MaskShape, connectivity: Connectivity = 8): readonly MaskShape[] {
  const spans = new Spans(mask);
  const seen = new Uint8Array(spans.count);
  const parts: { readonly members: readonly number[]; readonly pixels: number }[] = [];
  for (let i = 0; i < spans.count; i++) {
    const members = seen[i] === 1 ? [] : spans.connected(i, connectivity, seen);
    if (members.length > 0) parts.push({ members, pixels: members.reduce((sum, k) => sum + spans.lengthOf(k), 0) });
  }
  return parts.sort((a, b) => b.pixels - a.pixels).map(({ members }) => spans.toMask(members));
}

/** The connected part that has the pixel; null when the mask does not have it. */
export function partAt(mask: MaskShape, column: number, row: number, connectivity: Connectivity = 8): MaskShape | null {
  const spans = new Spans(mask);
  const start = spans.find(column, row);
  return start < 0 ? null : spans.toMask(spans.connected(start, connectivity, new Uint8Array(spans.count)));
}

/**
 * The pixels around this one that the mask encloses without having them (a hole); null when the mask has the pixel, or
 * the way out is open. Pixels outside that meet only at a corner are no way.
 */
export function enclosedAt(mask: MaskShape, column: number, row: number): MaskShape | null {
  const { x, y, width, height, runs } = mask;
  // What was outside is inside: with an empty run in front, or without the one that was there.
  const outside = new Spans({ ...mask, runs: runs[0] === 0 ? runs.slice(1) : [0, ...runs] });
  const start = outside.find(column, row);
  if (start < 0) return null;
  const isOpen = (i: number) =>
    outside.lefts[i] === x ||
    outside.rights[i] === x + width ||
    outside.rows[i] === y ||
    outside.rows[i] === y + height - 1;
  const region = outside.connected(start, 4, new Uint8Array(outside.count), isOpen);
  return region.length === 0 ? null : outside.toMask(region);
}

/** A mask's spans as lists, in order of rows, then columns. */
class Spans {
  readonly rows: Int32Array;
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  readonly count: number;
  /** The first span of each row of the mask's box, and the end. */
  readonly #starts: Int32Array;
  readonly #top: number;

  constructor(given: MaskShape) {
    // Without runs of 0, so that no two spans of a row touch.
    const mask = given.runs.indexOf(0, 1) < 0 ? given : (tight(given) ?? given);
    const most = (mask.runs.length >> 1) + mask.height + 1;
    this.rows = new Int32Array(most);
    this.lefts = new Int32Array(most);
    this.rights = new Int32Array(most);
    this.#starts = new Int32Array(mask.height + 1);
    this.#top = mask.y;
    let count = 0;
    let next = 0;
    forEachSpan(mask, (row, left, right) => {
      while (next <= row - mask.y) this.#starts[next++] = count;
      this.rows[count] = row;
      this.lefts[count] = left;
      this.rights[count++] = right;
    });
    while (next <= mask.height) this.#starts[next++] = count;
    this.count = count;
  }

  lengthOf(i: number): number {
    return (this.rights[i] as number) - (this.lefts[i] as number);
  }

  /** The span that has the pixel; -1 when none has. */
  find(column: number, row: number): number {
    const i = this.#firstEndingAfter(row, column);
    return i < this.#endOf(row) && (this.lefts[i] as number) <= column ? i : -1;
  }

  /** All spans that this one is connected to, in order, and marks them as seen; none when one of them `isOpen`. */
  connected(start: number, connectivity: Connectivity, seen: Uint8Array, isOpen?: (i: number) => boolean): number[] {
    const reach = connectivity === 8 ? 1 : 0;
    const found = [start];
    seen[start] = 1;
    for (let at = 0; at < found.length; at++) {
      const i = found[at] as number;
      if (isOpen?.(i)) return [];
      const [row, left, right] = [this.rows[i] as number, this.lefts[i] as number, this.rights[i] as number];
      for (const beside of [row - 1, row + 1]) {
        const end = this.#endOf(beside);
        for (let j = this.#firstEndingAfter(beside, left - reach); j < end; j++) {
          if ((this.lefts[j] as number) >= right + reach) break;
          if (seen[j] === 1) continue;
          seen[j] = 1;
          found.push(j);
        }
      }
    }
    return found.sort((a, b) => a - b);
  }

  /** A mask of some of the spans, which are in order. */
  toMask(members: readonly number[]): MaskShape {
    let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const i of members) {
      left = Math.min(left, this.lefts[i] as number);
      right = Math.max(right, this.rights[i] as number);
    }
    const top = this.rows[members[0] as number] as number;
    const height = (this.rows[members.at(-1) as number] as number) + 1 - top;
    const width = right - left;
    const builder = new RunBuilder();
    for (const i of members) {
      const line = ((this.rows[i] as number) - top) * width - left;
      builder.add(line + (this.lefts[i] as number), line + (this.rights[i] as number));
    }
    const mask: MaskShape = { kind: 'mask', x: left, y: top, width, height, runs: builder.finish(width * height) };
    return tight(mask) ?? mask;
  }

  /** The first span of a row that ends right of the column; the end of the row where none does. */
  #firstEndingAfter(row: number, column: number): number {
    let low = this.#starts[row - this.#top] ?? 0;
    let high = this.#endOf(row);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rights[middle] as number) > column) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #endOf(row: number): number {
    return row < this.#top ? 0 : (this.#starts[row - this.#top + 1] ?? 0);
  }
}
