import type { Icon } from '@tabler/icons-react';
import { useEffect } from 'react';

export interface Command {
  readonly id: string;
  readonly label: string;
  /** Second line or right-hand text: where it leads, whose it is. */
  readonly hint?: string;
  /** As a tooltip would show it, such as `Ctrl+K`. */
  readonly keys?: string;
  readonly group: string;
  readonly icon?: Icon;
  readonly run: () => void;
}

/** Commands that pages offer while they are shown, and whether the palette is open. */
class CommandStore {
  private readonly offers = new Map<symbol, readonly Command[]>();
  private all: readonly Command[] = [];
  private open = false;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly commands = (): readonly Command[] => this.all;
  readonly isOpen = (): boolean => this.open;

  setOpen(open: boolean): void {
    this.open = open;
    this.notify();
  }

  offer(commands: readonly Command[]): () => void {
    const key = Symbol('offer');
    this.offers.set(key, commands);
    this.collect();
    return () => {
      this.offers.delete(key);
      this.collect();
    };
  }

  private collect(): void {
    this.all = [...this.offers.values()].flat();
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

export const commandStore = new CommandStore();
export const openPalette = (): void => commandStore.setOpen(true);

/** Puts commands into the palette while the component is mounted. Pass a stable (memoised) list. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => commandStore.offer(commands), [commands]);
}
