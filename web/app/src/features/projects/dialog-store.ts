export type ProjectDialog = 'import' | 'server-folder' | 'export';

/** Which dialog of the project is open; pages, menus and commands all open the same ones. */
class DialogStore {
  private open: ProjectDialog | null = null;
  private job: string | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): ProjectDialog | null => this.open;

  /** The job that looked at the dataset to import; null to choose files first. */
  readonly importJob = (): string | null => this.job;

  set(dialog: ProjectDialog | null, importJob: string | null = null): void {
    this.open = dialog;
    this.job = importJob;
    for (const listener of this.listeners) listener();
  }
}

export const dialogStore = new DialogStore();
export const openProjectDialog = (dialog: ProjectDialog, importJob: string | null = null): void =>
  dialogStore.set(dialog, importJob);
export const closeProjectDialog = (): void => dialogStore.set(null);
