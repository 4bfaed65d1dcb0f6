import type { ImageBox, ImagePoint, Size } from '../geometry/spaces.ts';
import type { MaskShape } from '../model/annotation.ts';
import { RunBuilder, tight } from './runs.ts';

/** Pixels along a side of a tile. */
export const tileSide = 256;

/** A place of a stroke: where the middle of the brush is, and its radius in image pixels. */
export type Dab = { readonly at: ImagePoint; readonly radius: number };

/** A set of pixels that is painted bit by bit. Memory and time go with the tiles that are touched, not with the image. */
export class TileBitmap {
  readonly image: Size;
  readonly #tiles = new Map<number, Tile>();
  readonly #across: number;
  readonly #changes: ImageBox[] = [];

  constructor(image: Size) {
    this.image = image;
    this.#across = Math.ceil(image.width / tileSide);
  }

  /** The boxes that `paint` has touched, in order: who shows the bitmap reads on from where it was. */
  get changes(): readonly ImageBox[] {
    return this.#changes;
  }

  get isEmpty(): boolean {
    return this.#tiles.size === 0;
  }

  /** One byte a pixel, row by row, 1 = inside; undefined = nothing there. */
  tile(column: number, row: number): Uint8Array | undefined {
    return this.#tiles.get(row * this.#across + column)?.pixels;
  }

  /** Adds every pixel whose centre the brush covers on its straight way, and the pixels under both ends. */
  paint(from: Dab, to: Dab): void {
    const reach = Math.max(from.radius, to.radius);
    const top = Math.max(0, Math.floor(Math.min(from.at.y, to.at.y) - reach));
    const bottom = Math.min(this.image.height, Math.ceil(Math.max(from.at.y, to.at.y) + reach) + 1);
    let [left, right] = [this.image.width, 0];
    const fill = (row: number, first: number, end: number) => {
      const [a, b] = [Math.max(0, first), Math.min(this.image.width, end)];
      if (a >= b) return;
      this.#fillRow(row, a, b);
      left = Math.min(left, a);
      right = Math.max(right, b);
    };
    for (let row = top; row < bottom; row++) {
      const [low, high] = sweep(from, to, row + 0.5);
      if (low <= high) fill(row, Math.ceil(low - 0.5), Math.floor(high - 0.5) + 1);
    }
    for (const { x, y } of [from.at, to.at]) {
      const [column, row] = [Math.floor(x), Math.floor(y)];
      if (row >= 0 && row < this.image.height) fill(row, column, column + 1);
    }
    if (left < right) this.#changes.push({ left, top, right, bottom });
  }

  /** What was painted, tight; null when nothing was. */
  toMask(): MaskShape | null {
    const { width, height } = this.image;
    const builder = new RunBuilder();
    for (const [tileRow, columns] of this.#byRow()) {
      const tiles = columns.map((column) => ({ left: column * tileSide, tile: this.#made(column, tileRow) }));
      const rows = Math.min(tileSide, height - tileRow * tileSide);
      for (let line = 0; line < rows; line++) {
        const start = (tileRow * tileSide + line) * width;
        for (const { left, tile } of tiles) tile.addLine(line, start + left, builder);
      }
    }
    return tight({ kind: 'mask', x: 0, y: 0, width, height, runs: builder.finish(width * height) });
  }

  /** The columns of tiles that there are, by row of tiles, both ascending. */
  #byRow(): readonly (readonly [number, readonly number[]])[] {
    const rows = new Map<number, number[]>();
    for (const key of [...this.#tiles.keys()].sort((a, b) => a - b)) {
      const row = Math.floor(key / this.#across);
      const columns = rows.get(row) ?? [];
      columns.push(key % this.#across);
      rows.set(row, columns);
    }
    return [...rows];
  }

  #fillRow(row: number, left: number, right: number): void {
    const tileRow = Math.floor(row / tileSide);
    const line = row % tileSide;
    for (let x = left; x < right; ) {
      const column = Math.floor(x / tileSide);
      const origin = column * tileSide;
      const end = Math.min(right, origin + tileSide);
      this.#made(column, tileRow).fill(line, x - origin, end - origin);
      x = end;
    }
  }

  #made(column: number, row: number): Tile {
    const key = row * this.#across + column;
    let tile = this.#tiles.get(key);
    if (tile === undefined) {
      tile = new Tile();
      this.#tiles.set(key, tile);
    }
    return tile;
  }
}

/** A tile's pixels, and of each line the span that they are when they have no gap: most lines need no search. */
class Tile {
  /** One byte a pixel, row by row, 1 = inside. */
  readonly pixels = new Uint8Array(tileSide * tileSide);
  readonly #from = new Int16Array(tileSide).fill(tileSide);
  readonly #to = new Int16Array(tileSide);
  readonly #hasGap = new Uint8Array(tileSide);

  /** Sets the pixels `[left, right)` of a line, in columns of the tile. */
  fill(line: number, left: number, right: number): void {
    this.pixels.fill(1, line * tileSide + left, line * tileSide + right);
    const [from, to] = [this.#from[line] as number, this.#to[line] as number];
    if (from < to && (left > to || right < from)) this.#hasGap[line] = 1;
    this.#from[line] = Math.min(from, left);
    this.#to[line] = Math.max(to, right);
  }

  /** Adds the line's spans; `start` = where its first pixel is in the builder's box. */
  addLine(line: number, start: number, builder: RunBuilder): void {
    const [from, to] = [this.#from[line] as number, this.#to[line] as number];
    if (this.#hasGap[line] === 0) {
      builder.add(start + from, start + to);
      return;
    }
    const first = line * tileSide;
    for (let x = from; x < to; x++) {
      const left = x;
      while (x < to && this.pixels[first + x] === 1) x++;
      builder.add(start + left, start + x);
    }
  }
}

/** Where a brush that goes from one place to another cuts a horizontal line; low above high = nowhere. */
function sweep(from: Dab, to: Dab, y: number): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (x: number) => {
    if (x < low) low = x;
    if (x > high) high = x;
  };
  for (const { at, radius } of [from, to]) {
    const dy = y - at.y;
    if (Math.abs(dy) > radius) continue;
    const half = Math.sqrt(radius * radius - dy * dy);
    include(at.x - half);
    include(at.x + half);
  }
  const [dx, dy] = [to.at.x - from.at.x, to.at.y - from.at.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return [low, high];
  const [nx, ny] = [-dy / length, dx / length];
  const corners = [
    [from.at.x + nx * from.radius, from.at.y + ny * from.radius],
    [to.at.x + nx * to.radius, to.at.y + ny * to.radius],
    [to.at.x - nx * to.radius, to.at.y - ny * to.radius],
    [from.at.x - nx * from.radius, from.at.y - ny * from.radius],
  ] as const;
  for (let i = 0; i < 4; i++) {
    const [ax, ay] = corners[i] as readonly [number, number];
    const [bx, by] = corners[(i + 1) % 4] as readonly [number, number];
    if (ay === by ? ay !== y : (y - ay) * (y - by) > 0) continue;
    include(ay === by ? ax : ax + ((bx - ax) * (y - ay)) / (by - ay));
  }
  return [low, high];
}
