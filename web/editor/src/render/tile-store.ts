import type { PictureTone } from '../api.ts';
import type { Engine } from './engine.ts';
import { addressOf, type TilePlace, type TileSource } from './tile-grid.ts';

/** As many as a browser fetches from one server at a time. */
const atOnce = 6;
/** Tiles that are kept though they are out of view; one of 512 × 512 pixels is a mebibyte. */
const mostKept = 192;

/** How tiles are to look; `like` is a small picture of the whole, for what depends on all pixels. Null = as they are. */
export type TileLook = { readonly tone: PictureTone; readonly like: ImageBitmap | null } | null;

export type Tile = { readonly place: TilePlace; readonly bitmap: ImageBitmap };

type Held = Tile & { readonly tone: PictureTone | null };
type Coming = { readonly abort: AbortController; readonly tone: PictureTone | null };

/** Fetches the tiles that are wanted and keeps those that were, the longest unwanted go first. */
export class TileStore {
  readonly #engine: Engine;
  readonly #source: TileSource;
  readonly #onChange: () => void;
  readonly #onFailure: (message: string) => void;
  readonly #held = new Map<string, Held>();
  readonly #coming = new Map<string, Coming>();
  /** Asked for again when they come into view again. */
  readonly #failed = new Set<string>();
  #wanted: ReadonlyMap<string, TilePlace> = new Map();
  #look: TileLook = null;
  #hasTold = false;

  constructor(engine: Engine, source: TileSource, onChange: () => void, onFailure: (message: string) => void) {
    this.#engine = engine;
    this.#source = source;
    this.#onChange = onChange;
    this.#onFailure = onFailure;
  }

  get source(): TileSource {
    return this.#source;
  }

  /** Nothing is on its way. */
  get isSettled(): boolean {
    return this.#coming.size === 0;
  }

  /** All tiles that are there. */
  get held(): Iterable<Tile> {
    return this.#held.values();
  }

  get(place: TilePlace): Tile | undefined {
    return this.#held.get(keyOf(place));
  }

  /** What is in view, most wanted first; what else was on its way is dropped. */
  want(places: readonly TilePlace[], look: TileLook): void {
    this.#wanted = new Map(places.map((place) => [keyOf(place), place]));
    this.#look = look;
    const tone = look?.tone ?? null;
    for (const [key, coming] of this.#coming) {
      if (!this.#wanted.has(key) || coming.tone !== tone) this.#drop(key, coming);
    }
    for (const key of this.#failed) if (!this.#wanted.has(key)) this.#failed.delete(key);
    for (const key of this.#wanted.keys()) {
      const held = this.#held.get(key);
      if (held === undefined) continue;
      this.#held.delete(key);
      this.#held.set(key, held);
    }
    this.#fetch();
  }

  dispose(): void {
    this.#wanted = new Map();
    for (const [key, coming] of this.#coming) this.#drop(key, coming);
    for (const { bitmap } of this.#held.values()) bitmap.close();
    this.#held.clear();
  }

  #fetch(): void {
    const tone = this.#look?.tone ?? null;
    for (const [key, place] of this.#wanted) {
      if (this.#coming.size >= atOnce) return;
      const isThere = this.#held.get(key)?.tone === tone;
      if (!isThere && !this.#coming.has(key) && !this.#failed.has(key)) this.#load(key, place, tone);
    }
  }

  async #load(key: string, place: TilePlace, tone: PictureTone | null): Promise<void> {
    const abort = new AbortController();
    this.#coming.set(key, { abort, tone });
    try {
      const bitmap = await this.#engine.loadTile(addressOf(this.#source, place), this.#look, abort.signal);
      if (abort.signal.aborted) {
        bitmap.close();
        return;
      }
      this.#held.get(key)?.bitmap.close();
      this.#held.delete(key);
      this.#held.set(key, { place, bitmap, tone });
      this.#trim();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#failed.add(key);
      if (!this.#hasTold) this.#onFailure(error instanceof Error ? error.message : String(error));
      this.#hasTold = true;
    }
    this.#coming.delete(key);
    this.#fetch();
    this.#onChange();
  }

  #drop(key: string, { abort }: Coming): void {
    abort.abort();
    this.#coming.delete(key);
  }

  #trim(): void {
    let surplus = this.#held.size - this.#wanted.size - mostKept;
    for (const [key, { bitmap }] of this.#held) {
      if (surplus <= 0) return;
      if (this.#wanted.has(key)) continue;
      bitmap.close();
      this.#held.delete(key);
      surplus--;
    }
  }
}

function keyOf({ level, column, row }: TilePlace): string {
  return `${level}/${column}/${row}`;
}
