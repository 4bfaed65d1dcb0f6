import { useCallback, useState } from 'react';

interface Item {
  readonly id: string;
}

/** What stands above the item that was first when the list was first seen is held back. All is shown when that item is gone. */
export function holdBack<T extends Item>(items: readonly T[], firstSeen: string | null): readonly T[] {
  const at = items.findIndex(({ id }) => id === firstSeen);
  return at <= 0 ? items : items.slice(at);
}

/** A list that grows at its head, held still for whoever looks at it: rows must not move away under the pointer. */
export function useHeldBack<T extends Item>(items: readonly T[]) {
  const [firstSeen, setFirstSeen] = useState<string | null>(null);
  const first = items[0]?.id ?? null;
  if (first !== null && !items.some(({ id }) => id === firstSeen)) setFirstSeen(first);
  const shown = holdBack(items, firstSeen);
  return { shown, held: items.length - shown.length, showAll: useCallback(() => setFirstSeen(null), []) };
}
