import type { PictureTone } from '../api.ts';
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

async function fetchBlob(url: string): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The picture could not be fetched (${response.status}).`);
  return await response.blob();
}

/** The picture with other pixels; `level` is used up. */
export function toned(level: ImageBitmap, tone: PictureTone): ImageBitmap {
  const canvas = new OffscreenCanvas(level.width, level.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives workers no 2D canvas.');
  context.drawImage(level, 0, 0);
  level.close();
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  applyTone(pixels.data, tone);
  context.putImageData(pixels, 0, 0);
  return canvas.transferToImageBitmap();
}
