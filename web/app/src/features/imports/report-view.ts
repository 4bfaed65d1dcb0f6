import type { ImportReport, Job } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';

export type ImportOutcome = Pick<ImportReport, 'added' | 'duplicates' | 'refused'>;

/** What a finished import counted; null for other jobs. */
export function outcomeOf({ state, result }: Pick<Job, 'state' | 'result'>): ImportOutcome | null {
  if (state !== 'succeeded' || result === null) return null;
  const { added, duplicates, refused } = result;
  const counted = typeof added === 'number' && typeof duplicates === 'number' && typeof refused === 'number';
  return counted ? { added, duplicates, refused } : null;
}

/** `312 added · 3 already there · 2 refused`. */
export function outcomeText({ added, duplicates, refused }: ImportOutcome): string {
  const parts = [`${formatNumber(added)} added`];
  if (duplicates > 0) parts.push(`${formatNumber(duplicates)} already there`);
  if (refused > 0) parts.push(`${formatNumber(refused)} refused`);
  return parts.join(' · ');
}
