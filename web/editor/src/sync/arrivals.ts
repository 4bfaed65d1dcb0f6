import type { PendingChange, ServerValue } from './pending.ts';

/** What came of a set of which only a part is here. */
export type Arrivals = {
  /** To be shown. */
  readonly taken: readonly PendingChange[];
  /** Ids of what stays as it is here: changed here, or newer. */
  readonly kept: readonly string[];
  /** Of what was changed here: what the server has now. */
  readonly newer: readonly PendingChange[];
};

/** Sorts records by what is known of them: `local` are changed here, `seen` are revisions that are here. */
export function sortArrivals(
  records: readonly PendingChange[],
  local: ReadonlyMap<string, unknown>,
  seen: ReadonlyMap<string, number>,
  server: ReadonlyMap<string, ServerValue>,
): Arrivals {
  const here = ({ id }: PendingChange) => seen.get(id) ?? 0;
  const changed = records.filter(({ id }) => local.has(id));
  const others = records.filter(({ id }) => !local.has(id));
  return {
    taken: others.filter((record) => record.revision > here(record)),
    kept: [...changed, ...others.filter((record) => record.revision < here(record))].map(({ id }) => id),
    newer: changed.filter(({ id, revision }) => revision > (server.get(id)?.revision ?? 0)),
  };
}
