import { centerOf, contains, type PictureWindow, pixelAt } from '../assist/raster.ts';
import { strongestNear } from '../assist/wire-paths.ts';
import type { Camera } from '../camera/camera.ts';
import type { ImageBox, ImagePoint } from '../geometry/spaces.ts';
import type { ToolContext, ToolPointer } from './tool.ts';

/** A click is drawn to the strongest edge within so many CSS pixels. */
const edgeDistance = 6;

/** Draws clicks to the picture's edges. */
export class EdgeMagnet {
  readonly #context: ToolContext;
  #edges: { readonly window: PictureWindow; readonly strength: Uint8Array } | null = null;
  /** For which view edges were asked for last. */
  #wanted: Camera | null = null;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  /** Asks for the edges of what is seen: the click will want them. */
  async look(box: ImageBox): Promise<void> {
    const { camera } = this.#context;
    if (this.#wanted === camera) return;
    this.#wanted = camera;
    const edges = await this.#context.assist.ask('edges', { box }, 'edges');
    if (edges !== null) this.#edges = edges;
    else if (this.#wanted === camera) this.#wanted = null;
  }

  /** Where a click counts: on the strongest edge near the pointer, unless Alt is held. */
  drawn(pointer: ToolPointer): ImagePoint {
    const place = this.#context.place(pointer);
    const { camera } = this.#context;
    const isOnBorder = Math.hypot(place.x - pointer.image.x, place.y - pointer.image.y) > 0.01;
    if (pointer.alt || isOnBorder || this.#edges === null || !contains(this.#edges.window, place)) return place;
    const { window, strength } = this.#edges;
    const pixel = pixelAt(window, place);
    const near = strongestNear(strength, window, pixel, edgeDistance / camera.scale / window.sx);
    return near === pixel ? place : centerOf(window, near);
  }
}
