import type { KeypointsShape } from '../model/annotation.ts';
import type { SkeletonDefinition } from '../model/ontology.ts';
import type { ImageBox } from './spaces.ts';

/**
 * All points of a skeleton, visible, spread over a box so that they are easy to take hold of: the farther along the
 * edges from the first point the lower; mirrored pairs on both sides, their first point on the right (a person who
 * faces the camera has the left arm there), the others in the middle.
 */
export function spreadSkeleton(skeleton: SkeletonDefinition, box: ImageBox): KeypointsShape {
  const levels = levelsOf(skeleton);
  const deepest = Math.max(1, ...levels);
  const points = skeleton.points.flatMap((_, index) => {
    const level = levels[index] ?? 0;
    const y = box.top + ((box.bottom - box.top) * level) / deepest;
    const x = box.left + (box.right - box.left) * (0.5 + sideOf(skeleton, levels, index));
    return [x, y, 2];
  });
  return { kind: 'keypoints', points };
}

/** The same points with those of each mirrored pair exchanged: what was called left is called right. */
export function mirrored(shape: KeypointsShape, skeleton: SkeletonDefinition): KeypointsShape {
  const points = [...shape.points];
  for (const { from, to } of skeleton.mirrored) {
    for (let k = 0; k < 3; k++) {
      points[3 * from + k] = shape.points[3 * to + k] ?? 0;
      points[3 * to + k] = shape.points[3 * from + k] ?? 0;
    }
  }
  return { kind: 'keypoints', points };
}

/** The shape with the visibility of one point changed; one that was absent comes to the middle of the others. */
export function withVisibility(shape: KeypointsShape, index: number, visibility: 0 | 1 | 2): KeypointsShape {
  const points = [...shape.points];
  const present = [];
  for (let i = 0; i + 2 < points.length; i += 3) if ((points[i + 2] ?? 0) > 0) present.push(i);
  if (points[3 * index + 2] === 0 && visibility > 0 && present.length > 0) {
    for (const k of [0, 1])
      points[3 * index + k] = present.reduce((sum, i) => sum + (points[i + k] ?? 0), 0) / present.length;
  }
  points[3 * index + 2] = visibility;
  return { kind: 'keypoints', points };
}

/** Steps along the edges from the first point; parts without a way to it begin one step below what was there. */
function levelsOf({ points, edges }: SkeletonDefinition): readonly number[] {
  const levels: (number | undefined)[] = points.map(() => undefined);
  let start = 0;
  for (let i = 0; i < points.length; i++) {
    if (levels[i] !== undefined) continue;
    levels[i] = start;
    const queue = [i];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const level = levels[at] ?? 0;
      start = Math.max(start, level + 1);
      for (const { from, to } of edges) {
        const other = from === at ? to : to === at ? from : null;
        if (other === null || levels[other] !== undefined) continue;
        levels[other] = level + 1;
        queue.push(other);
      }
    }
  }
  return levels.map((level) => level ?? 0);
}

/** From −0.5 to 0.5 of the width: pairs of one level one outside of the other, what is single next to each other. */
function sideOf({ mirrored: pairs }: SkeletonDefinition, levels: readonly number[], index: number): number {
  const isPaired = (i: number) => pairs.some(({ from, to }) => from === i || to === i);
  const here = levels.map((_, i) => i).filter((i) => levels[i] === levels[index]);
  const pair = pairs.findIndex(({ from, to }) => from === index || to === index);
  if (pair < 0) {
    const single = here.filter((i) => !isPaired(i));
    return (single.indexOf(index) + 1) / (single.length + 1) - 0.5;
  }
  const inner = pairs.map((_, k) => k).filter((k) => here.some((i) => pairs[k]?.from === i || pairs[k]?.to === i));
  const level = levels[index] ?? 0;
  // Narrow near the first point, as a head is on shoulders.
  const width = Math.min(1, (2 * level) / Math.max(1, ...levels));
  const out = (0.5 * width * (inner.length - inner.indexOf(pair))) / inner.length;
  return pairs[pair]?.from === index ? out : -out;
}
