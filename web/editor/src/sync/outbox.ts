import { newId } from '../model/ids.ts';
import { Cell, type Observable } from '../model/observable.ts';
import type { StoredChange } from '../store/changes.ts';
import { keepEqual } from '../store/equality.ts';
import type { Journal } from './journal.ts';
import { fromChange, type PendingChange } from './pending.ts';
import { type ChangeSet, SyncError, type SyncFailure, type SyncPort } from './port.ts';
import { SetSync } from './set-sync.ts';
import type { Conflict, Rejection, SaveStatus } from './status.ts';
import type { Tabs } from './tabs.ts';

const firstRetry = 1000;
const longestRetry = 30_000;

export type OutboxOptions = {
  readonly port: SyncPort;
  readonly journal: Journal;
  readonly tabs: Pick<Tabs, 'living' | 'tell'>;
  readonly clientId: string;
};

/**
 * Brings local changes to the server: journal first, then one change set at a time, the same one again until it is
 * answered. Works on all sets of this page, also those whose image was left.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sets = new Map<string, SetSync>();
  readonly #status = new Cell<SaveStatus>({ kind: 'saved', at: null });
  readonly #conflicts = new Cell<readonly Conflict[]>([]);
  readonly #rejections = new Cell<readonly Rejection[]>([]);
  /** Settles when everything that was to be journaled has been. */
  #journaled: Promise<void> = Promise.resolve();
  #journalFull = false;
  /** Once a write has failed, a missing entry does not mean that another tab took it. */
  #journalHasFailed = false;
  #busy = false;
  #failure: SyncFailure | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #retryDelay = firstRetry;
  #retryAt = 0;
  #savedAt: number | null = null;
  #disposed = false;
  readonly recovered: Promise<void>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.recovered = this.#recover();
  }

  get status(): Observable<SaveStatus> {
    return this.#status;
  }

  get conflicts(): Observable<readonly Conflict[]> {
    return this.#conflicts;
  }

  get rejections(): Observable<readonly Rejection[]> {
    return this.#rejections;
  }

  setOf(setId: string): SetSync {
    let set = this.#sets.get(setId);
    if (set === undefined) {
      set = new SetSync(setId);
      this.#sets.set(setId, set);
    }
    return set;
  }

  /** A set came from the server; see `SetSync.loaded`. */
  loaded(setId: string, ...loaded: Parameters<SetSync['loaded']>): ReturnType<SetSync['loaded']> {
    const local = this.setOf(setId).loaded(...loaded);
    this.#announce();
    return local;
  }

  /** Takes local changes in: journals them and sends them as soon as it can. */
  push(setId: string, changes: readonly StoredChange[]): void {
    const set = this.setOf(setId);
    const { waiting, dropped } = set.changed(changes);
    if (waiting.length + dropped.length > 0) {
      this.#journal(() => this.#options.journal.keepWaiting(setId, waiting, dropped));
    }
    this.#announce();
    void this.#pump();
  }

  /** Something changed on the server: asks what, between two sendings. */
  refresh(setId: string): void {
    this.setOf(setId).stale = true;
    void this.#pump();
  }

  mergeRecords(setId: string, records: readonly PendingChange[]): void {
    const set = this.#sets.get(setId);
    if (set === undefined || set.revision === null) return;
    set.mergeRecords(records);
    this.#announce();
  }

  /** More of a set came; see `SetSync.arrived`. */
  arrived(setId: string, records: readonly PendingChange[]): ReturnType<SetSync['arrived']> {
    const arrived = this.setOf(setId).arrived(records);
    this.#announce();
    return arrived;
  }

  resolved(setId: string, id: string): Conflict | undefined {
    const conflict = this.#sets.get(setId)?.conflicts.get(id);
    this.#sets.get(setId)?.conflicts.delete(id);
    this.#journal(() => this.#options.journal.dropConflict(setId, id));
    this.#announce();
    return conflict;
  }

  discardRejection(setId: string, id: string): void {
    this.setOf(setId).discard(id);
    this.#journal(() => this.#options.journal.dropRejected(setId, id));
    this.#announce();
  }

  /** Tries again now, whatever the failure was. */
  retry(): void {
    for (const set of this.#sets.values()) set.blocked = null;
    this.#failure = null;
    this.#retryDelay = firstRetry;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    this.#announce();
    void this.#pump();
  }

  /** Resolves when nothing is unsent. */
  whenSent(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.#unsent() > 0) return;
        stop();
        resolve();
      };
      const stop = this.#status.subscribe(check);
      check();
    });
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
  }

  async #recover(): Promise<void> {
    const { journal, tabs } = this.#options;
    try {
      for (const [setId, left] of await journal.recover(() => tabs.living())) {
        this.setOf(setId).recovered(left.waiting, left.sending, left.rejected, left.conflict);
      }
    } catch {
      // No journal in this browser: shown by the status, work goes on in memory.
      this.#setJournalFull(true);
    }
    this.#announce();
    void this.#pump();
  }

  #journal(write: () => Promise<void>): void {
    this.#journaled = this.#journaled.then(write).then(
      () => this.#setJournalFull(false),
      () => this.#setJournalFull(true),
    );
  }

  async #allJournaled(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.#journaled; ) {
      seen = this.#journaled;
      await seen;
    }
  }

  #setJournalFull(full: boolean): void {
    this.#journalHasFailed ||= full;
    if (this.#journalFull === full) return;
    this.#journalFull = full;
    this.#announce();
  }

  async #pump(): Promise<void> {
    if (this.#busy || this.#disposed || this.#failure !== null) return;
    this.#busy = true;
    try {
      await this.recovered;
      for (let set = this.#next(); set !== undefined && !this.#disposed; set = this.#next()) await this.#step(set);
      this.#retryDelay = firstRetry;
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = false;
      this.#announce();
    }
  }

  #next(): SetSync | undefined {
    for (const set of this.#sets.values()) {
      if (set.blocked === null && (set.unsent > 0 || set.stale)) return set;
    }
    return undefined;
  }

  async #step(set: SetSync): Promise<void> {
    try {
      await (set.unsent > 0 ? this.#send(set) : this.#merge(set));
    } catch (error) {
      if (!(error instanceof SyncError) || error.failure !== 'rejected') throw error;
      set.blocked = error.message;
    }
  }

  async #merge(set: SetSync): Promise<void> {
    set.stale = false;
    if (set.revision === null) return;
    try {
      set.merge(await this.#options.port.since(set.setId, set.revision));
    } catch (error) {
      set.stale = true;
      throw error;
    }
    this.#announce();
  }

  async #send(set: SetSync): Promise<void> {
    const changeSet = set.sending[0] ?? (await this.#prepare(set));
    if (changeSet.changes.length === 0) {
      set.sending.shift();
      return;
    }
    const answer = await this.#options.port.send(set.setId, changeSet);
    if (this.#disposed) return;
    const settled = set.answered(answer);
    this.#journal(() => this.#options.journal.finishSending(set.setId, changeSet.changeSetId, settled));
    this.#savedAt = Date.now();
    this.#options.tabs.tell({ setId: set.setId, changes: settled.acknowledged });
    this.#announce();
    if (set.revision !== null && answer.revision > set.revision) set.stale = true;
  }

  /** Makes a change set of what is waiting, and writes it down before it goes. */
  async #prepare(set: SetSync): Promise<ChangeSet> {
    await this.#allJournaled();
    const changeSet = set.prepare(newId(), this.#options.clientId);
    const ids = changeSet.changes.map((change) => fromChange(change).id);
    try {
      const present = await this.#options.journal.startSending(set.setId, changeSet, ids);
      return this.#journalHasFailed ? changeSet : set.notHere(changeSet, present);
    } catch {
      this.#setJournalFull(true);
      return changeSet;
    }
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof SyncError ? error.failure : 'offline';
    if (this.#failure === 'signInNeeded' || this.#disposed) return;
    this.#retryAt = Date.now() + this.#retryDelay;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      this.#failure = null;
      void this.#pump();
    }, this.#retryDelay);
    this.#retryDelay = Math.min(longestRetry, this.#retryDelay * 2);
  }

  #unsent(): number {
    return [...this.#sets.values()].reduce((sum, set) => sum + set.unsent, 0);
  }

  #announce(): void {
    const sets = [...this.#sets.values()];
    this.#conflicts.set(
      keepEqual(
        this.#conflicts.value,
        sets.flatMap((set) => [...set.conflicts.values()]),
      ),
    );
    const rejections = sets.flatMap((set) =>
      [...set.rejected.values()].map(({ id, rule, message }) => ({ setId: set.setId, id, rule, message })),
    );
    this.#rejections.set(keepEqual(this.#rejections.value, rejections));
    this.#status.set(keepEqual(this.#status.value, this.#currentStatus(sets)));
  }

  #currentStatus(sets: readonly SetSync[]): SaveStatus {
    const count = this.#unsent();
    const message = sets.find((set) => set.blocked !== null)?.blocked ?? null;
    if (this.#failure === 'signInNeeded') return { kind: 'signInNeeded', count };
    if (this.#failure === 'serverFull') return { kind: 'machineFull', where: 'server', count };
    if (this.#journalFull && count > 0) return { kind: 'machineFull', where: 'browser', count };
    if (this.#failure !== null) return { kind: 'offline', count, retryAt: this.#retryAt };
    if (message !== null || (count === 0 && this.#rejections.value.length > 0))
      return { kind: 'blocked', count, message };
    if (count > 0) return { kind: 'unsaved', count };
    const open = this.#conflicts.value.length;
    return open > 0 ? { kind: 'undecided', conflicts: open } : { kind: 'saved', at: this.#savedAt };
  }
}
