import type { ImageBox, ImagePoint, Size } from '../geometry/spaces.ts';

/** Pixels of a part of the picture, row by row: `r, g, b, a` bytes. */
export type Raster = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };

/** One byte a pixel, row by row; 0 = outside. */
export type Region = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/**
 * Where a raster lies in the image: its pixel (i, j) covers `sx × sy` image pixels from `((x + i) · sx, (y + j) · sy)` on.
 * `sx` and `sy` are 1 for full resolution and about the same power of two for smaller levels of the picture.
 */
export type PictureWindow = Size & { readonly x: number; readonly y: number; readonly sx: number; readonly sy: number };

/** How large the picture is: in image pixels, and in those that it was decoded to. */
export type PictureSize = { readonly image: Size; readonly pixels: Size };

/** From image pixels to continuous pixels of the window. */
export function toWindow(window: PictureWindow, p: ImagePoint): ImagePoint {
  return { x: p.x / window.sx - window.x, y: p.y / window.sy - window.y };
}

/** From continuous pixels of the window to image pixels. */
export function toImage(window: PictureWindow, p: ImagePoint): ImagePoint {
  return { x: (p.x + window.x) * window.sx, y: (p.y + window.y) * window.sy };
}

/** The window's pixel that holds an image point; the nearest one when the point is outside. */
export function pixelAt(window: PictureWindow, p: ImagePoint): number {
  const { x, y } = toWindow(window, p);
  const i = Math.min(window.width - 1, Math.max(0, Math.floor(x)));
  const j = Math.min(window.height - 1, Math.max(0, Math.floor(y)));
  return j * window.width + i;
}

/** The centre of a pixel of the window, in image pixels. */
export function centerOf(window: PictureWindow, pixel: number): ImagePoint {
  return toImage(window, { x: (pixel % window.width) + 0.5, y: Math.floor(pixel / window.width) + 0.5 });
}

export function windowBox(window: PictureWindow): ImageBox {
  const { x: left, y: top } = toImage(window, { x: 0, y: 0 });
  const { x: right, y: bottom } = toImage(window, { x: window.width, y: window.height });
  return { left, top, right, bottom };
}

/** The smallest window at full resolution or a power of two below it that holds the box with at most so many pixels. */
export function windowFor({ image, pixels }: PictureSize, box: ImageBox, mostPixels: number): PictureWindow {
  const left = Math.min(image.width - 1, Math.max(0, Math.floor(box.left)));
  const top = Math.min(image.height - 1, Math.max(0, Math.floor(box.top)));
  const right = Math.min(image.width, Math.max(left + 1, Math.ceil(box.right)));
  const bottom = Math.min(image.height, Math.max(top + 1, Math.ceil(box.bottom)));
  for (let level = 0; ; level++) {
    const size = levelSize(pixels, level);
    const [sx, sy] = [image.width / size.width, image.height / size.height];
    const [x, y] = [Math.floor(left / sx), Math.floor(top / sy)];
    const width = Math.min(size.width, Math.ceil(right / sx)) - x;
    const height = Math.min(size.height, Math.ceil(bottom / sy)) - y;
    if (width * height <= mostPixels) return { x, y, width, height, sx, sy };
  }
}

/** Size of the picture after so many halvings. */
export function levelSize({ width, height }: Size, level: number): Size {
  let size = { width, height };
  for (let i = 0; i < level; i++) size = { width: Math.ceil(size.width / 2), height: Math.ceil(size.height / 2) };
  return size;
}

/** The box grown to each side by a share of its size and at least by some pixels. */
export function grown({ left, top, right, bottom }: ImageBox, share: number, least: number): ImageBox {
  const dx = Math.max(least, share * (right - left));
  const dy = Math.max(least, share * (bottom - top));
  return { left: left - dx, top: top - dy, right: right + dx, bottom: bottom + dy };
}

/** Whether a place of the image lies in the window. */
export function contains(window: PictureWindow, place: ImagePoint): boolean {
  const { left, top, right, bottom } = windowBox(window);
  return place.x >= left && place.x <= right && place.y >= top && place.y <= bottom;
}
