import { type EditorRecord, imageAttributesClass, isTag } from '@plumbline/editor';
import type { LabelClass } from '../api/types.ts';

/** A line of the objects panel: the head of a class or one of its objects. */
export type ObjectRow =
  | {
      readonly kind: 'class';
      readonly classId: string;
      readonly name: string;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly kind: 'object'; readonly record: EditorRecord; readonly name: string };

/**
 * Objects under their classes in the ontology's order, numbered within the class by age: ids begin with their time, so
 * an object keeps its number while newer ones come. Tags are not objects.
 */
export function objectRows(
  records: readonly EditorRecord[],
  classes: readonly LabelClass[],
  collapsed: ReadonlySet<string>,
  search: string,
): readonly ObjectRow[] {
  const byClass = new Map<string, EditorRecord[]>();
  for (const record of records) {
    if (isTag(record) || record.classId === imageAttributesClass) continue;
    const list = byClass.get(record.classId);
    if (list === undefined) byClass.set(record.classId, [record]);
    else list.push(record);
  }
  const names = new Map(classes.map((c) => [c.id, c.name]));
  const order = [...names.keys(), ...[...byClass.keys()].filter((id) => !names.has(id)).sort()];
  const needle = search.trim().toLowerCase();
  const rows: ObjectRow[] = [];
  for (const classId of order) {
    const name = names.get(classId) ?? classId;
    const numbered = (byClass.get(classId) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((record, i) => ({ kind: 'object' as const, record, name: `${name} ${i + 1}` }))
      .filter((row) => needle === '' || matches(row, needle));
    if (numbered.length === 0) continue;
    const open = needle !== '' || !collapsed.has(classId);
    rows.push({ kind: 'class', classId, name, count: numbered.length, open });
    if (open) rows.push(...numbered);
  }
  return rows;
}

/** A click in the list: alone, or with Ctrl or Shift as in a file manager. `order` = ids as they stand in the list. */
export function clickSelection(
  selected: readonly string[],
  order: readonly string[],
  id: string,
  keys: { readonly range: boolean; readonly toggle: boolean },
): readonly string[] {
  if (keys.toggle) return selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
  const anchor = selected.at(-1);
  if (!keys.range || anchor === undefined) return [id];
  const [a, b] = [order.indexOf(anchor), order.indexOf(id)];
  if (a < 0 || b < 0) return [id];
  const range = order.slice(Math.min(a, b), Math.max(a, b) + 1).filter((other) => other !== anchor);
  return [...new Set([...selected, ...range])].filter((other) => other !== anchor).concat(anchor);
}

function matches(row: { record: EditorRecord; name: string }, needle: string): boolean {
  if (row.name.toLowerCase().includes(needle)) return true;
  return Object.values(row.record.attributes).some((value) => String(value).toLowerCase().includes(needle));
}
