import type { ChangeAnswer, ChangeSet, EditorRecord, SetDelta, SyncPort, WireAnnotationSet } from '@plumbline/editor';

const untouched = { outcome: 'unlabelled', outcomeReason: null, outcomeRevision: 0 } as const;

/** A server that takes everything and keeps nothing: what is drawn lasts as long as the page. */
export class PracticePort implements SyncPort {
  readonly #startOf: (setId: string) => readonly EditorRecord[];
  #revision = 1;

  /** `startOf` tells what a set has when it is opened. */
  constructor(startOf: (setId: string) => readonly EditorRecord[]) {
    this.#startOf = startOf;
  }

  async load(setId: string): Promise<ArrayBuffer> {
    const set: WireAnnotationSet = {
      ...untouched,
      ...{ id: setId, imageId: setId, projectId: 'practice', source: 'working', revision: 1, tiles: [] },
      annotations: this.#startOf(setId).map((record) => ({ ...record, revision: 1 })),
    };
    return new TextEncoder().encode(JSON.stringify(set)).buffer;
  }

  async send(_: string, { changes }: ChangeSet): Promise<ChangeAnswer> {
    const revision = ++this.#revision;
    return { revision, results: changes.map(() => ({ status: 'applied', id: null, revision })) };
  }

  async since(): Promise<SetDelta> {
    return { ...untouched, revision: this.#revision, changed: [], deleted: [], tiles: [] };
  }

  subscribe(): () => void {
    return () => {};
  }
}
