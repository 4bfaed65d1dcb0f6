import { type ColorSource, fittedRing } from './edge-fit.ts';
import type { PictureSize, PictureWindow, Raster } from './raster.ts';

/** The pixels of a picture, read where they are wanted. */
export interface PictureSource extends PictureSize {
  /** A window as `windowFor` makes it. */
  read(window: PictureWindow): Raster;
}

const tileSide = 256;
const mostTiles = 128;

/** Single full-resolution pixels of a picture, read tile by tile and kept for a while. */
export class TiledColors {
  readonly #picture: PictureSource;
  readonly #tiles = new Map<number, Raster>();
  #key = -1;
  #tile: Raster | null = null;

  constructor(picture: PictureSource) {
    this.#picture = picture;
  }

  readonly at: ColorSource = (x, y) => {
    const { width, height } = this.#picture.pixels;
    const i = Math.min(width - 1, Math.max(0, x));
    const j = Math.min(height - 1, Math.max(0, y));
    const [column, row] = [Math.floor(i / tileSide), Math.floor(j / tileSide)];
    const key = row * 65536 + column;
    if (key !== this.#key || this.#tile === null) {
      this.#tile = this.#tiles.get(key) ?? this.#read(key, column, row);
      this.#key = key;
    }
    const { data, width: stride } = this.#tile;
    const o = 4 * ((j - row * tileSide) * stride + i - column * tileSide);
    return ((data[o] as number) << 16) | ((data[o + 1] as number) << 8) | (data[o + 2] as number);
  };

  #read(key: number, column: number, row: number): Raster {
    const { image, pixels } = this.#picture;
    const [x, y] = [column * tileSide, row * tileSide];
    const tile = this.#picture.read({
      x,
      y,
      width: Math.min(tileSide, pixels.width - x),
      height: Math.min(tileSide, pixels.height - y),
      sx: image.width / pixels.width,
      sy: image.height / pixels.height,
    });
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size >= mostTiles && oldest !== undefined) this.#tiles.delete(oldest);
    this.#tiles.set(key, tile);
    return tile;
  }
}

/** The ring in image pixels, moved onto edges of the full-resolution picture. Never leaves the picture. */
export function fittedToPicture(
  ring: readonly number[],
  { image, pixels }: PictureSize,
  colors: TiledColors,
  reach: number,
  fixed: readonly number[] = [],
): readonly number[] {
  const [fx, fy] = [pixels.width / image.width, pixels.height / image.height];
  const scaled = (values: readonly number[]) => values.map((value, i) => value * (i % 2 === 0 ? fx : fy));
  const fitted = fittedRing(scaled(ring), colors.at, { reach: reach * fx, spacing: 2, fixed: scaled(fixed) });
  return fitted.map((value, i) =>
    i % 2 === 0 ? Math.min(image.width, Math.max(0, value / fx)) : Math.min(image.height, Math.max(0, value / fy)),
  );
}
