import type { PictureTone } from '../api.ts';
import type { TileLook } from './tile-store.ts';
import { applyTone } from './tone.ts';

const smallestLevel = 1024;

/** Decodes a picture, and halves it until it is about a screen wide: zoomed out, a smaller one is drawn, faster and smoother. */
export async function loadLevels(source: string | Blob): Promise<readonly ImageBitmap[]> {
  const blob = typeof source === 'string' ? await fetchBlob(source) : source;
  const levels = [await createImageBitmap(blob)];
  for (let level = levels[0]; level !== undefined && isLarge(level); level = levels.at(-1)) levels.push(halved(level));
  return levels;
}

function isLarge({ width, height }: ImageBitmap): boolean {
  return Math.max(width, height) >= 2 * smallestLevel;
}

/** Half as wide and high; drawing at exactly half size with bilinear filtering takes the mean of four pixels. */
function halved(level: ImageBitmap): ImageBitmap {
  const canvas = new OffscreenCanvas(Math.ceil(level.width / 2), Math.ceil(level.height / 2));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives workers no 2D canvas.');
  context.imageSmoothingQuality = 'low';
  context.drawImage(level, 0, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}

/** One tile of a large picture, as it is to look. */
export async function loadTile(url: string, look: TileLook, signal: AbortSignal): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(await fetchBlob(url, signal));
  return look === null ? bitmap : toned(bitmap, look.tone, look.like ?? bitmap);
}

async function fetchBlob(url: string, signal: AbortSignal | null = null): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok) throw new Error(`The picture could not be fetched (${response.status}).`);
  return await response.blob();
}

/**
 * The picture with other pixels; `level` is used up.
 * @param like what histograms are taken from; used up too when it is another one
 */
export function toned(level: ImageBitmap, tone: PictureTone, like: ImageBitmap = level): ImageBitmap {
  const sample = like === level ? null : pixelsOf(like);
  const { canvas, context, pixels } = pixelsOf(level);
  applyTone(pixels.data, tone, sample?.pixels.data ?? pixels.data);
  context.putImageData(pixels, 0, 0);
  return canvas.transferToImageBitmap();
}

/** Closes the bitmap. */
function pixelsOf(bitmap: ImageBitmap) {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives workers no 2D canvas.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { canvas, context, pixels: context.getImageData(0, 0, canvas.width, canvas.height) };
}
