import type { PointPair, SkeletonDefinition } from '../../api/types.ts';

/** The skeleton with other points: lines and pairs follow the names, those of a point that is gone go with it. */
export function withPoints(skeleton: SkeletonDefinition, points: readonly string[]): SkeletonDefinition {
  const follow = (pairs: readonly PointPair[]): readonly PointPair[] =>
    pairs.flatMap((pair) => {
      const from = points.indexOf(skeleton.points[pair.from] ?? '');
      const to = points.indexOf(skeleton.points[pair.to] ?? '');
      return from < 0 || to < 0 ? [] : [{ from, to }];
    });
  return { ...skeleton, points, edges: follow(skeleton.edges), mirrored: follow(skeleton.mirrored) };
}

/** Pairs as the values of a multi-select: `0-1`. */
export function writePairs(pairs: readonly PointPair[]): readonly string[] {
  return [...new Set(pairs.map((pair) => `${Math.min(pair.from, pair.to)}-${Math.max(pair.from, pair.to)}`))];
}

export function parsePairs(values: readonly string[]): readonly PointPair[] {
  return values.map((value) => {
    const [from, to] = value.split('-').map(Number);
    return { from: from ?? 0, to: to ?? 0 };
  });
}

/** Every two points of the skeleton, to choose from. */
export function pairsOfAll(skeleton: SkeletonDefinition, joint: string): { value: string; label: string }[] {
  const pairs: { value: string; label: string }[] = [];
  skeleton.points.forEach((a, from) => {
    skeleton.points.slice(from + 1).forEach((b, offset) => {
      pairs.push({ value: `${from}-${from + 1 + offset}`, label: `${a} ${joint} ${b}` });
    });
  });
  return pairs;
}
