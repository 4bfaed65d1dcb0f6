import { boundsOf } from '../geometry/outline.ts';
import { type EditorRecord, imageAttributesClass, isTag } from './annotation.ts';

/** What there is to judge, in the order of reading: tags of the image first, then objects from the top. */
export function inVerifyingOrder(records: readonly EditorRecord[]): readonly EditorRecord[] {
  const place = (record: EditorRecord) => {
    const box = boundsOf(record.shape);
    return isTag(record) || box === null ? { top: Number.NEGATIVE_INFINITY, left: 0 } : box;
  };
  return records
    .filter((record) => record.classId !== imageAttributesClass)
    .map((record) => ({ record, at: place(record) }))
    .sort((a, b) => (a.at.top === b.at.top ? a.at.left - b.at.left : a.at.top - b.at.top))
    .map(({ record }) => record);
}

/** The next one that nobody has judged, after this one and round to the start; null when there is none. */
export function nextUnjudged(ordered: readonly EditorRecord[], after: string | null): EditorRecord | null {
  const start = ordered.findIndex(({ id }) => id === after) + 1;
  const turned = [...ordered.slice(start), ...ordered.slice(0, start)];
  return turned.find(({ verdict }) => verdict === undefined) ?? null;
}
