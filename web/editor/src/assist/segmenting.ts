import type { ImageBox } from '../geometry/spaces.ts';
import { type CutModels, cutWith, grabCut, known } from './grab-cut.ts';
import type { PictureSource } from './picture-source.ts';
import type { Scribble } from './protocol.ts';
import { grown, type PictureWindow, type Raster, type Region, toWindow, windowFor } from './raster.ts';
import { areaOfRegion, withoutSpecks } from './specks.ts';

/** The cut is searched among so many pixels, and then made finer along its border among these. */
const coarsePixels = 30_000;
const finePixels = 400_000;
const rounds = 3;
/** Parts and holes below this share of the object are noise. */
const speckShare = 0.004;

export type Segmented = { readonly region: Region; readonly window: PictureWindow };

/**
 * The object in a box: GrabCut on a small picture of the box and its surroundings, then one cut more along the border in
 * a larger one (Lombaert et al., "A multilevel banded graph cuts method", ICCV 2005). Null when no object stands out.
 */
export function segmented(picture: PictureSource, box: ImageBox, scribbles: readonly Scribble[]): Segmented | null {
  const around = grown(box, 0.2, 4);
  const coarse = windowFor(picture, around, coarsePixels);
  const raster = picture.read(coarse);
  const cut = grabCut(raster, firstGuess(coarse, box, scribbles), rounds);
  if (cut === null) return null;
  const region = cleaned(cut.region);
  if (areaOfRegion(region) === 0) return null;
  const fine = windowFor(picture, around, finePixels);
  if (fine.sx === coarse.sx) return { region, window: coarse };
  return { region: refined(picture.read(fine), fine, region, coarse, cut.models, scribbles), window: fine };
}

/** Outside of the box is background, inside perhaps the object; what was scribbled on is certain. */
function firstGuess(window: PictureWindow, box: ImageBox, scribbles: readonly Scribble[]): Uint8Array {
  const { width, height } = window;
  const from = toWindow(window, { x: box.left, y: box.top });
  const to = toWindow(window, { x: box.right, y: box.bottom });
  // A box as large as the picture has its background in its own border.
  const [left, top] = [Math.max(1, Math.round(from.x)), Math.max(1, Math.round(from.y))];
  const [right, bottom] = [Math.min(width - 1, Math.round(to.x)), Math.min(height - 1, Math.round(to.y))];
  const trimap = new Uint8Array(width * height);
  for (let y = top; y < bottom; y++)
    trimap.fill(known.maybeObject, y * width + left, y * width + Math.max(left, right));
  scribble(trimap, window, scribbles);
  return trimap;
}

/** One cut along the border of the coarse region; all else is as it was found. */
function refined(
  raster: Raster,
  fine: PictureWindow,
  region: Region,
  coarse: PictureWindow,
  models: CutModels,
  scribbles: readonly Scribble[],
): Region {
  const { width, height } = fine;
  const band = borderBand(region);
  const trimap = new Uint8Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) => {
    const at = ((x + 0.5 + fine.x) * fine.sx) / coarse.sx - coarse.x;
    return Math.min(coarse.width - 1, Math.max(0, Math.floor(at)));
  });
  for (let y = 0; y < height; y++) {
    const at = ((y + 0.5 + fine.y) * fine.sy) / coarse.sy - coarse.y;
    const row = Math.min(coarse.height - 1, Math.max(0, Math.floor(at))) * coarse.width;
    for (let x = 0; x < width; x++) {
      const i = row + (columns[x] as number);
      const inside = region.data[i] === 1;
      if (band[i] === 1) trimap[y * width + x] = inside ? known.maybeObject : known.maybeBackground;
      else trimap[y * width + x] = inside ? known.object : known.background;
    }
  }
  scribble(trimap, fine, scribbles);
  return cleaned(cutWith(raster, trimap, models));
}

/** The pixels that have one of the other side beside them. */
function borderBand({ width, height, data }: Region): Uint8Array {
  const band = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const value = data[i];
      const differs =
        (x > 0 && data[i - 1] !== value) ||
        (x < width - 1 && data[i + 1] !== value) ||
        (y > 0 && data[i - width] !== value) ||
        (y < height - 1 && data[i + width] !== value);
      if (differs) band[i] = 1;
    }
  }
  return band;
}

function cleaned(region: Region): Region {
  return withoutSpecks(region, Math.max(4, speckShare * areaOfRegion(region)));
}

/** Marks what lies under the scribbles, later ones over earlier ones. */
function scribble(trimap: Uint8Array, window: PictureWindow, scribbles: readonly Scribble[]): void {
  for (const { points, isObject, radius } of scribbles) {
    const reach = Math.max(0.75, radius / window.sx);
    for (let i = 0; i + 1 < points.length; i += 2) {
      const a = toWindow(window, { x: points[Math.max(0, i - 2)] as number, y: points[Math.max(1, i - 1)] as number });
      const b = toWindow(window, { x: points[i] as number, y: points[i + 1] as number });
      const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y)) + 1;
      for (let k = 0; k <= steps; k++) {
        const t = k / steps;
        dab(trimap, window, a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), reach, isObject);
      }
    }
  }
}

function dab(trimap: Uint8Array, window: PictureWindow, x: number, y: number, reach: number, isObject: boolean): void {
  const { width, height } = window;
  for (let j = Math.max(0, Math.floor(y - reach)); j <= Math.min(height - 1, Math.floor(y + reach)); j++) {
    for (let i = Math.max(0, Math.floor(x - reach)); i <= Math.min(width - 1, Math.floor(x + reach)); i++) {
      if (Math.hypot(i + 0.5 - x, j + 0.5 - y) > reach) continue;
      trimap[j * width + i] = isObject ? known.object : known.background;
    }
  }
}
