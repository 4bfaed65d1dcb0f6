/**
 * Holds requests that met a 401 while the person signs in again, so that no form and no stroke is lost: `wait()` asks,
 * the sign-in dialog answers with `open()` or `giveUp()`.
 */
export class SignInGate {
  private waiting: { promise: Promise<boolean>; resolve: (signedIn: boolean) => void } | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Whether somebody waits for a sign-in right now. */
  readonly isClosed = (): boolean => this.waiting !== null;

  /** True when the request should be tried again. */
  wait(): Promise<boolean> {
    if (this.waiting === null) {
      let resolve: (signedIn: boolean) => void = () => {};
      const promise = new Promise<boolean>((done) => {
        resolve = done;
      });
      this.waiting = { promise, resolve };
      this.notify();
    }
    return this.waiting.promise;
  }

  open(): void {
    this.settle(true);
  }

  giveUp(): void {
    this.settle(false);
  }

  private settle(signedIn: boolean): void {
    this.waiting?.resolve(signedIn);
    this.waiting = null;
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

export const signInGate = new SignInGate();
