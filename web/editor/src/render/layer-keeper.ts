import type { Camera } from '../camera/camera.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { Engine, Layer } from './engine.ts';
import type { LayerView } from './protocol.ts';

const margin = 0.25;
const smallMargin = 0.1;
const largeViewport = 3_000_000;
const loadingAhead = 0.4;

/**
 * Holds the worker's last drawing and asks for the next one: all of it when the camera has left what is drawn, or
 * only the part that changed. One request is on its way at a time; of what is asked meanwhile only the newest counts.
 */
export class LayerKeeper {
  readonly #engine: Engine;
  readonly #onChange: () => void;
  #scene: string | null = null;
  #view: LayerView | null = null;
  #content: ImageBitmap | HTMLCanvasElement | null = null;
  #camera: Camera | null = null;
  #pixelRatio = 1;
  /** The drawing that is on its way. */
  #awaited: number | null = null;
  #requests = 0;
  /** The view of the drawing that is on its way. */
  #coming: LayerView | null = null;
  #wantsAll = false;
  #wantedPart: ImageBox | null = null;
  #shownVersion = 0;

  constructor(engine: Engine, onChange: () => void) {
    this.#engine = engine;
    this.#onChange = onChange;
    engine.onLayer((layer) => this.#receive(layer));
  }

  /** Everything up to this version of the scene is on the screen. */
  get shownVersion(): number {
    return this.#shownVersion;
  }

  /** The layer is as asked for: nothing is wanted or on its way. */
  get isSettled(): boolean {
    return this.#awaited === null && !this.#wantsAll && this.#wantedPart === null;
  }

  setScene(scene: string | null): void {
    this.#scene = scene;
    this.#clear();
    this.#awaited = null;
    this.#wantedPart = null;
    this.#wantsAll = scene !== null;
    this.#ask();
  }

  /** Follows the camera. */
  setCamera(camera: Camera, pixelRatio: number): void {
    this.#camera = camera;
    this.#pixelRatio = pixelRatio;
    if (!this.#suits(camera, this.#awaited === null ? this.#view : this.#coming)) this.#wantsAll = true;
    this.#ask();
  }

  /** The scene looks different there; null = everywhere. */
  invalidate(part: ImageBox | null): void {
    if (part === null) this.#wantsAll = true;
    else this.#wantedPart = this.#wantedPart === null ? part : around(this.#wantedPart, part);
    this.#ask();
  }

  /** Draws the layer where the camera sees it. The context's unit is the device pixel. */
  paint(context: CanvasRenderingContext2D, camera: Camera, pixelRatio: number): void {
    const view = this.#view;
    if (view === null || this.#content === null) return;
    const zoom = (camera.scale * pixelRatio) / view.scale;
    const at = camera.toScreen({ x: view.left, y: view.top });
    const [x, y] = [at.x * pixelRatio, at.y * pixelRatio];
    context.imageSmoothingEnabled = zoom !== 1;
    if (zoom === 1) context.drawImage(this.#content, Math.round(x), Math.round(y));
    else context.drawImage(this.#content, x, y, view.width * zoom, view.height * zoom);
  }

  dispose(): void {
    this.#clear();
    this.#scene = null;
    this.#engine.onLayer((layer) => layer.bitmap?.close());
  }

  #ask(): void {
    if (this.#awaited !== null || this.#scene === null || this.#camera === null) return;
    if (this.#wantsAll || (this.#wantedPart !== null && this.#view === null)) {
      this.#coming = viewFor(this.#camera, this.#pixelRatio);
      this.#engine.draw(++this.#requests, this.#scene, this.#coming, null);
    } else if (this.#wantedPart !== null && this.#view !== null) {
      this.#coming = this.#view;
      this.#engine.draw(++this.#requests, this.#scene, this.#view, this.#wantedPart);
    } else return;
    this.#awaited = this.#requests;
    this.#wantsAll = false;
    this.#wantedPart = null;
  }

  #receive(layer: Layer): void {
    if (layer.request !== this.#awaited) {
      layer.bitmap?.close();
      return;
    }
    this.#awaited = null;
    if (layer.rect === null) this.#replace(layer);
    else this.#patch(layer);
    if (!this.#wantsAll && this.#wantedPart === null) this.#shownVersion = layer.version;
    if (this.#camera !== null && !this.#suits(this.#camera, this.#view)) this.#wantsAll = true;
    this.#ask();
    this.#onChange();
  }

  #replace(layer: Layer): void {
    this.#clear();
    this.#view = layer.view;
    this.#content = layer.bitmap;
  }

  #patch({ rect, bitmap }: Layer): void {
    const view = this.#view;
    if (rect === null || bitmap === null || view === null || this.#content === null) return;
    const canvas = this.#content instanceof HTMLCanvasElement ? this.#content : document.createElement('canvas');
    if (canvas !== this.#content) {
      canvas.width = view.width;
      canvas.height = view.height;
      canvas.getContext('2d')?.drawImage(this.#content, 0, 0);
      this.#clear();
      this.#view = view;
      this.#content = canvas;
    }
    const context = canvas.getContext('2d');
    context?.clearRect(rect.x, rect.y, rect.width, rect.height);
    context?.drawImage(bitmap, rect.x, rect.y);
    bitmap.close();
  }

  #clear(): void {
    if (this.#content instanceof ImageBitmap) this.#content.close();
    this.#content = null;
    this.#view = null;
  }

  /** Whether the layer is at the camera's scale and reaches beyond what it sees, as far as there is image. */
  #suits(camera: Camera, view: LayerView | null): boolean {
    if (view === null || view.scale !== camera.scale * this.#pixelRatio) return false;
    const seen = camera.visible;
    const spare = (loadingAhead * margin * camera.viewport.width) / camera.scale;
    const { image } = camera;
    return (
      view.left <= Math.max(0, seen.left - spare) &&
      view.top <= Math.max(0, seen.top - spare) &&
      view.left + view.width / view.scale >= Math.min(image.width, seen.right + spare) &&
      view.top + view.height / view.scale >= Math.min(image.height, seen.bottom + spare)
    );
  }
}

/** What the camera sees, and a margin where there is more of the image. */
function viewFor(camera: Camera, pixelRatio: number): LayerView {
  const scale = camera.scale * pixelRatio;
  const width = Math.ceil(camera.viewport.width * pixelRatio);
  const height = Math.ceil(camera.viewport.height * pixelRatio);
  const share = width * height > largeViewport ? smallMargin : margin;
  // One pixel more than that, or rounding could leave the last bit of the image out for ever.
  const beyond = (image: number, most: number) =>
    1 + Math.max(0, Math.min(Math.ceil(image * scale), Math.ceil(most * share)));
  const { visible: seen, image } = camera;
  const [left, top] = [beyond(seen.left, width), beyond(seen.top, height)];
  const [right, bottom] = [beyond(image.width - seen.right, width), beyond(image.height - seen.bottom, height)];
  const corner = camera.toImage({ x: -left / pixelRatio, y: -top / pixelRatio });
  return {
    left: corner.x,
    top: corner.y,
    scale,
    width: Math.max(1, left + width + right),
    height: Math.max(1, top + height + bottom),
  };
}

function around(a: ImageBox, b: ImageBox): ImageBox {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}
