import type { BoxShape } from '../model/annotation.ts';
import type { ImagePoint } from './spaces.ts';

/** The eight places to pull a box at, as compass directions. */
export type BoxHandle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

export const boxHandles: readonly BoxHandle[] = ['nw', 'ne', 'se', 'sw', 'n', 'e', 's', 'w'];

export function handlePoint(box: BoxShape, handle: BoxHandle): ImagePoint {
  const x = handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5;
  const y = handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5;
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

/** The box with the handle's edges at `to`; pulled past the opposite edge it turns over. */
export function pulled(box: BoxShape, handle: BoxHandle, to: ImagePoint): BoxShape {
  const left = handle.includes('w') ? to.x : box.x;
  const right = handle.includes('e') ? to.x : box.x + box.width;
  const top = handle.includes('n') ? to.y : box.y;
  const bottom = handle.includes('s') ? to.y : box.y + box.height;
  return boxBetween({ x: left, y: top }, { x: right, y: bottom });
}

/** The box with two opposite corners, in any order. */
export function boxBetween(a: ImagePoint, b: ImagePoint): BoxShape {
  return {
    kind: 'box',
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}
