import type { PendingChange } from './pending.ts';
import type { ChangeSet } from './port.ts';
import type { Settled } from './settled.ts';
import type { Conflict } from './status.ts';

/** `[server, user, set, tab, kind, id]` */
export type JournalKey = readonly [string, string, string, string, EntryKind, string];
type EntryKind = 'waiting' | 'sending' | 'rejected' | 'conflict';

export type RejectedChange = PendingChange & { readonly rule: string; readonly message: string };
export type JournalValue = PendingChange | ChangeSet | RejectedChange | Conflict;
export type JournalEntry = { readonly key: JournalKey; readonly value: JournalValue };

/** Durable entries, sorted by key. Each call is one atomic transaction. */
export interface JournalStorage {
  /** Entries whose key begins like this, in the order of keys. */
  list(server: string, user: string): Promise<readonly JournalEntry[]>;
  /** Deletes, then puts; tells which of the deleted keys were there. */
  write(puts: readonly JournalEntry[], deletes: readonly JournalKey[]): Promise<readonly JournalKey[]>;
}

/** What a set still had to send, or to have decided, when its tab was closed or reloaded. */
export type Recovered = {
  readonly waiting: readonly PendingChange[];
  readonly sending: readonly ChangeSet[];
  readonly rejected: readonly RejectedChange[];
  readonly conflict: readonly Conflict[];
};

/** The unsent work of one person on one server in one tab, written before it is sent. */
export class Journal {
  readonly #storage: JournalStorage;
  readonly #server: string;
  readonly #user: string;
  readonly #tab: string;

  constructor(storage: JournalStorage, server: string, user: string, tab: string) {
    this.#storage = storage;
    this.#server = server;
    this.#user = user;
    this.#tab = tab;
  }

  /** Takes over what tabs that are gone have left behind, by set. */
  async recover(livingTabs: () => Promise<ReadonlySet<string>>): Promise<ReadonlyMap<string, Recovered>> {
    const entries = await this.#storage.list(this.#server, this.#user);
    if (entries.length === 0) return new Map();
    const living = await livingTabs();
    const orphans = entries.filter(({ key }) => key[3] !== this.#tab && !living.has(key[3]));
    const adopted = orphans.map(({ key, value }) => ({ key: this.#key(key[2], key[4], key[5]), value }));
    const own = orphans.map(({ key }) => key);
    const present = new Set((await this.#storage.write(adopted, own)).map(String));
    const takenByOthers = adopted.filter((_, i) => !present.has(String(own[i]))).map(({ key }) => key);
    if (takenByOthers.length > 0) await this.#storage.write([], takenByOthers);
    const bySet = new Map<string, Recovered>();
    for (const { key, value } of orphans) {
      if (!present.has(String(key))) continue;
      const found = bySet.get(key[2]) ?? { waiting: [], sending: [], rejected: [], conflict: [] };
      bySet.set(key[2], found);
      (found[key[4]] as JournalValue[]).push(value);
    }
    return bySet;
  }

  async keepWaiting(setId: string, changes: readonly PendingChange[], dropped: readonly string[]): Promise<void> {
    await this.#storage.write(
      changes.map((value) => ({ key: this.#key(setId, 'waiting', value.id), value })),
      [
        ...dropped.map((id) => this.#key(setId, 'waiting', id)),
        ...[...changes.map((c) => c.id), ...dropped].map((id) => this.#key(setId, 'rejected', id)),
      ],
    );
  }

  /** Turns waiting changes into the change set that is about to be sent. Tells which ids were still waiting here. */
  async startSending(setId: string, changeSet: ChangeSet, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const present = await this.#storage.write(
      [{ key: this.#key(setId, 'sending', changeSet.changeSetId), value: changeSet }],
      ids.map((id) => this.#key(setId, 'waiting', id)),
    );
    return new Set(present.map((key) => key[5]));
  }

  /** The change set was answered; what was refused of it, or has to be decided, is kept aside. */
  async finishSending(
    setId: string,
    changeSetId: string,
    { rejected, conflicts, yielded }: Pick<Settled, 'rejected' | 'conflicts' | 'yielded'>,
  ): Promise<void> {
    const overtaken = [...conflicts.map(({ id }) => id), ...yielded];
    await this.#storage.write(
      [
        ...rejected.map((value) => ({ key: this.#key(setId, 'rejected', value.id), value })),
        ...conflicts.map((value) => ({ key: this.#key(setId, 'conflict', value.id), value })),
      ],
      [this.#key(setId, 'sending', changeSetId), ...overtaken.map((id) => this.#key(setId, 'waiting', id))],
    );
  }

  async dropRejected(setId: string, id: string): Promise<void> {
    await this.#storage.write([], [this.#key(setId, 'rejected', id)]);
  }

  async dropConflict(setId: string, id: string): Promise<void> {
    await this.#storage.write([], [this.#key(setId, 'conflict', id)]);
  }

  #key(setId: string, kind: EntryKind, id: string): JournalKey {
    return [this.#server, this.#user, setId, this.#tab, kind, id];
  }
}
