import { tileId } from '../masks/label-tile.ts';
import {
  type EarlierState,
  type EditorRecord,
  type LabelTile,
  type OutcomeState,
  toRecord,
  toTile,
  untouchedOutcome,
} from '../model/annotation.ts';
import type { Origin, StoreChange, StoredChange, Visibility } from './changes.ts';
import { everythingVisible } from './changes.ts';
import { sameData } from './equality.ts';
import { LabelMap } from './label-map.ts';

/** What one transaction changed. */
export type StoreDiff = {
  readonly origin: Origin;
  readonly changes: readonly StoreChange[];
  /** The same as the server stores it: masks with their own pixels, and what became of the label map. */
  readonly stored: readonly StoredChange[];
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
  /** From a person masks come with all of their pixels, from the server with their own. */
  put(record: EditorRecord): void;
  /** A tile of the label map as the server has it. */
  paint(tile: LabelTile): void;
  remove(id: string): void;
  setOutcome(outcome: OutcomeState): void;
  setVisibility(visibility: Visibility): void;
}

/**
 * The one truth of the open set on this page. Changes only in transactions; each tells the listeners one diff.
 * A transaction that changes nothing tells nobody. Masks have all of their pixels here, also those that the label map gives
 * them; who changes a mask's pixels takes it out of the label map (decision 0019).
 */
export class AnnotationStore {
  readonly #records = new Map<string, EditorRecord>();
  readonly #labels = new LabelMap();
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

  /** What the server stores under an id: an annotation with its own pixels, or a tile of the label map. */
  stored(id: string): EditorRecord | LabelTile | null {
    const record = this.#records.get(id);
    return record === undefined ? this.#labels.tile(id) : this.#labels.stored(record);
  }

  /** A record as the server stores it, with all of its pixels. */
  filled(record: EditorRecord): EditorRecord {
    return this.#labels.filled(record);
  }

  /** The records of an earlier state, or one of them, as they were shown: also those of which only the label map was another. */
  shownEarlier({ changed, tiles }: EarlierState, only: string | null): readonly EditorRecord[] {
    const then = this.#labels.with(tiles.map(toTile));
    const records = new Map(changed.map((annotation) => [annotation.id, toRecord(annotation)]));
    const named = tiles.flatMap((tile) => [...tile.segments, ...(this.#labels.tile(tileId(tile))?.segments ?? [])]);
    for (const id of named) {
      const record = this.#records.get(id);
      if (record !== undefined && !records.has(id)) records.set(id, this.#labels.stored(record));
    }
    const wanted = [...records.values()].filter(({ id }) => only === null || id === only);
    return wanted.map((record) => then.filled(record));
  }

  subscribe(listener: (diff: StoreDiff) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Replaces everything (origin `load`) by what the server has. */
  reset(records: Iterable<EditorRecord>, outcome: OutcomeState, tiles: readonly LabelTile[] = []): void {
    this.#records.clear();
    this.#labels.reset(tiles);
    for (const record of records) this.#records.set(record.id, this.#labels.shown(record));
    this.#outcome = outcome;
    this.#visibility = everythingVisible;
    this.#tell({ origin: 'load', changes: [], stored: [], label: '', mergeKey: null, replayed: false, reset: true });
  }

  transact(origin: Origin, edit: (transaction: Transaction) => void, options: TransactionOptions = {}): void {
    const touched = new Map<string, { readonly shown: EditorRecord | null; readonly stored: EditorRecord | null }>();
    const outcomeBefore = this.#outcome;
    const visibilityBefore = this.#visibility;
    const remember = (id: string) => {
      if (touched.has(id)) return;
      const shown = this.#records.get(id) ?? null;
      touched.set(id, { shown, stored: shown && this.#labels.stored(shown) });
    };
    edit({
      put: (record) => {
        remember(record.id);
        this.#records.set(record.id, origin === 'user' ? record : this.#labels.shown(record));
      },
      paint: (tile) => {
        for (const id of this.#labels.paint(tile)) {
          remember(id);
          const record = this.#records.get(id);
          if (record !== undefined) this.#records.set(id, this.#labels.shown(this.#labels.stored(record)));
        }
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
    const stored: StoredChange[] = [];
    for (const [id, before] of touched) {
      const after = this.#records.get(id) ?? null;
      if (sameData(before.shown, after)) {
        if (before.shown !== null) this.#records.set(id, before.shown);
        continue;
      }
      changes.push({ kind: 'annotation', id, before: before.shown, after });
      const isPainted = origin === 'user' && after !== null && this.#labels.names(id);
      if (isPainted && !sameData(before.shown?.shape, after.shape)) stored.push(...this.#labels.lift(id));
      stored.push({ kind: 'annotation', id, before: before.stored, after: after && this.#labels.stored(after) });
    }
    if (!sameData(outcomeBefore, this.#outcome)) {
      const change = { kind: 'outcome', before: outcomeBefore, after: this.#outcome } as const;
      changes.push(change);
      stored.push(change);
    }
    if (visibilityBefore !== this.#visibility) {
      changes.push({ kind: 'visibility', before: visibilityBefore, after: this.#visibility });
    }
    if (changes.length === 0) return;
    const { label = '', mergeKey = null, replayed = false } = options;
    this.#tell({ origin, changes, stored, label, mergeKey, replayed, reset: false });
  }

  /** Applies changes as one transaction: every record becomes its `after`. */
  apply(origin: Origin, changes: readonly StoredChange[], options: TransactionOptions = {}): void {
    this.transact(
      origin,
      (transaction) => {
        for (const change of changes) {
          if (change.kind === 'outcome') transaction.setOutcome(change.after);
          else if (change.kind === 'visibility') transaction.setVisibility(change.after);
          else if (change.kind === 'tile') transaction.paint(change.after);
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
