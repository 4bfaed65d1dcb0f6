import type { ImageBox } from '../geometry/spaces.ts';
import type { PictureSource } from './picture-source.ts';
import type { SimilarPlace } from './protocol.ts';
import { levelSize, type PictureWindow, type Raster } from './raster.ts';
import { colorCorrelation, correlated, distinct, lightness, type Plane } from './template-match.ts';

/** The search is made where the template's smaller side has about so many pixels. */
const searchSide = 8;
const mostSearchPixels = 4_000_000;
/** A place may look this much less alike when it is seen coarsely. */
const coarseSlack = 0.25;
const mostCandidates = 300;
const mostFound = 200;
/** Two finds may overlap by so much (intersection over union). */
const mostOverlap = 0.3;
/** Candidates are compared in colour where the template has about so many pixels a side. */
const compareSide = 24;

/**
 * Places that look like what is in the box, best first, without the box itself: correlation of lightness all over the
 * small picture, then in colour around each candidate in a larger one.
 */
export function similarPlaces(picture: PictureSource, box: ImageBox, least: number): readonly SimilarPlace[] {
  const side = Math.min(box.right - box.left, box.bottom - box.top);
  const search = levelWith(picture, side, searchSide, mostSearchPixels);
  const raster = picture.read(search);
  const own = boxIn(search, box);
  if (own.width < 3 || own.height < 3) return [];
  const template = cropped(lightness(raster), own);
  const peaks = correlated(lightness(raster), template, least - coarseSlack).slice(0, 4 * mostCandidates);
  const candidates = distinct(
    peaks.map((peak) => ({
      ...peak,
      box: { left: peak.x, top: peak.y, right: peak.x + own.width, bottom: peak.y + own.height },
    })),
    0.5,
  ).slice(0, mostCandidates);
  const compare = levelWith(picture, side, compareSide, Number.POSITIVE_INFINITY);
  const pattern = picture.read({ ...compare, ...boxIn(compare, box) });
  const reach = Math.ceil(search.sx / compare.sx);
  const places = candidates.flatMap(({ x, y }): SimilarPlace[] => {
    const found = best(picture, compare, pattern, {
      x: Math.round(((x + search.x) * search.sx) / compare.sx),
      y: Math.round(((y + search.y) * search.sy) / compare.sy),
      reach,
    });
    if (found === null || found.score < least) return [];
    const [left, top] = [found.x * compare.sx, found.y * compare.sy];
    return [
      {
        box: { left, top, right: left + box.right - box.left, bottom: top + box.bottom - box.top },
        score: found.score,
      },
    ];
  });
  const others = distinct([{ box, score: 2 }, ...places], mostOverlap).filter(({ score }) => score <= 1);
  return others.slice(0, mostFound).map((place) => ({ ...place, box: within(place.box, picture) }));
}

/** The whole picture at the coarsest level at which `side` image pixels are at least `wanted`, or fewer where it is too large. */
function levelWith({ image, pixels }: PictureSource, side: number, wanted: number, most: number): PictureWindow {
  let level = 0;
  while ((side * pixels.width) / image.width / 2 ** (level + 1) >= wanted) level++;
  let size = levelSize(pixels, level);
  while (size.width * size.height > most) size = levelSize(pixels, ++level);
  return { x: 0, y: 0, ...size, sx: image.width / size.width, sy: image.height / size.height };
}

type PixelRect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The whole pixels of a level that the box covers. */
function boxIn(level: PictureWindow, box: ImageBox): PixelRect {
  const [x, y] = [Math.round(box.left / level.sx), Math.round(box.top / level.sy)];
  return {
    x: Math.min(Math.max(0, x), level.width - 1),
    y: Math.min(Math.max(0, y), level.height - 1),
    width: Math.min(level.width - x, Math.max(1, Math.round((box.right - box.left) / level.sx))),
    height: Math.min(level.height - y, Math.max(1, Math.round((box.bottom - box.top) / level.sy))),
  };
}

/** The best place for the pattern around a pixel of the level. */
function best(
  picture: PictureSource,
  level: PictureWindow,
  pattern: Raster,
  { x, y, reach }: { readonly x: number; readonly y: number; readonly reach: number },
): { x: number; y: number; score: number } | null {
  const left = Math.max(0, x - reach);
  const top = Math.max(0, y - reach);
  const right = Math.min(level.width, x + reach + pattern.width);
  const bottom = Math.min(level.height, y + reach + pattern.height);
  if (right - left < pattern.width || bottom - top < pattern.height) return null;
  const around = picture.read({ ...level, x: left, y: top, width: right - left, height: bottom - top });
  const template = lightness(pattern);
  const [place] = correlated(lightness(around), template, -1);
  if (place === undefined) return null;
  const seen = croppedRaster(around, place.x, place.y, pattern);
  return { x: left + place.x, y: top + place.y, score: colorCorrelation(pattern, seen) };
}

function cropped(plane: Plane, { x, y, width, height }: PixelRect): Plane {
  const data = new Float32Array(width * height);
  for (let v = 0; v < height; v++) {
    const from = (y + v) * plane.width + x;
    data.set(plane.data.subarray(from, from + width), v * width);
  }
  return { width, height, data };
}

function croppedRaster(raster: Raster, x: number, y: number, { width, height }: Raster): Raster {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let v = 0; v < height; v++) {
    const from = 4 * ((y + v) * raster.width + x);
    data.set(raster.data.subarray(from, from + 4 * width), 4 * v * width);
  }
  return { width, height, data };
}

function within(box: ImageBox, { image }: PictureSource): ImageBox {
  return {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(image.width, box.right),
    bottom: Math.min(image.height, box.bottom),
  };
}
