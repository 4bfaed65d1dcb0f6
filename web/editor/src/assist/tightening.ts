import { ringArea } from '../geometry/polygon.ts';
import type { ImageBox } from '../geometry/spaces.ts';
import type { PictureSource, TiledColors } from './picture-source.ts';
import { outlineOfRegion } from './region-outline.ts';
import { segmented } from './segmenting.ts';

/** An object of less than this share of its box is no object but noise. */
const leastShare = 0.05;
/** Parts below this share of the largest are not the object. */
const leastPart = 0.1;

/**
 * The smallest box of whole pixels around the object in a box, inside of that box; null where nothing stands out. The box
 * should hold the object with some room: what it cuts off cannot be found.
 */
export function tightBox(picture: PictureSource, colors: TiledColors, box: ImageBox): ImageBox | null {
  const found = segmented(picture, box, []);
  if (found === null) return null;
  const polygon = outlineOfRegion(found.region, found.window, { detail: 0.5, fine: true }, picture, colors);
  const rings = polygon?.parts.map(({ outer }) => outer) ?? [];
  const largest = rings.reduce((most, ring) => Math.max(most, ringArea(ring)), 0);
  if (largest < leastShare * (box.right - box.left) * (box.bottom - box.top)) return null;
  const points = rings.filter((ring) => ringArea(ring) >= leastPart * largest).flat();
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const tight = {
    left: Math.max(box.left, Math.round(least(xs))),
    top: Math.max(box.top, Math.round(least(ys))),
    right: Math.min(box.right, Math.round(most(xs))),
    bottom: Math.min(box.bottom, Math.round(most(ys))),
  };
  return tight.right - tight.left < 1 || tight.bottom - tight.top < 1 ? null : tight;
}
