import { useHotkeys } from '@mantine/hooks';
import { useEffect, useMemo, useReducer } from 'react';
import type { Ontology, OntologyVersion } from '../../api/types.ts';
import { describeChanges, mergeOntologies } from './changes.ts';
import { type DraftAction, newDraft, reduceDraft } from './draft.ts';
import { ontologyProblems } from './problems.ts';

interface VersionedDraft {
  readonly draft: ReturnType<typeof newDraft>;
  /** The version that the draft began with; saving says so to the server. */
  readonly version: OntologyVersion;
}

type VersionedAction =
  | DraftAction
  | { readonly kind: 'follow'; readonly version: OntologyVersion }
  | { readonly kind: 'merge'; readonly version: OntologyVersion };

function reduce(state: VersionedDraft, action: VersionedAction): VersionedDraft {
  switch (action.kind) {
    case 'follow':
      return { draft: newDraft(action.version.ontology), version: action.version };
    case 'merge': {
      const theirs = action.version.ontology;
      const { merged } = mergeOntologies(state.draft.base, state.draft.present, theirs);
      return {
        draft: reduceDraft(state.draft, { kind: 'rebase', base: theirs, merged }),
        version: action.version,
      };
    }
    default: {
      const draft = reduceDraft(state.draft, action);
      return draft === state.draft ? state : { ...state, draft };
    }
  }
}

export type EditOntology = (next: (ontology: Ontology) => Ontology, key?: string) => void;

/** The ontology in hand. A newer version on the server replaces it while nothing is unsaved, and is offered otherwise. */
export function useOntologyDraft(latest: OntologyVersion) {
  const [state, dispatch] = useReducer(reduce, latest, (version) => ({
    draft: newDraft(version.ontology),
    version,
  }));
  const { draft, version } = state;
  const changes = useMemo(() => describeChanges(draft.base, draft.present), [draft.base, draft.present]);
  const unsaved = changes.length > 0;
  const newer = latest.version > version.version ? latest : null;

  useEffect(() => {
    if (newer !== null && !unsaved) dispatch({ kind: 'follow', version: newer });
  }, [newer, unsaved]);

  useHotkeys(
    [
      ['mod+Z', () => dispatch({ kind: 'undo' })],
      ['mod+shift+Z', () => dispatch({ kind: 'redo' })],
    ],
    ['INPUT', 'TEXTAREA'],
  );

  return {
    ontology: draft.present,
    base: draft.base,
    version,
    newer,
    unsaved,
    canUndo: draft.past.length > 0,
    canRedo: draft.future.length > 0,
    changes,
    problems: useMemo(() => ontologyProblems(draft.present), [draft.present]),
    edit: ((next, key) => dispatch({ kind: 'edit', next, ...(key === undefined ? {} : { key }) })) as EditOntology,
    undo: () => dispatch({ kind: 'undo' }),
    redo: () => dispatch({ kind: 'redo' }),
    follow: (next: OntologyVersion) => dispatch({ kind: 'follow', version: next }),
    merge: (next: OntologyVersion) => dispatch({ kind: 'merge', version: next }),
  };
}

export type OntologyDraftHandle = ReturnType<typeof useOntologyDraft>;
