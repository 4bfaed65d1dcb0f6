export type ToastTone = 'info' | 'good' | 'bad';
export interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly title: string;
  readonly message?: string;
  /** One thing to do about it, such as undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

const lifeMs = { info: 5_000, good: 4_000, bad: 12_000 };

class ToastStore {
  private toasts: readonly Toast[] = [];
  private lastId = 0;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): readonly Toast[] => this.toasts;

  show(toast: Omit<Toast, 'id'>): void {
    const shown = { ...toast, id: ++this.lastId };
    // Said again, it is one thing said.
    const others = this.toasts.filter(({ title, message }) => title !== toast.title || message !== toast.message);
    this.set([...others.slice(-3), shown]);
    setTimeout(() => this.dismiss(shown.id), lifeMs[toast.tone] + (toast.action === undefined ? 0 : 4_000));
  }

  readonly dismiss = (id: number): void => this.set(this.toasts.filter((toast) => toast.id !== id));

  private set(toasts: readonly Toast[]): void {
    this.toasts = toasts;
    for (const listener of this.listeners) listener();
  }
}

export const toastStore = new ToastStore();

/** Says something at the foot of the page for a few seconds. */
export const toast = (shown: Omit<Toast, 'id'>): void => toastStore.show(shown);
