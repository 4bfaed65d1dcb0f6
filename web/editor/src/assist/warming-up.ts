import { Assistant } from './assistant.ts';
import type { PictureWindow, Raster } from './raster.ts';

const size = { width: 160, height: 120 };

/**
 * Works once through what takes long, on a small made-up picture, so that the first interaction does not wait until the
 * code is compiled. Done while the picture is decoded.
 */
export function warmUp(): void {
  const assistant = new Assistant({ image: size, pixels: size, read: painted });
  const box = { left: 0, top: 0, right: size.width, bottom: size.height };
  const center = { x: size.width / 2, y: size.height / 2 };
  const wish = { detail: 1, fine: true };
  assistant.answer('ways', { box, to: center, reach: size.width });
  assistant.answer('flood', { box, seeds: [{ at: center, tolerance: 20, adds: true }], ...wish });
  assistant.answer('segment', { box: { left: 30, top: 15, right: 130, bottom: 105 }, scribbles: [], ...wish });
  assistant.answer('cells', { box, side: 12 });
}

/** A speckled disc on speckled ground. */
function painted({ x, y, width, height, sx, sy }: PictureWindow): Raster {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const u = (x + (i % width)) * sx - size.width / 2;
    const v = (y + Math.floor(i / width)) * sy - size.height / 2;
    const speckle = (i * 7919) % 31;
    data[4 * i] = (Math.hypot(u, v) < 40 ? 180 : 70) + speckle;
    data[4 * i + 1] = 110 - speckle;
    data[4 * i + 2] = 90 + (speckle >> 1);
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}
