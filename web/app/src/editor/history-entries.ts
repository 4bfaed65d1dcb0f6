import type { EditorRecord, Outcome, WireAnnotation } from '@plumbline/editor';
import type { PersonRef } from '../api/types.ts';
import { outcomeNames } from '../features/gallery/image-state.ts';

/** One line of the change log as the server tells it, newest first. */
export interface HistoryItem {
  readonly revision: number;
  readonly annotationId: string | null;
  readonly op: 'put' | 'paint' | 'delete' | 'outcome';
  readonly by: PersonRef | null;
  readonly at: string;
  /** The annotation after the change. */
  readonly annotation: WireAnnotation | null;
  readonly outcome?: Outcome;
}

/** What a change did, in words: "drew car", "moved car", "changed attributes of car". `older` follow it in time. */
export function describeHistoryItem(
  item: HistoryItem,
  older: readonly HistoryItem[],
  classNames: ReadonlyMap<string, string>,
): string {
  if (item.op === 'outcome') {
    return item.outcome === undefined ? 'changed the outcome' : `marked it ${outcomeNames[item.outcome].toLowerCase()}`;
  }
  if (item.op === 'paint') return 'painted on the label map';
  const before = older.find((other) => other.annotationId === item.annotationId)?.annotation ?? null;
  const name = (record: EditorRecord | null) => classNames.get(record?.classId ?? '') ?? record?.classId ?? 'an object';
  if (item.op === 'delete' || item.annotation === null) return `deleted ${name(before)}`;
  if (before === null) {
    const first = item.annotation.provenance.origin === 'imported' ? 'imported' : 'drew';
    return older.some((other) => other.annotationId === item.annotationId)
      ? `brought ${name(item.annotation)} back`
      : `${first} ${name(item.annotation)}`;
  }
  return `${describeDifference(before, item.annotation, name)} ${name(item.annotation)}`;
}

function describeDifference(before: EditorRecord, after: EditorRecord, name: (record: EditorRecord) => string): string {
  const differs = (part: (record: EditorRecord) => unknown) =>
    JSON.stringify(part(before)) !== JSON.stringify(part(after));
  if (differs((r) => r.classId)) return `changed ${name(before)} to`;
  if (differs((r) => r.shape)) return 'reshaped';
  if (differs((r) => r.attributes)) return 'changed attributes of';
  if (differs((r) => r.ignore)) return after.ignore ? 'set to ignore:' : 'no longer ignores';
  if (differs((r) => r.z)) return 'reordered';
  return 'saved';
}
