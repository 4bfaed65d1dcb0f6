import type { EditorRecord, Relation } from './annotation.ts';
import type { PredicateDefinition } from './ontology.ts';

/** A relation with both of its ends. */
export type Related = { readonly subject: EditorRecord; readonly predicate: string; readonly object: EditorRecord };

/** Whether a predicate may go from an object of one class to one of another. */
export function joins({ from, to }: PredicateDefinition, subject: EditorRecord, object: EditorRecord): boolean {
  const isAmong = (ids: readonly string[], classId: string) => ids.length === 0 || ids.includes(classId);
  return subject.id !== object.id && isAmong(from, subject.classId) && isAmong(to, object.classId);
}

/** The record with other relations: sorted, each once, none as no property at all. */
export function withRelations({ relations: _, ...record }: EditorRecord, relations: readonly Relation[]): EditorRecord {
  const key = ({ predicate, object }: Relation) => `${predicate} ${object}`;
  const each = new Map(relations.map((relation) => [key(relation), relation]));
  const sorted = [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation);
  return sorted.length === 0 ? record : { ...record, relations: sorted };
}

/** The relations between records of a list; those to something that is not in it say nothing. */
export function relationsAmong(records: readonly EditorRecord[]): readonly Related[] {
  const subjects = records.filter(({ relations }) => relations !== undefined);
  if (subjects.length === 0) return [];
  const byId = new Map(records.map((record) => [record.id, record]));
  return subjects.flatMap((subject) =>
    (subject.relations ?? []).flatMap(({ predicate, object: id }) => {
      const object = byId.get(id);
      return object === undefined ? [] : [{ subject, predicate, object }];
    }),
  );
}

/** The subjects that lose a relation when objects go, as they are without it. */
export function withoutObjects(records: Iterable<EditorRecord>, gone: ReadonlySet<string>): readonly EditorRecord[] {
  const changed: EditorRecord[] = [];
  for (const record of records) {
    if (record.relations === undefined || gone.has(record.id)) continue;
    const kept = record.relations.filter(({ object }) => !gone.has(object));
    if (kept.length < record.relations.length) changed.push(withRelations(record, kept));
  }
  return changed;
}
