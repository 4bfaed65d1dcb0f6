import type { PictureTone } from '../api.ts';
import type { Camera } from '../camera/camera.ts';
import type { Engine, Picture } from './engine.ts';
import { boxOf, levelFor, pixelOf, type TileSource, tilesIn } from './tile-grid.ts';
import { type Tile, TileStore } from './tile-store.ts';
import { isUntouched } from './tone.ts';

/** The tiles over the overview of a large picture: those of the level that fits the zoom, other levels until they have come. */
export class TileLayer {
  readonly #engine: Engine;
  readonly #onChange: () => void;
  readonly #onFailure: (message: string) => void;
  #store: TileStore | null = null;

  constructor(engine: Engine, onChange: () => void, onFailure: (message: string) => void) {
    this.#engine = engine;
    this.#onChange = onChange;
    this.#onFailure = onFailure;
  }

  /** Everything in view is there, or could not be had. */
  get isSettled(): boolean {
    return this.#store?.isSettled ?? true;
  }

  /** The tiles of the open picture; null when it has none. */
  open(source: TileSource | null): void {
    if (this.#store?.source.url === source?.url) return;
    this.#store?.dispose();
    this.#store = source === null ? null : new TileStore(this.#engine, source, this.#onChange, this.#onFailure);
  }

  /** Asks for what the camera sees. `picture` is the overview. */
  follow(camera: Camera, pixelRatio: number, tone: PictureTone, picture: Picture | null): void {
    const store = this.#store;
    const like = picture?.levels.at(-1) ?? null;
    if (store === null || (tone.equalise && like === null)) return;
    const level = levelFor(store.source, camera.scale * pixelRatio);
    const look = isUntouched(tone) ? null : { tone, like: tone.equalise ? like : null };
    store.want(tilesIn(store.source, level, camera.image, camera.visible), look);
  }

  /** Draws what is there. The context's unit is the device pixel. */
  paint(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number, smooth: boolean): void {
    const store = this.#store;
    if (store === null) return;
    const { source } = store;
    const level = levelFor(source, camera.scale * pixelRatio);
    context.imageSmoothingEnabled = smooth;
    context.imageSmoothingQuality = 'low';
    const fitting = tilesIn(source, level, camera.image, camera.visible);
    const there = fitting.flatMap((place) => store.get(place) ?? []);
    // What stands in for those that are missing: larger pixels below smaller ones.
    const others = there.length === fitting.length ? [] : [...store.held].filter(({ place }) => place.level !== level);
    others.sort((a, b) => a.place.level - b.place.level);
    for (const tile of [...others, ...there]) paintTile(context, camera, pixelRatio, source, tile);
  }

  dispose(): void {
    this.open(null);
  }
}

/** Only the part that is seen; its borders on whole device pixels, so that nothing shines through between tiles. */
function paintTile(
  context: CanvasRenderingContext2D,
  camera: Camera,
  pixelRatio: number,
  source: TileSource,
  { place, bitmap }: Tile,
): void {
  const box = boxOf(source, place, camera.image);
  const pixel = pixelOf(source, place.level);
  const seen = camera.visible;
  const left = Math.max(box.left, Math.floor(seen.left / pixel) * pixel);
  const top = Math.max(box.top, Math.floor(seen.top / pixel) * pixel);
  const right = Math.min(box.right, Math.ceil(seen.right / pixel) * pixel);
  const bottom = Math.min(box.bottom, Math.ceil(seen.bottom / pixel) * pixel);
  if (right <= left || bottom <= top) return;
  const [from, to] = [camera.toScreen({ x: left, y: top }), camera.toScreen({ x: right, y: bottom })];
  const [x, y] = [Math.round(from.x * pixelRatio), Math.round(from.y * pixelRatio)];
  context.drawImage(
    bitmap,
    (left - box.left) / pixel,
    (top - box.top) / pixel,
    (right - left) / pixel,
    (bottom - top) / pixel,
    x,
    y,
    Math.round(to.x * pixelRatio) - x,
    Math.round(to.y * pixelRatio) - y,
  );
}
