import type { EditorRecord, Shape } from '../model/annotation.ts';
import { withoutObjects } from '../model/relations.ts';
import type { EditorState } from '../state.ts';
import type { Transaction } from '../store/annotation-store.ts';
import { edited } from './records.ts';

/** How actions change the open image: one transaction, one step of undo; nothing on a read-only image. */
export class Edits {
  readonly #state: EditorState;

  constructor(state: EditorState) {
    this.#state = state;
  }

  commit(label: string, edit: (transaction: Transaction) => void, mergeKey: string | null = null): void {
    this.#state.editable?.store.transact('user', edit, { label, mergeKey });
  }

  put(label: string, records: readonly EditorRecord[], mergeKey: string | null = null): void {
    const put = (transaction: Transaction) => {
      for (const record of records) transaction.put(record);
    };
    this.commit(label, put, mergeKey);
  }

  /** Takes objects away, and the relations of others to them. */
  remove(transaction: Transaction, ids: readonly string[]): void {
    for (const id of ids) transaction.remove(id);
    const rest = this.#state.session?.store.records.values() ?? [];
    for (const record of withoutObjects(rest, new Set(ids))) transaction.put(record);
  }

  /** Those of the objects that exist and are not locked. */
  changeable(ids: readonly string[]): readonly EditorRecord[] {
    return this.#state.records(ids).filter((record) => !this.#state.isLocked(record));
  }

  /** The record after a change of its content by this person. */
  edited(record: EditorRecord): EditorRecord {
    return edited(record, this.#state.user);
  }

  reshaped(record: EditorRecord, shape: Shape): EditorRecord {
    return shape === record.shape ? record : this.edited({ ...record, shape });
  }
}

export function counted(verb: string, records: readonly unknown[]): string {
  return records.length === 1 ? `${verb} object` : `${verb} ${records.length} objects`;
}
