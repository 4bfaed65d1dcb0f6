import type { ImagePoint } from '../geometry/spaces.ts';

/** From a corner to the next: `points` between them, both left out; null until the ways to the first are known. */
export type Leg = { readonly from: ImagePoint; readonly straight: boolean; points: readonly number[] | null };

/** An outline in hand. */
export type Drawing = {
  readonly classId: string;
  readonly corners: readonly ImagePoint[];
  /** One less than corners. */
  readonly legs: readonly Leg[];
};

/** The outline as far as it is known, as flat coordinates; the last corner left out. */
export function ringOf({ corners, legs }: Drawing): number[] {
  return legs.flatMap(({ points }, i) => {
    const { x, y } = corners[i] ?? { x: 0, y: 0 };
    return [x, y, ...(points ?? [])];
  });
}

/** Both ends of what was drawn straight on purpose, as flat coordinates. */
export function straightLegs({ corners, legs }: Drawing): number[] {
  return legs.flatMap(({ from, straight }, i) => {
    const { x, y } = corners[i + 1] ?? from;
    return straight ? [from.x, from.y, x, y] : [];
  });
}

/** Without ways there and back: where a corner lies beside the edge, the line leaves the edge and comes back. */
export function withoutSpurs(ring: readonly number[]): number[] {
  const kept: number[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const [x, y] = [ring[i] ?? 0, ring[i + 1] ?? 0];
    if (x === kept.at(-2) && y === kept.at(-1)) continue;
    if (kept.length >= 4 && x === kept.at(-4) && y === kept.at(-3)) kept.splice(-2);
    else kept.push(x, y);
  }
  return kept;
}
