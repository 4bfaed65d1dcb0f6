import type { AnnotationsView } from '../api.ts';
import type { EditorRecord } from '../model/annotation.ts';
import { compareOrder } from '../render/scene.ts';
import type { AnnotationStore, StoreDiff } from './annotation-store.ts';
import type { AnnotationChange } from './changes.ts';

/** Up to so many changes a sorted list is patched rather than sorted anew. */
const patchLimit = 64;

/** What panels see of a store. `get` is live; the list and the counts are of the moment of first use. */
export class StoreView implements AnnotationsView {
  readonly #store: AnnotationStore;
  #sorted: readonly EditorRecord[] | null = null;
  #counts: ReadonlyMap<string, number> | null = null;

  constructor(store: AnnotationStore) {
    this.#store = store;
  }

  /** The view after a change; takes over what is still known. */
  after(diff: StoreDiff): StoreView {
    const next = new StoreView(this.#store);
    const changes = diff.changes.filter((change) => change.kind === 'annotation');
    if (diff.reset || this.#sorted === null || changes.length > patchLimit) return next;
    next.#sorted = patched(this.#sorted, changes);
    return next;
  }

  get size(): number {
    return this.#store.records.size;
  }

  get(id: string): EditorRecord | undefined {
    return this.#store.get(id);
  }

  list(): readonly EditorRecord[] {
    this.#sorted ??= [...this.#store.records.values()].sort(compareOrder);
    return this.#sorted;
  }

  countByClass(): ReadonlyMap<string, number> {
    if (this.#counts !== null) return this.#counts;
    const counts = new Map<string, number>();
    for (const { classId } of this.#store.records.values()) counts.set(classId, (counts.get(classId) ?? 0) + 1);
    this.#counts = counts;
    return counts;
  }
}

function patched(sorted: readonly EditorRecord[], changes: readonly AnnotationChange[]): EditorRecord[] {
  const list = [...sorted];
  for (const { before, after } of changes) {
    if (before !== null) list.splice(placeOf(list, before), 1);
    if (after !== null) list.splice(placeOf(list, after), 0, after);
  }
  return list;
}

/** Index of the first record that is not below this one. */
function placeOf(list: readonly EditorRecord[], record: EditorRecord): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other !== undefined && compareOrder(other, record) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
