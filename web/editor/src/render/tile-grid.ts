import { clamp } from '../geometry/moving.ts';
import type { ImageBox, Size } from '../geometry/spaces.ts';

/** The tiles of a large picture: squares at its full size and at halves of it. Those of the last column and row are smaller. */
export type TileSource = {
  readonly imageId: string;
  /** Where a tile is, with `{level}`, `{column}` and `{row}` to be filled in. */
  readonly url: string;
  /** Width and height of a tile in its own pixels. */
  readonly side: number;
  /** How many sizes there are; level 0 is the smallest, the last the picture itself. */
  readonly levels: number;
};

export type TilePlace = { readonly level: number; readonly column: number; readonly row: number };

export function addressOf({ url }: TileSource, { level, column, row }: TilePlace): string {
  return url.replace('{level}', `${level}`).replace('{column}', `${column}`).replace('{row}', `${row}`);
}

/** Image pixels that a pixel of the level is wide and high. */
export function pixelOf({ levels }: TileSource, level: number): number {
  return 2 ** (levels - 1 - level);
}

/** The smallest level that has a pixel for each on the screen. `scale` = device pixels per image pixel. */
export function levelFor({ levels }: TileSource, scale: number): number {
  return clamp(levels - 1 - Math.floor(-Math.log2(scale)), 0, levels - 1);
}

/** The image pixels that a tile shows. */
export function boxOf(tiles: TileSource, { level, column, row }: TilePlace, image: Size): ImageBox {
  const reach = tiles.side * pixelOf(tiles, level);
  return {
    left: column * reach,
    top: row * reach,
    right: Math.min(image.width, (column + 1) * reach),
    bottom: Math.min(image.height, (row + 1) * reach),
  };
}

/** The tiles of a level that show something of a part of the image, those in its middle first. */
export function tilesIn(tiles: TileSource, level: number, image: Size, part: ImageBox): readonly TilePlace[] {
  const reach = tiles.side * pixelOf(tiles, level);
  const [left, right] = range(part.left, part.right, image.width, reach);
  const [top, bottom] = range(part.top, part.bottom, image.height, reach);
  const found: TilePlace[] = [];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) found.push({ level, column, row });
  }
  const [x, y] = [(part.left + part.right) / 2 / reach - 0.5, (part.top + part.bottom) / 2 / reach - 0.5];
  const distance = ({ column, row }: TilePlace) => (column - x) ** 2 + (row - y) ** 2;
  return found.sort((a, b) => distance(a) - distance(b));
}

function range(from: number, to: number, length: number, reach: number): readonly [number, number] {
  return [Math.floor(Math.max(0, from) / reach), Math.ceil(Math.min(length, to) / reach)];
}
