import { type EditorRecord, imageAttributesClass, isTag, type Related, relationsAmong } from '@plumbline/editor';
import type { LabelClass, PredicateDefinition } from '../api/types.ts';

/** A line of the objects panel: the head of a class or one of its objects. */
export type ObjectRow =
  | {
      readonly kind: 'class';
      readonly classId: string;
      readonly name: string;
      readonly count: number;
      readonly open: boolean;
    }
  | { readonly kind: 'object'; readonly record: EditorRecord; readonly name: string }
  | { readonly kind: 'relation'; readonly related: Related; readonly name: string };

/** The group of relations among those of classes. */
export const relationsGroup = '@relations';

/**
 * Objects under their classes in the ontology's order, numbered within the class by age: ids begin with their time, so
 * an object keeps its number while newer ones come. Tags are not objects.
 */
export function objectRows(
  records: readonly EditorRecord[],
  classes: readonly LabelClass[],
  collapsed: ReadonlySet<string>,
  search: string,
  predicates: readonly PredicateDefinition[] = [],
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
  const nameOf = new Map<string, string>();
  for (const classId of order) {
    const name = names.get(classId) ?? classId;
    const numbered = (byClass.get(classId) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((record, i) => ({ kind: 'object' as const, record, name: `${name} ${i + 1}` }))
      .map((row) => {
        nameOf.set(row.record.id, row.name);
        return row;
      })
      .filter((row) => needle === '' || matches(row, needle));
    if (numbered.length === 0) continue;
    const open = needle !== '' || !collapsed.has(classId);
    rows.push({ kind: 'class', classId, name, count: numbered.length, open });
    if (open) rows.push(...numbered);
  }
  return [...rows, ...relationRows(records, nameOf, collapsed, needle, predicates)];
}

/** Under the objects: what they have to do with each other. */
function relationRows(
  records: readonly EditorRecord[],
  nameOf: ReadonlyMap<string, string>,
  collapsed: ReadonlySet<string>,
  needle: string,
  predicates: readonly PredicateDefinition[],
): readonly ObjectRow[] {
  const words = new Map(predicates.map(({ id, name }) => [id, name]));
  const found = relationsAmong(records)
    .map((related) => {
      const { subject, predicate, object } = related;
      const name = `${nameOf.get(subject.id)} ${words.get(predicate) ?? predicate} ${nameOf.get(object.id)}`;
      return { kind: 'relation' as const, related, name };
    })
    .filter(({ name }) => name.toLowerCase().includes(needle));
  if (found.length === 0) return [];
  const open = needle !== '' || !collapsed.has(relationsGroup);
  return [
    { kind: 'class', classId: relationsGroup, name: 'Relations', count: found.length, open },
    ...(open ? found : []),
  ];
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
