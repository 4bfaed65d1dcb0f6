import type { MaskShape, PolygonPart, PolygonShape } from '../model/annotation.ts';
import type { Connectivity } from './components.ts';
import { forEachSpan } from './runs.ts';

/**
 * The outlines of a mask along the pixels' edges; `maskOfPolygon` gives the mask back. Outer rings run clockwise on the
 * screen, holes the other way; parts are in the order of their topmost, then leftmost corner. Null for no pixel.
 * Works on spans, as the server's `ContourTracer` does, and gives the same rings: a corner lies where exactly one of the
 * rows above and below changes; along a line corners pair up into horizontal edges (corner `i` with corner `i ^ 1`), and
 * down a column they are joined by the vertical edge between them.
 */
export function contoursOf(mask: MaskShape, connectivity: Connectivity = 8): PolygonShape | null {
  const corners = new Corners(connectivity);
  let changes: number[] = [];
  let line = mask.y;
  const finishRow = (row: number) => {
    corners.addRow(changes, row);
    changes = [];
  };
  forEachSpan(mask, (row, left, right) => {
    if (line < row) finishRow(line++);
    if (line < row) finishRow(line); // an empty row ends what is open, so that the rest of a gap can be skipped
    line = row;
    if (changes.at(-1) === left) changes.pop();
    else changes.push(left);
    changes.push(right);
  });
  finishRow(line);
  finishRow(line + 1);
  const parts = corners.toParts();
  return parts.length === 0 ? null : { kind: 'polygon', parts };
}

/** A vertical edge whose lower end has not come yet. */
type OpenEdge = { readonly column: number; readonly corner: number };

/** The corners of the outline, in order of rows, then columns. */
class Corners {
  readonly #connectivity: Connectivity;
  readonly #columns: number[] = [];
  readonly #lines: number[] = [];
  /** A vertical edge goes down from here and has the inside on its right. */
  readonly #entersBelow: boolean[] = [];
  /** Where an edge going down has the inside on its left: the upper corner of the next edge to the left. */
  readonly #leftNeighbours: number[] = [];
  /** The corner at the other end of the vertical edge. */
  readonly #verticals: number[] = [];
  #open: OpenEdge[] = [];

  constructor(connectivity: Connectivity) {
    this.#connectivity = connectivity;
  }

  /** Takes in one row: the columns at which it changes, from outside to inside first. */
  addRow(columns: readonly number[], line: number): void {
    const open = this.#open;
    const next: OpenEdge[] = [];
    let [above, below] = [0, 0];
    while (above < open.length || below < columns.length) {
      const edge = open[above];
      const atAbove = edge?.column ?? Number.POSITIVE_INFINITY;
      const atBelow = columns[below] ?? Number.POSITIVE_INFINITY;
      const entersAbove = above % 2 === 0;
      const entersBelow = below % 2 === 0;
      if (edge !== undefined && atAbove === atBelow && entersAbove === entersBelow) next.push(edge);
      else if (edge !== undefined && atAbove === atBelow) {
        // Four pixels meet, two of them inside and across from each other. The first of the two corners ends the
        // horizontal edge on the left. Inside above left means `entersBelow`: under 4, that pixel's corner joins its
        // right side (up) with its bottom (left).
        if (entersBelow === (this.#connectivity === 4)) {
          this.#close(edge, line);
          this.#start(atBelow, line, entersBelow, next);
        } else {
          this.#start(atBelow, line, entersBelow, next);
          this.#close(edge, line);
        }
      } else if (edge !== undefined && atAbove < atBelow) this.#close(edge, line);
      else this.#start(atBelow, line, entersBelow, next);
      if (atAbove <= atBelow) above++;
      if (atBelow <= atAbove) below++;
    }
    this.#open = next;
  }

  toParts(): PolygonPart[] {
    const loopOf = new Int32Array(this.#columns.length).fill(-1);
    const loops: { readonly ring: number[]; readonly owner: number }[] = [];
    for (let first = 0; first < loopOf.length; first++) {
      if ((loopOf[first] as number) >= 0) continue;
      const isOuter = this.#entersBelow[first] === true;
      const neighbour = isOuter ? -1 : (loopOf[this.#leftNeighbours[first] as number] as number);
      const owner = loops[neighbour]?.owner ?? loops.length;
      loops.push({ ring: this.#follow(first, loops.length, loopOf), owner });
    }
    const parts = new Map<number, { outer: number[]; holes: number[][] }>();
    loops.forEach(({ ring, owner }, i) => {
      if (owner === i) parts.set(i, { outer: ring, holes: [] });
      else parts.get(owner)?.holes.push(reversed(ring));
    });
    return [...parts.values()];
  }

  /** One loop, clockwise on the screen: from its topmost leftmost corner to the right, down, and so on by turns. */
  #follow(first: number, loop: number, loopOf: Int32Array): number[] {
    const ring: number[] = [];
    let at = first;
    let horizontal = true;
    do {
      loopOf[at] = loop;
      ring.push(this.#columns[at] as number, this.#lines[at] as number);
      at = horizontal ? at ^ 1 : (this.#verticals[at] as number);
      horizontal = !horizontal;
    } while (at !== first);
    return ring;
  }

  #start(column: number, line: number, enters: boolean, next: OpenEdge[]): void {
    const leftNeighbour = enters ? -1 : (next.at(-1)?.corner ?? -1);
    next.push({ column, corner: this.#columns.length });
    this.#add(column, line, enters, leftNeighbour, -1);
  }

  #close(edge: OpenEdge, line: number): void {
    this.#verticals[edge.corner] = this.#columns.length;
    this.#add(edge.column, line, false, -1, edge.corner);
  }

  #add(column: number, line: number, enters: boolean, leftNeighbour: number, vertical: number): void {
    this.#columns.push(column);
    this.#lines.push(line);
    this.#entersBelow.push(enters);
    this.#leftNeighbours.push(leftNeighbour);
    this.#verticals.push(vertical);
  }
}

/** The ring the other way round, from the same first point. */
function reversed(ring: readonly number[]): number[] {
  const result = ring.slice(0, 2);
  for (let i = ring.length - 2; i >= 2; i -= 2) result.push(ring[i] as number, ring[i + 1] as number);
  return result;
}
