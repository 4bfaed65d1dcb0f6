import type { EditorRecord, OutcomeState } from '../model/annotation.ts';
import type { Person } from './port.ts';

/** What the save indicator shows. `count` = changed objects not yet acknowledged, over all images of this page. */
export type SaveStatus =
  /** Everything is on the server; `at` = Unix ms of the last acknowledgement, null when nothing was sent yet. */
  | { readonly kind: 'saved'; readonly at: number | null }
  | { readonly kind: 'unsaved'; readonly count: number }
  | { readonly kind: 'offline'; readonly count: number; readonly retryAt: number }
  | { readonly kind: 'signInNeeded'; readonly count: number }
  /** `browser`: the journal cannot grow, unsent work lives only in memory. `server`: its disk is full. */
  | { readonly kind: 'machineFull'; readonly where: 'browser' | 'server'; readonly count: number }
  /** All is on the server but what somebody else changed too: the person has to choose. Their versions are safe in the journal. */
  | { readonly kind: 'undecided'; readonly conflicts: number }
  /** The server refuses changes; `message` is set when it refused a request as a whole. */
  | { readonly kind: 'blocked'; readonly count: number; readonly message: string | null };

/** Two people changed one object. The store shows theirs until the person decides. `null` = deleted. */
export type Conflict = {
  readonly setId: string;
  /** The annotation's id; `@outcome` for the image's outcome. */
  readonly id: string;
  readonly mine: EditorRecord | OutcomeState | null;
  readonly theirs: EditorRecord | OutcomeState | null;
  readonly by: Person | null;
};

/** A change that a rule of the server refused. The object stays as drawn and is marked, until it is changed or discarded. */
export type Rejection = {
  readonly setId: string;
  readonly id: string;
  readonly rule: string;
  readonly message: string;
};
