import type { RejectedChange } from './journal.ts';
import type { PendingChange } from './pending.ts';
import type { Conflict } from './status.ts';

/** What came of an answered change set. */
export type Settled = {
  readonly acknowledged: readonly PendingChange[];
  readonly rejected: readonly RejectedChange[];
  /** Local changes that a conflict has put aside: no longer waiting, but for the person to decide. */
  readonly conflicts: readonly Conflict[];
  /** Tiles of the label map that stay as the server has them: no longer waiting. */
  readonly yielded: readonly string[];
};
