import type { ImageBox } from '../geometry/spaces.ts';
import type { Outcome, WireAnnotation, WireLabelTile } from '../model/annotation.ts';

export type Change =
  | { readonly op: 'put'; readonly annotation: WireAnnotation }
  | { readonly op: 'paint'; readonly tile: WireLabelTile }
  | { readonly op: 'delete'; readonly id: string; readonly revision: number }
  | {
      readonly op: 'outcome';
      readonly outcome: Outcome;
      readonly reason: string | null;
      /** The outcome's revision last seen. */
      readonly revision: number;
    };

export type ChangeSet = {
  /** Sent again with the same id and content, the server repeats its first answer. */
  readonly changeSetId: string;
  readonly baseRevision: number;
  readonly clientId: string;
  readonly changes: readonly Change[];
};

export type Person = { readonly id: string; readonly name: string };

export type ChangeResult =
  | { readonly status: 'applied'; readonly id: string | null; readonly revision: number }
  | {
      readonly status: 'conflict';
      readonly id: string | null;
      /** What the server holds now; null = deleted, or a tile. */
      readonly current: WireAnnotation | null;
      /** The tile of the label map that somebody else painted, as it is now. */
      readonly tile?: WireLabelTile | null;
      readonly revision: number;
      readonly by: Person | null;
    }
  | { readonly status: 'refused'; readonly id: string | null; readonly rule: string; readonly message: string };

/** `results` are in the order of the changes sent. */
export type ChangeAnswer = { readonly revision: number; readonly results: readonly ChangeResult[] };

export type SetDelta = {
  readonly revision: number;
  readonly outcome: Outcome;
  readonly outcomeReason: string | null;
  readonly outcomeRevision: number;
  readonly changed: readonly WireAnnotation[];
  readonly deleted: readonly { readonly id: string; readonly revision: number }[];
  readonly tiles: readonly WireLabelTile[];
};

export type SetEvent =
  /** Somebody changed the set; `clientId` tells whether it was this page. */
  | { readonly kind: 'changed'; readonly revision: number; readonly clientId: string | null }
  /** Events may have been missed (reconnected): ask what is new. */
  | { readonly kind: 'resync' };

/** Why a call of the port failed, in the terms that the outbox acts on. */
export type SyncFailure =
  /** No answer, or a server error: tried again by itself. */
  | 'offline'
  /** The session has ended: tried again after `retrySaving()`. */
  | 'signInNeeded'
  /** The server's disk is full: tried again by itself. */
  | 'serverFull'
  /** The server does not take it (no permission, image removed, …): tried again only when the person asks. */
  | 'rejected';

export class SyncError extends Error {
  readonly failure: SyncFailure;

  constructor(failure: SyncFailure, message: string) {
    super(message);
    this.name = 'SyncError';
    this.failure = failure;
  }
}

/** The part of a set that is wanted. */
export type ViewRequest = {
  readonly area: ImageBox;
  /** At most so many annotations: the largest, and a fair sample of the others. */
  readonly limit: number;
  /** A set of no more annotations than this may come whole. */
  readonly wholeUpTo: number;
};

/**
 * How annotation sets come and go; the editor knows no HTTP. Every method rejects with a `SyncError`;
 * any other rejection counts as `offline`.
 */
export interface SyncPort {
  /**
   * The UTF-8 JSON of the annotation set, unparsed: the editor parses it off the main thread. With a view only what it
   * shows, and how much there is; a port that knows no views sends the whole set.
   */
  load(setId: string, signal: AbortSignal, view: ViewRequest | null): Promise<ArrayBuffer>;
  send(setId: string, changeSet: ChangeSet): Promise<ChangeAnswer>;
  /** What changed after `revision`. */
  since(setId: string, revision: number): Promise<SetDelta>;
  /** Live events of one set; returns how to stop. */
  subscribe(setId: string, listener: (event: SetEvent) => void): () => void;
}
