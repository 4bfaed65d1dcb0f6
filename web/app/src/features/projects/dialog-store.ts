export type ProjectDialog = 'import' | 'server-folder' | 'export';

/** Which dialog of the project is open; pages, menus and commands all open the same ones. */
class DialogStore {
  private open: ProjectDialog | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): ProjectDialog | null => this.open;

  set(dialog: ProjectDialog | null): void {
    this.open = dialog;
    for (const listener of this.listeners) listener();
  }
}

export const dialogStore = new DialogStore();
export const openProjectDialog = (dialog: ProjectDialog): void => dialogStore.set(dialog);
export const closeProjectDialog = (): void => dialogStore.set(null);
