import type { Size } from '../geometry/spaces.ts';
import type { Shape } from '../model/annotation.ts';
import { common } from './algebra.ts';
import { asMask } from './combining.ts';
import { pixelCount } from './runs.ts';

/** Intersection over union of the pixels whose centres two shapes have, 0–1; 0 where one has none. */
export function pixelOverlap(a: Shape, b: Shape, image: Size): number {
  const [first, second] = [asMask(a, image), asMask(b, image)];
  if (first === null || second === null) return 0;
  const both = common(first, second);
  if (both === null) return 0;
  const shared = pixelCount(both);
  return shared / (pixelCount(first) + pixelCount(second) - shared);
}
