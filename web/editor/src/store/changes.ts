import type { EditorRecord, LabelTile, OutcomeState } from '../model/annotation.ts';

/** Where a change came from. History listens to `user`, the outbox to `user`, index and renderer to all. */
export type Origin = 'user' | 'remote' | 'load';

/** What is hidden or locked on this screen. Part of undo, never sent. */
export type Visibility = {
  readonly hiddenObjects: ReadonlySet<string>;
  readonly hiddenClasses: ReadonlySet<string>;
  readonly lockedObjects: ReadonlySet<string>;
  readonly lockedClasses: ReadonlySet<string>;
};

export const everythingVisible: Visibility = {
  hiddenObjects: new Set(),
  hiddenClasses: new Set(),
  lockedObjects: new Set(),
  lockedClasses: new Set(),
};

/** The outcome's place among the ids of annotations. */
export const outcomeId = '@outcome';

export type AnnotationChange = {
  readonly kind: 'annotation';
  readonly id: string;
  /** null = did not exist. */
  readonly before: EditorRecord | null;
  /** null = deleted. */
  readonly after: EditorRecord | null;
};

export type StoreChange =
  | AnnotationChange
  | { readonly kind: 'outcome'; readonly before: OutcomeState; readonly after: OutcomeState }
  | { readonly kind: 'visibility'; readonly before: Visibility; readonly after: Visibility };

/** A tile of the label map was painted; never undone by itself, for masks are shown with its pixels. */
export type TileChange = {
  readonly kind: 'tile';
  readonly id: string;
  /** null = never painted. */
  readonly before: LabelTile | null;
  readonly after: LabelTile;
};

/** A change in the terms of the server: masks with their own pixels, the label map apart. */
export type StoredChange = StoreChange | TileChange;

export function invert(change: StoreChange): StoreChange {
  return { ...change, before: change.after, after: change.before } as StoreChange;
}
