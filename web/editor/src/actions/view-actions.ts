import type { EditorState } from '../state.ts';
import { everythingVisible, type Visibility } from '../store/changes.ts';

/** Hiding and locking: on this screen only, and part of undo. Works on read-only images too. */
export class ViewActions {
  readonly #state: EditorState;

  constructor(state: EditorState) {
    this.#state = state;
  }

  hideObjects(ids: readonly string[], hidden: boolean): void {
    this.#change(hidden ? 'Hide' : 'Show', (v) => ({ ...v, hiddenObjects: toggled(v.hiddenObjects, ids, hidden) }));
    if (hidden) this.#state.select(this.#state.selection.value.filter((id) => !ids.includes(id)));
  }

  lockObjects(ids: readonly string[], locked: boolean): void {
    const label = locked ? 'Lock' : 'Unlock';
    this.#change(label, (v) => ({ ...v, lockedObjects: toggled(v.lockedObjects, ids, locked) }));
  }

  hideClass(classId: string, hidden: boolean): void {
    const label = hidden ? 'Hide class' : 'Show class';
    this.#change(label, (v) => ({ ...v, hiddenClasses: toggled(v.hiddenClasses, [classId], hidden) }));
  }

  lockClass(classId: string, locked: boolean): void {
    const label = locked ? 'Lock class' : 'Unlock class';
    this.#change(label, (v) => ({ ...v, lockedClasses: toggled(v.lockedClasses, [classId], locked) }));
  }

  /** Shows all that is hidden or put aside by "hide others". */
  showAll(): void {
    const { hiddenObjects, hiddenClasses } = everythingVisible;
    this.#change('Show all', (v) =>
      v.hiddenObjects.size + v.hiddenClasses.size === 0 ? v : { ...v, hiddenObjects, hiddenClasses },
    );
    this.isolate(null);
  }

  /** Hides all other objects; null shows them again. Not part of undo. */
  isolate(ids: readonly string[] | null): void {
    this.#state.view.update((view) => ({ ...view, isolated: ids === null ? null : new Set(ids) }));
  }

  #change(label: string, change: (visibility: Visibility) => Visibility): void {
    const store = this.#state.session?.store;
    store?.transact('user', (transaction) => transaction.setVisibility(change(store.visibility)), { label });
  }
}

function toggled(set: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}
