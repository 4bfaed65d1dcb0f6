import type { LabelTile, MaskShape } from '../model/annotation.ts';
import { RunBuilder, tight } from './runs.ts';

/** Pixels along a side of a tile of the label map. */
export const tileSide = 256;

/** The tile's place among the ids of a set: a UUID of version 8 that column and row make up. The server's `TilePlace` makes the same. */
export function tileId({ column, row }: Pick<LabelTile, 'column' | 'row'>): string {
  const hex = (n: number) => n.toString(16).padStart(8, '0');
  return `${hex(column)}-0000-8000-8000-0000${hex(row)}`;
}

/** The pixels that one mask has in tiles; null for none. */
export function pixelsIn(tiles: readonly LabelTile[], id: string): MaskShape | null {
  const having = tiles.filter(({ segments }) => segments.includes(id));
  if (having.length === 0) return null;
  const left = Math.min(...having.map(({ column }) => column)) * tileSide;
  const top = Math.min(...having.map(({ row }) => row)) * tileSide;
  const width = (Math.max(...having.map(({ column }) => column)) + 1) * tileSide - left;
  const height = (Math.max(...having.map(({ row }) => row)) + 1) * tileSide - top;
  const spans = having.flatMap((tile) => spansOf(tile, id, left, top, width)).sort((a, b) => a[0] - b[0]);
  const builder = new RunBuilder();
  for (const [start, end] of spans) builder.add(start, end);
  return tight({ kind: 'mask', x: left, y: top, width, height, runs: builder.finish(width * height) });
}

/** The tile with the mask's pixels in no mask. */
export function withoutMask(tile: LabelTile, id: string): LabelTile {
  const gone = tile.segments.indexOf(id) + 1;
  if (gone === 0) return tile;
  const segments = tile.segments.filter((segment) => segment !== id);
  const runs: number[] = [];
  for (let i = 0; i < tile.runs.length; i += 2) {
    const [label, length] = [tile.runs[i] as number, tile.runs[i + 1] as number];
    const next = label === gone ? 0 : label > gone ? label - 1 : label;
    const last = runs.length - 2;
    if (runs[last] === next) runs[last + 1] = (runs[last + 1] as number) + length;
    else runs.push(next, length);
  }
  return { ...tile, segments, runs };
}

/** A mask's spans in a tile, as offsets into a box of whole tiles. A span ends with its line. */
function spansOf({ column, row, segments, runs }: LabelTile, id: string, left: number, top: number, width: number) {
  const wanted = segments.indexOf(id) + 1;
  const origin = (row * tileSide - top) * width + column * tileSide - left;
  const spans: [number, number][] = [];
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const end = at + (runs[i + 1] as number);
    while (runs[i] === wanted && at < end) {
      const line = Math.floor(at / tileSide);
      const stop = Math.min(end, (line + 1) * tileSide);
      const start = origin + line * (width - tileSide) + at;
      spans.push([start, start + stop - at]);
      at = stop;
    }
    at = end;
  }
  return spans;
}
