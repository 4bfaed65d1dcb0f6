import type { MaskShape } from '../model/annotation.ts';
import { complement } from './algebra.ts';
import { forEachSpan, RunBuilder, tight } from './runs.ts';

/** Which pixels that meet only at a corner belong together. */
export type Connectivity = 4 | 8;

/** The connected parts of a mask, the one with most pixels first. */
export function partsOf(mask: MaskShape, connectivity: Connectivity = 8): readonly MaskShape[] {
  const spans = new Spans(mask);
  const roots = spans.link(connectivity);
  const members = new Map<number, number[]>();
  roots.forEach((root, i) => {
    const of = members.get(root);
    if (of === undefined) members.set(root, [i]);
    else of.push(i);
  });
  return [...members.values()]
    .map((of) => ({ of, pixels: of.reduce((sum, i) => sum + spans.lengthOf(i), 0) }))
    .sort((a, b) => b.pixels - a.pixels || (a.of[0] as number) - (b.of[0] as number))
    .map(({ of }) => spans.toMask(of));
}

/** The connected part that has the pixel; null when the mask does not have it. */
export function partAt(mask: MaskShape, column: number, row: number, connectivity: Connectivity = 8): MaskShape | null {
  const spans = new Spans(mask);
  const at = spans.find(column, row);
  if (at < 0) return null;
  const roots = spans.link(connectivity);
  const root = roots[at];
  const members: number[] = [];
  roots.forEach((other, i) => {
    if (other === root) members.push(i);
  });
  return spans.toMask(members);
}

/**
 * The pixels around this one that the mask encloses without having them (a hole); null when the mask has the pixel, or
 * the way out is open. Pixels outside that meet only at a corner are no way.
 */
export function enclosedAt(mask: MaskShape, column: number, row: number): MaskShape | null {
  // One pixel of margin all around joins everything that is open.
  const { x, y, width, height } = mask;
  const around = { x: x - 1, y: y - 1, width: width + 2, height: height + 2 };
  const outside = complement(mask, around);
  const region = outside === null ? null : partAt(outside, column, row, 4);
  return region === null || (region.x === around.x && region.y === around.y) ? null : region;
}

/** A mask's spans as three lists, in order of rows, then columns. */
class Spans {
  readonly rows: number[] = [];
  readonly lefts: number[] = [];
  readonly rights: number[] = [];

  constructor(mask: MaskShape) {
    // Tight, so that no two spans of a row touch.
    forEachSpan(tight(mask) ?? mask, (row, left, right) => {
      this.rows.push(row);
      this.lefts.push(left);
      this.rights.push(right);
    });
  }

  lengthOf(i: number): number {
    return (this.rights[i] as number) - (this.lefts[i] as number);
  }

  /** The span that has the pixel; -1 when none has. */
  find(column: number, row: number): number {
    for (let i = 0; i < this.rows.length; i++) {
      if (this.rows[i] === row && column >= (this.lefts[i] as number) && column < (this.rights[i] as number)) return i;
    }
    return -1;
  }

  /** For each span the first one of its part. */
  link(connectivity: Connectivity): Int32Array {
    const { rows, lefts, rights } = this;
    const parents = new Int32Array(rows.length).map((_, i) => i);
    const rootOf = (i: number) => {
      let root = i;
      while (parents[root] !== root) root = parents[root] as number;
      for (let at = i; at !== root; ) {
        const next = parents[at] as number;
        parents[at] = root;
        at = next;
      }
      return root;
    };
    const reach = connectivity === 8 ? 1 : 0;
    let above = 0;
    for (let i = 0; i < rows.length; i++) {
      const [row, left, right] = [rows[i] as number, lefts[i] as number, rights[i] as number];
      while (
        (rows[above] as number) < row - 1 ||
        (rows[above] === row - 1 && (rights[above] as number) + reach <= left)
      )
        above++;
      for (let j = above; rows[j] === row - 1 && (lefts[j] as number) < right + reach; j++) {
        const [a, b] = [rootOf(i), rootOf(j)];
        if (a < b) parents[b] = a;
        else parents[a] = b;
      }
    }
    return parents.map((_, i) => rootOf(i));
  }

  /** A mask of some of the spans, which are in order. */
  toMask(members: readonly number[]): MaskShape {
    let [left, right] = [Number.POSITIVE_INFINITY, 0];
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
}
