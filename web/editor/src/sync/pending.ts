import { tileId } from '../masks/label-tile.ts';
import {
  type EditorRecord,
  type LabelTile,
  type OutcomeState,
  toRecord,
  toTile,
  untouchedOutcome,
} from '../model/annotation.ts';
import { outcomeId, type StoredChange } from '../store/changes.ts';
import type { Change, SetDelta } from './port.ts';
import type { Conflict } from './status.ts';

/** What a record is or should become: an annotation, nothing (deleted), a tile of the label map, or with the id `@outcome` the outcome. */
export type SyncValue = EditorRecord | LabelTile | OutcomeState | null;

/** A local change that has not been sent. `revision` = what the person saw when making it. */
export type PendingChange = { readonly id: string; readonly value: SyncValue; readonly revision: number };

/** A value that the server has, and since which revision. */
export type ServerValue = { readonly value: SyncValue; readonly revision: number };

export function isOutcome(value: SyncValue): value is OutcomeState {
  return value !== null && 'outcome' in value;
}

export function isTile(value: SyncValue): value is LabelTile {
  return value !== null && 'segments' in value;
}

export function toChange({ id, value, revision }: PendingChange): Change {
  if (value === null) return { op: 'delete', id, revision };
  if (isOutcome(value)) return { op: 'outcome', ...value, revision };
  if (isTile(value)) return { op: 'paint', tile: { ...value, revision } };
  return { op: 'put', annotation: { ...value, revision } };
}

export function fromChange(change: Change): PendingChange {
  switch (change.op) {
    case 'put':
      return { id: change.annotation.id, value: toRecord(change.annotation), revision: change.annotation.revision };
    case 'paint':
      return { id: tileId(change.tile), value: toTile(change.tile), revision: change.tile.revision };
    case 'delete':
      return { id: change.id, value: null, revision: change.revision };
    case 'outcome': {
      const { outcome, reason, revision } = change;
      return { id: outcomeId, value: { outcome, reason }, revision };
    }
  }
}

/** What changed on the server, record by record. */
export function recordsOf(delta: SetDelta): readonly PendingChange[] {
  const outcome = { outcome: delta.outcome, reason: delta.outcomeReason };
  return [
    ...delta.changed.map((annotation) => ({
      id: annotation.id,
      value: toRecord(annotation),
      revision: annotation.revision,
    })),
    ...delta.deleted.map(({ id, revision }) => ({ id, value: null, revision })),
    ...delta.tiles.map((tile) => fromChange({ op: 'paint', tile })),
    { id: outcomeId, value: outcome, revision: delta.outcomeRevision },
  ];
}

/** The change that makes the store have this value of the server's. */
export function storedChanges(id: string, value: SyncValue, before: OutcomeState): readonly StoredChange[] {
  if (id === outcomeId) {
    return [{ kind: 'outcome', before, after: isOutcome(value) ? value : untouchedOutcome }];
  }
  if (isTile(value)) return [{ kind: 'tile', id, before: null, after: value }];
  return [{ kind: 'annotation', id, before: null, after: isOutcome(value) ? null : value }];
}

/** What a person can be asked to choose: a tile is no such thing. */
export function decidable(value: SyncValue): Conflict['mine'] {
  return isTile(value) ? null : value;
}
