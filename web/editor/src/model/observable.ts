/**
 * A value that can be watched. `subscribe` is bound, so that it can be handed to
 * `useSyncExternalStore(o.subscribe, () => o.value)` as it is.
 */
export interface Observable<T> {
  readonly value: T;
  readonly subscribe: (listener: () => void) => () => void;
}

/** The writable side of an `Observable`. Setting an identical value tells nobody. */
export class Cell<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
