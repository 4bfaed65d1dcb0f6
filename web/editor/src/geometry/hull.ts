import type { Frame } from './frames.ts';
import { normalAngle } from './frames.ts';

/** The corners of the convex hull, clockwise on the screen, without those that lie on an edge (monotone chain). */
export function convexHull(points: readonly number[]): number[] {
  const sorted: [number, number][] = [];
  for (let i = 0; i + 1 < points.length; i += 2) sorted.push([points[i] ?? 0, points[i + 1] ?? 0]);
  sorted.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly [number, number][]) => {
    const chain: [number, number][] = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  if (sorted.length < 2) return sorted.flat();
  return [...half(sorted), ...half([...sorted].reverse())].flat();
}

/** The rectangle of least area around the points: one of its sides lies on an edge of the hull. Null without extent. */
export function leastRectangle(points: readonly number[]): Frame | null {
  const hull = convexHull(points);
  let best: Frame | null = null;
  for (let i = 0; i < hull.length; i += 2) {
    const j = (i + 2) % hull.length;
    const angle = Math.atan2((hull[j + 1] ?? 0) - (hull[i + 1] ?? 0), (hull[j] ?? 0) - (hull[i] ?? 0));
    const frame = frameAt(hull, angle);
    if (best === null || frame.width * frame.height < best.width * best.height) best = frame;
  }
  return best === null || best.width === 0 || best.height === 0 ? null : best;
}

function frameAt(hull: readonly number[], angle: number): Frame {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < hull.length; i += 2) {
    const [x, y] = [hull[i] ?? 0, hull[i + 1] ?? 0];
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return {
    cx: u * cos - v * sin,
    cy: u * sin + v * cos,
    width: right - left,
    height: bottom - top,
    angle: normalAngle(angle),
  };
}

function turn(a: [number, number] | undefined, b: [number, number] | undefined, p: [number, number]): number {
  if (a === undefined || b === undefined) return 0;
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}
