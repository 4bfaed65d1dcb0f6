import { type EditorRecord, pixelOverlap } from '@plumbline/editor';
import type { Exercise } from './exercises.ts';
import { pictureSize } from './figures.ts';

export interface Score {
  /** Overlap with the truth (IoU) of what was drawn for each target, in their order; 0 where nothing was. */
  readonly each: readonly number[];
  /** Objects that are for no target: of another class or kind, a second one, or around nothing. */
  readonly extra: number;
  readonly passed: boolean;
}

/** Measures what is drawn against the truth. Every object counts for one target at most: best overlaps first. */
export function scoreOf({ targets, kinds, pass }: Exercise, records: readonly EditorRecord[]): Score {
  const pairs = targets.flatMap(({ classId, truth }, target) =>
    records
      .filter((record) => record.classId === classId && kinds.includes(record.shape.kind))
      .map((record) => ({ target, id: record.id, overlap: pixelOverlap(record.shape, truth, pictureSize) })),
  );
  pairs.sort((a, b) => b.overlap - a.overlap);
  const each = targets.map(() => 0);
  const taken = new Set<number | string>();
  for (const { target, id, overlap } of pairs) {
    if (overlap === 0 || taken.has(target) || taken.has(id)) continue;
    taken.add(target).add(id);
    each[target] = overlap;
  }
  const extra = records.filter(({ id }) => !taken.has(id)).length;
  return { each, extra, passed: extra === 0 && each.every((overlap) => overlap >= pass) };
}
