import type { EditorRecord } from '../model/annotation.ts';
import { Cell, type Observable } from '../model/observable.ts';
import type { AnnotationStore, StoreDiff } from './annotation-store.ts';
import { outcomeId, type StoreChange } from './changes.ts';
import { type KeptChange, kept, replayed } from './kept-changes.ts';

type Step = { readonly label: string; readonly mergeKey: string | null; readonly changes: readonly KeptChange[] };

export type HistoryState = { readonly undo: string | null; readonly redo: string | null };

/**
 * Undo and redo without limit: one step per gesture. What somebody else has changed since is taken out of
 * the steps, so that undo never overwrites another person's work.
 */
export class History {
  readonly #store: AnnotationStore;
  readonly #state = new Cell<HistoryState>({ undo: null, redo: null });
  readonly #stop: () => void;
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(store: AnnotationStore) {
    this.#store = store;
    this.#stop = store.subscribe((diff) => this.#listen(diff));
  }

  get state(): Observable<HistoryState> {
    return this.#state;
  }

  /** Takes the last step back; returns the ids of the annotations it touched. */
  undo(): readonly string[] {
    const step = this.#done.pop();
    if (step === undefined) return [];
    this.#undone.push(step);
    return this.#replay([...step.changes].reverse(), true);
  }

  redo(): readonly string[] {
    const step = this.#undone.pop();
    if (step === undefined) return [];
    this.#done.push(step);
    return this.#replay(step.changes, false);
  }

  dispose(): void {
    this.#stop();
  }

  #replay(step: readonly KeptChange[], back: boolean): readonly string[] {
    const changes = step.flatMap((change) => replayed(change, back, this.#current(change)) ?? []);
    this.#store.apply('user', changes, { replayed: true });
    this.#announce();
    return changes.flatMap((change) => (change.kind === 'annotation' ? [change.id] : []));
  }

  #current(change: KeptChange): EditorRecord | undefined {
    return change.kind === 'maskPatch' ? this.#store.get(change.id) : undefined;
  }

  #listen(diff: StoreDiff): void {
    if (diff.reset) {
      this.#done = [];
      this.#undone = [];
    } else if (diff.origin === 'remote') {
      const foreign = new Set(diff.changes.map(keyOf));
      this.#done = without(this.#done, foreign);
      this.#undone = without(this.#undone, foreign);
    } else if (diff.origin === 'user' && !diff.replayed) {
      this.#record(diff);
    }
    this.#announce();
  }

  #record(diff: StoreDiff): void {
    const last = this.#done.at(-1);
    this.#undone = [];
    if (last !== undefined && diff.mergeKey !== null && last.mergeKey === diff.mergeKey) {
      this.#done[this.#done.length - 1] = { ...last, changes: joined(last.changes, diff.changes) };
    } else {
      // What later steps may join keeps both of its ends.
      const changes = diff.mergeKey === null ? diff.changes.map(kept) : diff.changes;
      this.#done.push({ label: diff.label, mergeKey: diff.mergeKey, changes });
    }
  }

  #announce(): void {
    const undo = this.#done.at(-1)?.label ?? null;
    const redo = this.#undone.at(-1)?.label ?? null;
    const { value } = this.#state;
    if (value.undo !== undo || value.redo !== redo) this.#state.set({ undo, redo });
  }
}

function keyOf(change: KeptChange): string {
  if (change.kind === 'annotation' || change.kind === 'maskPatch') return change.id;
  return change.kind === 'outcome' ? outcomeId : '@visibility';
}

function without(steps: readonly Step[], keys: ReadonlySet<string>): Step[] {
  return steps.flatMap((step) => {
    const changes = step.changes.filter((change) => !keys.has(keyOf(change)));
    if (changes.length === step.changes.length) return [step];
    return changes.length === 0 ? [] : [{ ...step, changes }];
  });
}

/** One change per record: the earlier `before` with the later `after`. */
function joined(earlier: readonly KeptChange[], later: readonly StoreChange[]): KeptChange[] {
  const byKey = new Map(earlier.map((change) => [keyOf(change), change]));
  for (const change of later) {
    const first = byKey.get(keyOf(change));
    byKey.set(keyOf(change), first === undefined ? change : ({ ...change, before: first.before } as StoreChange));
  }
  return [...byKey.values()];
}
