import type { Observable } from '@plumbline/editor';
import { useCallback, useRef, useSyncExternalStore } from 'react';

/** Follows an observable of the editor. */
export function useObserved<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, () => observable.value);
}

/** Follows one part of an observable: draws again only when that part is another one by `Object.is`. */
export function useSelected<T, U>(observable: Observable<T>, select: (value: T) => U): U {
  const latest = useRef<{ readonly of: T; readonly with: (value: T) => U; readonly result: U } | null>(null);
  const snapshot = useCallback(() => {
    const { value } = observable;
    const kept = latest.current;
    if (kept !== null && kept.of === value && kept.with === select) return kept.result;
    const result = select(value);
    latest.current = { of: value, with: select, result };
    return result;
  }, [observable, select]);
  return useSyncExternalStore(observable.subscribe, snapshot);
}
