import type { Ontology } from '../../api/types.ts';

/** An ontology being edited: where it began, how it stands, and the way back and forth. */
export interface OntologyDraft {
  readonly base: Ontology;
  readonly present: Ontology;
  readonly past: readonly Ontology[];
  readonly future: readonly Ontology[];
  /** Edits with the same key in a row are one step of undo: typing a name is one edit. */
  readonly lastKey: string | null;
}

export type DraftAction =
  | { readonly kind: 'edit'; readonly next: (ontology: Ontology) => Ontology; readonly key?: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'load'; readonly ontology: Ontology }
  | { readonly kind: 'rebase'; readonly base: Ontology; readonly merged: Ontology };

const STEPS_KEPT = 200;

export function newDraft(ontology: Ontology): OntologyDraft {
  return { base: ontology, present: ontology, past: [], future: [], lastKey: null };
}

export function reduceDraft(draft: OntologyDraft, action: DraftAction): OntologyDraft {
  switch (action.kind) {
    case 'edit': {
      const present = action.next(draft.present);
      if (present === draft.present) return draft;
      const key = action.key ?? null;
      const joins = key !== null && key === draft.lastKey;
      const past = joins ? draft.past : [...draft.past.slice(1 - STEPS_KEPT), draft.present];
      return { ...draft, present, past, future: [], lastKey: key };
    }
    case 'undo': {
      const previous = draft.past.at(-1);
      if (previous === undefined) return draft;
      const future = [draft.present, ...draft.future];
      return { ...draft, present: previous, past: draft.past.slice(0, -1), future, lastKey: null };
    }
    case 'redo': {
      const [next, ...future] = draft.future;
      if (next === undefined) return draft;
      return { ...draft, present: next, past: [...draft.past, draft.present], future, lastKey: null };
    }
    case 'load':
      return newDraft(action.ontology);
    case 'rebase':
      return { base: action.base, present: action.merged, past: [], future: [], lastKey: null };
  }
}
