import type { Size } from '../geometry/spaces.ts';
import type { MaskShape, PolygonShape } from '../model/annotation.ts';
import { unionOf, without } from './algebra.ts';
import { RunBuilder, tight } from './runs.ts';

/**
 * The pixels whose centres are inside the polygon, within the image: each ring even-odd, the union of the parts, each
 * without its holes. A centre on an edge belongs to the pixel right of and below that edge. Null when there is none.
 * The server's `CentreRasterizer` gives the same answers; `contoursOf` is the inverse.
 */
export function maskOfPolygon(polygon: PolygonShape, image: Size): MaskShape | null {
  const parts = polygon.parts.flatMap(({ outer, holes }): MaskShape[] => {
    let area = maskOfRing(outer, image);
    for (const ring of holes) {
      const hole = area === null ? null : maskOfRing(ring, image);
      if (area !== null && hole !== null) area = without(area, hole);
    }
    return area === null ? [] : [area];
  });
  return unionOf(parts);
}

/** The same for one ring. */
export function maskOfRing(ring: readonly number[], { width, height }: Size): MaskShape | null {
  const crossings = crossingsOf(ring, width, height);
  const builder = new RunBuilder();
  const stride = width + 1;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [a, b] = [crossings[i] as number, crossings[i + 1] as number];
    const row = Math.floor(a / stride);
    builder.add(row * width + a - row * stride, row * width + b - row * stride);
  }
  return tight({ kind: 'mask', x: 0, y: 0, width, height, runs: builder.finish(width * height) });
}

/** The columns from which on pixels are on the other side of an edge, as `row × (width + 1) + column`, sorted. */
function crossingsOf(ring: readonly number[], width: number, height: number): Float64Array {
  const found: number[] = [];
  const count = Math.floor(ring.length / 2);
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    let [ax, ay] = [ring[2 * i] as number, ring[2 * i + 1] as number];
    let [bx, by] = [ring[2 * j] as number, ring[2 * j + 1] as number];
    if (ay > by) [ax, ay, bx, by] = [bx, by, ax, ay];
    const end = limited(Math.ceil(by - 0.5), height);
    for (let row = limited(Math.ceil(ay - 0.5), height); row < end; row++) {
      const x = ax + (bx - ax) * ((row + 0.5 - ay) / (by - ay));
      found.push(row * (width + 1) + limited(Math.ceil(x - 0.5), width));
    }
  }
  return new Float64Array(found).sort();
}

function limited(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
