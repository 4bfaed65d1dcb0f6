import { type EditorRecord, type OutcomeState, untouchedOutcome } from '../model/annotation.ts';
import type { Origin, StoreChange, Visibility } from './changes.ts';
import { everythingVisible } from './changes.ts';
import { sameData } from './equality.ts';

/** What one transaction changed. */
export type StoreDiff = {
  readonly origin: Origin;
  readonly changes: readonly StoreChange[];
  /** What was done, in words for undo; empty for changes that nobody undoes. */
  readonly label: string;
  /** Gestures with the same key, one directly after the other, are one step of undo (a held arrow key). */
  readonly mergeKey: string | null;
  /** Made by undo or redo: not a new step. */
  readonly replayed: boolean;
  /** Everything was replaced; `changes` is empty. */
  readonly reset: boolean;
};

export type TransactionOptions = {
  readonly label?: string;
  readonly mergeKey?: string | null;
  readonly replayed?: boolean;
};

/** Collects the changes of one transaction: the first `before` and the last `after` of each record. */
export interface Transaction {
  put(record: EditorRecord): void;
  remove(id: string): void;
  setOutcome(outcome: OutcomeState): void;
  setVisibility(visibility: Visibility): void;
}

/**
 * The one truth of the open set on this page. Changes only in transactions; each tells the listeners one diff.
 * A transaction that changes nothing tells nobody.
 */
export class AnnotationStore {
  readonly #records = new Map<string, EditorRecord>();
  #outcome: OutcomeState = untouchedOutcome;
  #visibility: Visibility = everythingVisible;
  readonly #listeners = new Set<(diff: StoreDiff) => void>();

  get records(): ReadonlyMap<string, EditorRecord> {
    return this.#records;
  }

  get outcome(): OutcomeState {
    return this.#outcome;
  }

  get visibility(): Visibility {
    return this.#visibility;
  }

  get(id: string): EditorRecord | undefined {
    return this.#records.get(id);
  }

  subscribe(listener: (diff: StoreDiff) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Replaces everything (origin `load`). */
  reset(records: Iterable<EditorRecord>, outcome: OutcomeState): void {
    this.#records.clear();
    for (const record of records) this.#records.set(record.id, record);
    this.#outcome = outcome;
    this.#visibility = everythingVisible;
    this.#tell({ origin: 'load', changes: [], label: '', mergeKey: null, replayed: false, reset: true });
  }

  transact(origin: Origin, edit: (transaction: Transaction) => void, options: TransactionOptions = {}): void {
    const touched = new Map<string, EditorRecord | null>();
    const outcomeBefore = this.#outcome;
    const visibilityBefore = this.#visibility;
    const remember = (id: string) => {
      if (!touched.has(id)) touched.set(id, this.#records.get(id) ?? null);
    };
    edit({
      put: (record) => {
        remember(record.id);
        this.#records.set(record.id, record);
      },
      remove: (id) => {
        remember(id);
        this.#records.delete(id);
      },
      setOutcome: (outcome) => {
        this.#outcome = outcome;
      },
      setVisibility: (visibility) => {
        this.#visibility = visibility;
      },
    });
    const changes: StoreChange[] = [];
    for (const [id, before] of touched) {
      const after = this.#records.get(id) ?? null;
      if (!sameData(before, after)) changes.push({ kind: 'annotation', id, before, after });
      else if (before !== null) this.#records.set(id, before);
    }
    if (!sameData(outcomeBefore, this.#outcome)) {
      changes.push({ kind: 'outcome', before: outcomeBefore, after: this.#outcome });
    }
    if (visibilityBefore !== this.#visibility) {
      changes.push({ kind: 'visibility', before: visibilityBefore, after: this.#visibility });
    }
    if (changes.length === 0) return;
    const { label = '', mergeKey = null, replayed = false } = options;
    this.#tell({ origin, changes, label, mergeKey, replayed, reset: false });
  }

  /** Applies changes as one transaction: every record becomes its `after`. */
  apply(origin: Origin, changes: readonly StoreChange[], options: TransactionOptions = {}): void {
    this.transact(
      origin,
      (transaction) => {
        for (const change of changes) {
          if (change.kind === 'outcome') transaction.setOutcome(change.after);
          else if (change.kind === 'visibility') transaction.setVisibility(change.after);
          else if (change.after === null) transaction.remove(change.id);
          else transaction.put(change.after);
        }
      },
      options,
    );
  }

  #tell(diff: StoreDiff): void {
    for (const listener of [...this.#listeners]) listener(diff);
  }
}
