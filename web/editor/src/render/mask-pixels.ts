import { forEachSpan } from '../masks/runs.ts';
import type { MaskShape } from '../model/annotation.ts';
import type { PixelRect } from './protocol.ts';
import type { PathContext, Placement } from './trace.ts';

/**
 * Sets every pixel of an area of the canvas whose centre lies on the mask. Time goes with the mask's spans and the
 * pixels that are seen, whatever the size of the mask.
 */
export function fillMask(
  pixels: Uint32Array,
  area: PixelRect,
  mask: MaskShape,
  { scale, x, y }: Placement,
  value: number,
): void {
  const right = area.x + area.width;
  const bottom = area.y + area.height;
  let lastRow = -1;
  let [top, end] = [0, 0];
  forEachSpan(mask, (row, from, to) => {
    if (row !== lastRow) {
      lastRow = row;
      top = Math.max(area.y, Math.ceil(row * scale + y - 0.5));
      end = Math.min(bottom, Math.ceil((row + 1) * scale + y - 0.5));
      if (top >= bottom) return false;
    }
    if (top >= end) return true;
    const first = Math.max(area.x, Math.ceil(from * scale + x - 0.5));
    const last = Math.min(right, Math.ceil(to * scale + x - 0.5));
    if (first >= last) return true;
    for (let line = top; line < end; line++) {
      const start = (line - area.y) * area.width - area.x;
      pixels.fill(value, start + first, start + last);
    }
    return true;
  });
}

/** Draws masks, by way of a canvas as large as what is seen of the largest; the last one drawn is still on it. */
export class MaskPainter {
  #scratch: OffscreenCanvas | null = null;
  #drawn: { readonly mask: MaskShape; readonly look: string } | null = null;

  paint(context: PathContext, mask: MaskShape, color: string, alpha: number, placement: Placement): void {
    const area = areaSeen(mask, placement, context.canvas);
    if (area === null) return;
    const { x, y, width, height } = area;
    const scratch = this.#scratchOf(width, height);
    const look = [color, placement.scale, placement.x, placement.y, x, y, width, height].join(' ');
    if (this.#drawn?.mask !== mask || this.#drawn.look !== look) {
      const image = new ImageData(width, height);
      fillMask(new Uint32Array(image.data.buffer), area, mask, placement, opaque(color));
      scratch.getContext('2d')?.putImageData(image, 0, 0);
      this.#drawn = { mask, look };
    }
    context.globalAlpha = alpha;
    context.drawImage(scratch, 0, 0, width, height, x, y, width, height);
    context.globalAlpha = 1;
  }

  #scratchOf(width: number, height: number): OffscreenCanvas {
    const old = this.#scratch;
    if (old !== null && old.width >= width && old.height >= height) return old;
    this.#drawn = null;
    this.#scratch = new OffscreenCanvas(Math.max(width, old?.width ?? 0), Math.max(height, old?.height ?? 0));
    return this.#scratch;
  }
}

/** How strongly a mask is laid over the picture, where insides are filled so much. */
export function maskAlpha(fill: number): number {
  return Math.min(1, 0.3 + fill);
}

/** `#rrggbb` as a pixel of `ImageData`, read as a number. */
export function opaque(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16);
  const swapped = ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
  return (0xff000000 | swapped) >>> 0;
}

function areaSeen(
  mask: MaskShape,
  { scale, x, y }: Placement,
  canvas: { readonly width: number; readonly height: number },
): PixelRect | null {
  const left = Math.max(0, Math.floor(mask.x * scale + x));
  const top = Math.max(0, Math.floor(mask.y * scale + y));
  const right = Math.min(canvas.width, Math.ceil((mask.x + mask.width) * scale + x));
  const bottom = Math.min(canvas.height, Math.ceil((mask.y + mask.height) * scale + y));
  return left < right && top < bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
