import type { EditorRecord, ProvenanceOrigin, Shape } from '../model/annotation.ts';
import { newId } from '../model/ids.ts';
import type { EditorState } from '../state.ts';
import type { Person } from '../sync/port.ts';

/** A new annotation on top of all others. */
export function newRecord(
  shape: Shape,
  classId: string,
  state: EditorState,
  origin: ProvenanceOrigin = 'drawn',
): EditorRecord {
  return {
    id: newId(),
    classId,
    shape,
    attributes: {},
    z: state.annotations.value.list().at(-1)?.z ?? 0,
    groupId: null,
    ignore: false,
    score: null,
    provenance: { origin, by: state.user.id, at: new Date().toISOString() },
  };
}

/** The record as edited by this person; what they drew themselves stays drawn. Nobody has judged it as it is now. */
export function edited({ verdict: _, ...record }: EditorRecord, by: Person): EditorRecord {
  const { origin } = record.provenance;
  if (record.provenance.by === by.id && (origin === 'drawn' || origin === 'edited')) return record;
  return { ...record, provenance: { origin: 'edited', by: by.id, at: new Date().toISOString() } };
}
