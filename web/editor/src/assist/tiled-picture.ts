import type { ImageBox, Size } from '../geometry/spaces.ts';
import { pixelOf, type TilePlace, type TileSource, tilesIn } from '../render/tile-grid.ts';
import type { PictureSource } from './picture-source.ts';
import type { PictureWindow, Raster } from './raster.ts';

/** More than a window of a million pixels needs, whatever its shape. */
const mostKept = 160;
/** As many as a browser fetches from one server at a time. */
const atOnce = 6;

/** These tiles must be fetched before the pixels can be read. */
export class TilesMissing extends Error {
  readonly places: readonly TilePlace[];

  constructor(places: readonly TilePlace[]) {
    super('Tiles of the picture have not been fetched.');
    this.places = places;
  }
}

/** A large picture of which only those tiles are there that were needed. Its levels are halves of the full picture. */
export class TiledPicture implements PictureSource {
  readonly image: Size;
  readonly pixels: Size;
  readonly #source: TileSource;
  readonly #load: (place: TilePlace) => Promise<Raster>;
  readonly #held = new Map<string, Raster>();

  constructor(source: TileSource, image: Size, load: (place: TilePlace) => Promise<Raster>) {
    this.image = image;
    this.pixels = image;
    this.#source = source;
    this.#load = load;
  }

  /** Throws `TilesMissing` when some of it is not there. */
  read(window: PictureWindow): Raster {
    const level = this.#source.levels - 1 - Math.round(Math.log2(Math.max(window.sx, window.sy)));
    const places = tilesIn(this.#source, level, this.image, this.#partOf(window, level));
    const missing = places.filter((place) => !this.#held.has(keyOf(place)));
    if (missing.length > 0) throw new TilesMissing(missing);
    const { width, height } = window;
    const data = new Uint8ClampedArray(4 * width * height);
    for (const place of places) this.#copy(place, window, data);
    return { width, height, data };
  }

  /**
   * Answers by `work`, which reads the picture; what it misses is fetched, and it works again. Until it is done nothing is
   * let go of.
   */
  async whenRead<T>(work: () => T): Promise<T> {
    for (const key of this.#held.keys()) if (this.#held.size > mostKept) this.#held.delete(key);
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof TilesMissing)) throw error;
        await this.#fetch(error.places);
      }
    }
  }

  close(): void {
    this.#held.clear();
  }

  async #fetch(places: readonly TilePlace[]): Promise<void> {
    const waiting = places.values();
    const fetchAll = async () => {
      for (const place of waiting) this.#held.set(keyOf(place), await this.#load(place));
    };
    await Promise.all(Array.from({ length: atOnce }, fetchAll));
  }

  /** The window in image pixels, from the middles of its first pixels to those of its last: no tile counts that it only touches. */
  #partOf({ x, y, width, height }: PictureWindow, level: number): ImageBox {
    const pixel = pixelOf(this.#source, level);
    const [left, top] = [(x + 0.5) * pixel, (y + 0.5) * pixel];
    return { left, top, right: left + (width - 1) * pixel, bottom: top + (height - 1) * pixel };
  }

  #copy(place: TilePlace, window: PictureWindow, data: Uint8ClampedArray): void {
    const tile = this.#held.get(keyOf(place));
    if (tile === undefined) return;
    const { side } = this.#source;
    const [dx, dy] = [place.column * side - window.x, place.row * side - window.y];
    const [from, to] = [Math.max(0, dx), Math.min(window.width, dx + tile.width)];
    for (let y = Math.max(0, dy); y < Math.min(window.height, dy + tile.height); y++) {
      const start = 4 * ((y - dy) * tile.width + from - dx);
      data.set(tile.data.subarray(start, start + 4 * (to - from)), 4 * (y * window.width + from));
    }
  }
}

function keyOf({ level, column, row }: TilePlace): string {
  return `${level}/${column}/${row}`;
}
