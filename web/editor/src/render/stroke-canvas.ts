import type { ImageBox } from '../geometry/spaces.ts';
import { tileSide } from '../masks/tile-bitmap.ts';
import type { PreviewStroke } from '../tools/tool.ts';
import { fillMask, opaque } from './mask-pixels.ts';
import type { PixelRect } from './protocol.ts';
import type { Placement } from './trace.ts';

type Shown = {
  readonly painted: PreviewStroke['painted'];
  readonly placement: Placement;
  readonly color: string;
  /** How many of the stroke's changes are on the canvas. */
  changes: number;
};

/**
 * The mask in hand, pixel by pixel: what it was before the stroke, with the stroke on it or taken off. While the stroke
 * grows, only the pixels that it has touched since are set.
 */
export class StrokeCanvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  #shown: Shown | null = null;

  /** Draws the stroke as large as the context's canvas. */
  paint(
    context: CanvasRenderingContext2D,
    stroke: PreviewStroke,
    color: string,
    alpha: number,
    placement: Placement,
  ): void {
    const { width, height } = context.canvas;
    if (!this.#suits(stroke, color, placement, width, height)) this.#begin(stroke, color, placement, width, height);
    this.#follow(stroke, color, placement);
    context.globalAlpha = alpha;
    context.drawImage(this.#canvas, 0, 0);
    context.globalAlpha = 1;
  }

  #suits({ painted }: PreviewStroke, color: string, at: Placement, width: number, height: number): boolean {
    const shown = this.#shown;
    if (shown === null || shown.painted !== painted || shown.color !== color) return false;
    if (this.#canvas.width !== width || this.#canvas.height !== height) return false;
    const { scale, x, y } = shown.placement;
    return scale === at.scale && x === at.x && y === at.y;
  }

  #begin({ base, painted }: PreviewStroke, color: string, placement: Placement, width: number, height: number): void {
    if (this.#image.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
    } else this.#pixels.fill(0);
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.#shown = { painted, placement, color, changes: 0 };
    if (base === null) return;
    fillMask(this.#pixels, { x: 0, y: 0, width, height }, base, placement, opaque(color));
    this.#canvas.getContext('2d')?.putImageData(this.#image, 0, 0);
  }

  #follow({ painted, erases }: PreviewStroke, color: string, placement: Placement): void {
    const shown = this.#shown;
    const context = this.#canvas.getContext('2d');
    if (shown === null || context === null) return;
    for (const box of painted.changes.slice(shown.changes)) {
      const rect = this.#pixelsOf(box, placement);
      if (rect.width <= 0 || rect.height <= 0) continue;
      this.#set(rect, painted, erases ? 0 : opaque(color), placement);
      context.putImageData(this.#image, 0, 0, rect.x, rect.y, rect.width, rect.height);
    }
    shown.changes = painted.changes.length;
  }

  /** Gives every pixel of the canvas in the rectangle that lies on the stroke the value. */
  #set(rect: PixelRect, painted: PreviewStroke['painted'], value: number, { scale, x, y }: Placement): void {
    const { width, height } = painted.image;
    const columns = Int32Array.from({ length: rect.width }, (_, i) => Math.floor((rect.x + i + 0.5 - x) / scale));
    for (let line = rect.y; line < rect.y + rect.height; line++) {
      const row = Math.floor((line + 0.5 - y) / scale);
      if (row < 0 || row >= height) continue;
      const tileRow = Math.floor(row / tileSide);
      const inTile = (row % tileSide) * tileSide;
      const start = line * this.#image.width + rect.x;
      let tileColumn = -1;
      let tile: Uint8Array | undefined;
      for (let i = 0; i < rect.width; i++) {
        const column = columns[i] as number;
        if (column < 0 || column >= width) continue;
        if (column >> 8 !== tileColumn) {
          tileColumn = column >> 8;
          tile = painted.tile(tileColumn, tileRow);
        }
        if (tile !== undefined && tile[inTile + (column & 255)] === 1) this.#pixels[start + i] = value;
      }
    }
  }

  #pixelsOf(box: ImageBox, { scale, x, y }: Placement): PixelRect {
    const left = Math.max(0, Math.floor(box.left * scale + x) - 1);
    const top = Math.max(0, Math.floor(box.top * scale + y) - 1);
    const right = Math.min(this.#image.width, Math.ceil(box.right * scale + x) + 1);
    const bottom = Math.min(this.#image.height, Math.ceil(box.bottom * scale + y) + 1);
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
}
