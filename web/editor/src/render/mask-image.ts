import type { MaskShape } from '../model/annotation.ts';

const images = new WeakMap<MaskShape, { color: string; canvas: OffscreenCanvas }>();

/** The mask's pixels in one colour, as large as its box; kept as long as the shape lives. */
export function maskImage(shape: MaskShape, color: string): OffscreenCanvas {
  const known = images.get(shape);
  if (known !== undefined && known.color === color) return known.canvas;
  const canvas = new OffscreenCanvas(Math.max(1, shape.width), Math.max(1, shape.height));
  const context = canvas.getContext('2d');
  if (context !== null) {
    const pixels = context.createImageData(canvas.width, canvas.height);
    fillRuns(new Uint32Array(pixels.data.buffer), shape.runs, littleEndianColor(color));
    context.putImageData(pixels, 0, 0);
  }
  images.set(shape, { color, canvas });
  return canvas;
}

/** Sets the pixels of every odd run. */
export function fillRuns(pixels: Uint32Array, runs: readonly number[], value: number): void {
  let at = 0;
  runs.forEach((length, i) => {
    if (i % 2 === 1) pixels.fill(value, at, at + length);
    at += length;
  });
}

function littleEndianColor(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16);
  const swapped = ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
  return (0xff000000 | swapped) >>> 0;
}
