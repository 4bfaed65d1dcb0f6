import type { PolygonShape } from '../model/annotation.ts';
import { type ImagePoint, imagePoint } from './spaces.ts';

/** All rings of a polygon: each part's outer ring followed by its holes. */
export function ringsOf(polygon: PolygonShape): readonly (readonly number[])[] {
  return polygon.parts.flatMap((part) => [part.outer, ...part.holes]);
}

/** The polygon with one ring, counted as in `ringsOf`, replaced; null takes a hole away, or a part with its outer ring. */
export function withRing(polygon: PolygonShape, ring: number, points: readonly number[] | null): PolygonShape {
  let index = 0;
  const parts = polygon.parts.flatMap((part) => {
    const outer = index++ === ring ? points : part.outer;
    const holes = part.holes.flatMap((hole) => {
      const kept = index++ === ring ? points : hole;
      return kept === null ? [] : [kept];
    });
    return outer === null ? [] : [{ outer, holes }];
  });
  return { kind: 'polygon', parts };
}

/** Unsigned area of a ring in square pixels (shoelace formula). */
export function ringArea(ring: readonly number[]): number {
  let twice = 0;
  for (let i = 0, n = ring.length; i < n; i += 2) {
    const j = (i + 2) % n;
    twice += (ring[i] ?? 0) * (ring[j + 1] ?? 0) - (ring[j] ?? 0) * (ring[i + 1] ?? 0);
  }
  return Math.abs(twice) / 2;
}

/** Whether a ray from the point crosses the ring an odd number of times. */
export function ringContains(ring: readonly number[], p: ImagePoint): boolean {
  let inside = false;
  for (let i = 0, n = ring.length, j = n - 2; i < n; j = i, i += 2) {
    const xi = ring[i] ?? 0;
    const yi = ring[i + 1] ?? 0;
    const xj = ring[j] ?? 0;
    const yj = ring[j + 1] ?? 0;
    if (yi > p.y !== yj > p.y && p.x < ((xj - xi) * (p.y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Even-odd over all rings, so that holes are outside. */
export function ringsContain(rings: readonly (readonly number[])[], p: ImagePoint): boolean {
  let inside = false;
  for (const ring of rings) if (ringContains(ring, p)) inside = !inside;
  return inside;
}

export type NearestOnPath = {
  readonly distance: number;
  /** Index of the vertex that the nearest segment starts from. */
  readonly segment: number;
  readonly point: ImagePoint;
};

/** The nearest point on a path; with `closed`, the segment from the last to the first vertex counts too. */
export function nearestOnPath(path: readonly number[], closed: boolean, p: ImagePoint): NearestOnPath {
  const count = path.length / 2;
  let best: NearestOnPath = { distance: Number.POSITIVE_INFINITY, segment: 0, point: p };
  for (let i = 0; i < (closed ? count : Math.max(1, count - 1)); i++) {
    const j = (i + 1) % count;
    const ax = path[2 * i] ?? 0;
    const ay = path[2 * i + 1] ?? 0;
    const dx = (path[2 * j] ?? 0) - ax;
    const dy = (path[2 * j + 1] ?? 0) - ay;
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - ax) * dx + (p.y - ay) * dy) / length));
    const x = ax + t * dx;
    const y = ay + t * dy;
    const distance = Math.hypot(p.x - x, p.y - y);
    if (distance < best.distance) best = { distance, segment: i, point: imagePoint(x, y) };
  }
  return best;
}
