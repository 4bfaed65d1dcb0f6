import type { Size } from '../geometry/spaces.ts';
import type { PictureSource } from './picture-source.ts';
import { levelSize, type PictureWindow, type Raster } from './raster.ts';

/** What is behind transparent pixels: the editor's own background. */
const background = '#1b1d21';

/** A decoded picture whose pixels are read through a canvas; its smaller levels are made when they are first wanted. */
export class CanvasPicture implements PictureSource {
  readonly image: Size;
  readonly pixels: Size;
  readonly #levels: ImageBitmap[];
  #canvas = new OffscreenCanvas(1, 1);

  /** @param image size in image pixels, to which the bitmap may be smaller */
  constructor(bitmap: ImageBitmap, image: Size) {
    this.image = image;
    this.pixels = { width: bitmap.width, height: bitmap.height };
    this.#levels = [bitmap];
  }

  read({ x, y, width, height, sx }: PictureWindow): Raster {
    const level = Math.round(Math.log2((sx * this.pixels.width) / this.image.width));
    const bitmap = this.#level(level);
    if (this.#canvas.width < width || this.#canvas.height < height) {
      this.#canvas = new OffscreenCanvas(Math.max(width, this.#canvas.width), Math.max(height, this.#canvas.height));
    }
    const context = contextOf(this.#canvas, true);
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  }

  /** Nothing has to be fetched first. */
  async whenRead<T>(work: () => T): Promise<T> {
    return work();
  }

  close(): void {
    for (const level of this.#levels) level.close();
  }

  /** Each half of the one before: the mean of four pixels. */
  #level(index: number): ImageBitmap {
    for (let i = this.#levels.length; i <= index; i++) {
      const { width, height } = levelSize(this.pixels, i);
      const canvas = new OffscreenCanvas(width, height);
      const context = contextOf(canvas, false);
      context.imageSmoothingQuality = 'low';
      context.drawImage(this.#levels[i - 1] as ImageBitmap, 0, 0, width, height);
      this.#levels.push(canvas.transferToImageBitmap());
    }
    return this.#levels[index] as ImageBitmap;
  }
}

function contextOf(canvas: OffscreenCanvas, willReadFrequently: boolean): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently });
  if (context === null) throw new Error('This browser gives workers no 2D canvas.');
  return context;
}
