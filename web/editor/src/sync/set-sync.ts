import { type EditorRecord, toRecord, toTile, untouchedOutcome, type WireLabelTile } from '../model/annotation.ts';
import type { AnnotationStore } from '../store/annotation-store.ts';
import { outcomeId, type StoredChange } from '../store/changes.ts';
import { type Arrivals, sortArrivals } from './arrivals.ts';
import type { RejectedChange } from './journal.ts';
import {
  decidable,
  fromChange,
  isOutcome,
  isTile,
  type PendingChange,
  recordsOf,
  type ServerValue,
  type SyncValue,
  storedChanges,
  toChange,
} from './pending.ts';
import type { ChangeAnswer, ChangeSet, Person, SetDelta } from './port.ts';
import type { Settled } from './settled.ts';
import type { Conflict } from './status.ts';

/** At most this many changes go in one change set. */
const largestChangeSet = 1000;

/**
 * What is known of one annotation set on the server, and what this page has changed of it since.
 * Pure bookkeeping: sends nothing itself. An object with unsent local changes is never overwritten by a remote one;
 * its change is sent with the revision that the person saw, so that the server tells the conflict.
 */
export class SetSync {
  readonly setId: string;
  /** All remote changes up to here are merged; null until loaded. */
  revision: number | null = null;
  store: AnnotationStore | null = null;
  /** The server has changes that are not merged yet. */
  stale = false;
  /** Why the server takes nothing for this set; null = it does. */
  blocked: string | null = null;
  /** Only a part of the set is here: whether a record that is not belongs to it. Null = all of the set is here. */
  belongs: ((record: EditorRecord) => boolean) | null = null;
  readonly waiting = new Map<string, PendingChange>();
  /** Sent, or about to be sent again, unchanged, until answered; the first one is in flight. */
  readonly sending: ChangeSet[] = [];
  readonly rejected = new Map<string, RejectedChange>();
  readonly conflicts = new Map<string, Conflict>();
  /** Revision last seen of each record, tombstones too. */
  readonly #seen = new Map<string, number>();
  /** The server's newest state of records that differ locally. */
  readonly #server = new Map<string, ServerValue>();

  constructor(setId: string) {
    this.setId = setId;
  }

  /** Number of changed records that are not acknowledged. */
  get unsent(): number {
    return this.#unsentIds().size;
  }

  /** A set came from the server: what differs locally is put over it. Returns the values to show for these. */
  loaded(
    revision: number,
    revisions: ReadonlyMap<string, number>,
    stored: (id: string) => SyncValue,
  ): ReadonlyMap<string, SyncValue> {
    this.revision = revision;
    const local = this.#localValues();
    // Of a part nothing is known about what has not come with it.
    const isTold = (id: string) => this.belongs === null || revisions.has(id);
    for (const id of local.keys()) {
      if (isTold(id)) this.#server.set(id, { value: stored(id), revision: revisions.get(id) ?? 0 });
    }
    for (const [id, conflict] of this.conflicts) {
      if (isTold(id)) this.conflicts.set(id, { ...conflict, theirs: decidable(stored(id)) });
    }
    if (this.belongs !== null)
      this.forget([...this.#seen.keys()].filter((id) => !local.has(id) && !this.conflicts.has(id)));
    for (const [id, seen] of revisions) if (!local.has(id)) this.#seen.set(id, seen);
    return local;
  }

  /** Takes over what an earlier page left behind. */
  recovered(
    waiting: readonly PendingChange[],
    sending: readonly ChangeSet[],
    rejected: readonly RejectedChange[],
    conflicts: readonly Conflict[],
  ): void {
    for (const conflict of conflicts) this.conflicts.set(conflict.id, conflict);
    for (const changeSet of sending) {
      this.sending.push(changeSet);
      for (const { id, revision } of changeSet.changes.map(fromChange)) this.#seen.set(id, revision);
    }
    for (const change of rejected) {
      this.rejected.set(change.id, change);
      this.#seen.set(change.id, change.revision);
    }
    for (const change of waiting) {
      this.waiting.set(change.id, change);
      this.#seen.set(change.id, change.revision);
    }
  }

  /** Notes local changes; returns which are waiting now, and which waiting ones are not needed any more. */
  changed(changes: readonly StoredChange[]): { waiting: readonly PendingChange[]; dropped: readonly string[] } {
    const waiting: PendingChange[] = [];
    const dropped: string[] = [];
    const sending = this.#sendingIds();
    for (const change of changes) {
      if (change.kind === 'visibility') continue;
      const id = change.kind === 'outcome' ? outcomeId : change.id;
      const revision = this.#seen.get(id) ?? 0;
      if (!this.waiting.has(id) && !sending.has(id) && !this.rejected.has(id)) {
        this.#server.set(id, { value: change.before, revision });
      }
      this.rejected.delete(id);
      const neverSent = change.after === null && revision === 0 && !sending.has(id);
      if (neverSent) {
        this.waiting.delete(id);
        this.#server.delete(id);
        dropped.push(id);
      } else {
        const pending = { id, value: change.after, revision };
        this.waiting.set(id, pending);
        waiting.push(pending);
      }
    }
    return { waiting, dropped };
  }

  /** Moves waiting changes into a new change set: those of objects before those of the label map. */
  prepare(changeSetId: string, clientId: string): ChangeSet {
    const all = [...this.waiting.values()];
    const objects = all.filter(({ value }) => !isTile(value));
    // The label map gives up a mask's pixels only after the server has them as the mask's own.
    const changes = (objects.length > 0 ? objects : all).slice(0, largestChangeSet);
    for (const { id } of changes) this.waiting.delete(id);
    const changeSet: ChangeSet = {
      changeSetId,
      clientId,
      baseRevision: this.revision ?? 0,
      changes: changes.map((change) => toChange({ ...change, revision: this.#seen.get(change.id) ?? change.revision })),
    };
    this.sending.push(changeSet);
    return changeSet;
  }

  /** Handles the answer to the first change set of `sending`. */
  answered(answer: ChangeAnswer): Settled {
    const changeSet = this.sending.shift();
    const acknowledged: PendingChange[] = [];
    const rejected: RejectedChange[] = [];
    const conflicts: Conflict[] = [];
    const yielded: string[] = [];
    const remote: StoredChange[] = [];
    const stillSending = this.#sendingIds();
    changeSet?.changes.forEach((change, i) => {
      const pending = fromChange(change);
      const result = answer.results[i];
      if (result === undefined) throw new Error('The server answered fewer changes than were sent.');
      if (result.status === 'applied') {
        acknowledged.push({ ...pending, revision: result.revision });
        if (stillSending.has(pending.id)) this.#seen.set(pending.id, result.revision);
        else this.#acknowledge(pending.id, result.revision, remote);
      } else if (isTile(pending.value)) {
        this.#yield(pending.id, result.status === 'conflict' ? (result.tile ?? null) : null, remote);
        yielded.push(pending.id);
      } else if (result.status === 'refused') {
        if (this.waiting.has(pending.id)) return;
        const refused = { ...pending, rule: result.rule, message: result.message };
        this.rejected.set(pending.id, refused);
        rejected.push(refused);
        yielded.push(...this.#yieldTilesOf(pending.id, remote));
      } else {
        const theirs = { value: result.current === null ? null : toRecord(result.current), revision: result.revision };
        conflicts.push(this.#conflict(pending, theirs, result.by, remote));
        yielded.push(...this.#yieldTilesOf(pending.id, remote));
      }
    });
    this.store?.apply('remote', remote);
    const isOurs = acknowledged.some(({ revision }) => revision === answer.revision);
    if (isOurs && this.revision !== null && answer.revision === this.revision + 1) this.revision = answer.revision;
    return { acknowledged, rejected, conflicts, yielded };
  }

  /** Merges what happened on the server since `revision`. */
  merge(delta: SetDelta): void {
    this.mergeRecords(recordsOf(delta));
    this.revision = Math.max(this.revision ?? 0, delta.revision);
  }

  mergeRecords(records: readonly PendingChange[]): void {
    const remote: StoredChange[] = [];
    const local = this.#localValues();
    for (const { id, value, revision } of records) {
      if (local.has(id)) {
        if (revision > (this.#server.get(id)?.revision ?? 0)) this.#server.set(id, { value, revision });
      } else if (revision > (this.#seen.get(id) ?? 0) && this.#concerns(id, value)) {
        this.#seen.set(id, revision);
        remote.push(...this.#changes(id, value));
        const conflict = this.conflicts.get(id);
        if (conflict !== undefined) this.conflicts.set(id, { ...conflict, theirs: decidable(value) });
      }
    }
    this.store?.apply('remote', remote);
  }

  /**
   * More of a set came of which only a part is here. Returns the records to show, and the ids of those that stay as they
   * are here because they were changed here, or are newer.
   */
  arrived(records: readonly PendingChange[]): Arrivals {
    const sorted = sortArrivals(records, this.#localValues(), this.#seen, this.#server);
    for (const { id, value, revision } of sorted.taken) {
      this.#seen.set(id, revision);
      const conflict = this.conflicts.get(id);
      if (conflict !== undefined) this.conflicts.set(id, { ...conflict, theirs: decidable(value) });
    }
    for (const { id, value, revision } of sorted.newer) this.#server.set(id, { value, revision });
    return sorted;
  }

  /** Records that are not here any more: they come again with a part of the set. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#seen.delete(id);
  }

  /** Ids of what must stay here: changed and not acknowledged, refused, or to be decided. */
  get undone(): ReadonlySet<string> {
    return new Set([...this.#localValues().keys(), ...this.conflicts.keys()]);
  }

  /** Gives up a refused change: the object becomes what the server has. */
  discard(id: string): void {
    if (!this.rejected.delete(id)) return;
    const server = this.#server.get(id) ?? { value: null, revision: 0 };
    this.#server.delete(id);
    this.#seen.set(id, server.revision);
    this.store?.apply('remote', this.#changes(id, server.value));
  }

  /** Changes that another tab has taken over are not sent from here. */
  notHere(changeSet: ChangeSet, present: ReadonlySet<string>): ChangeSet {
    const kept = { ...changeSet, changes: changeSet.changes.filter((change) => present.has(fromChange(change).id)) };
    this.sending[this.sending.indexOf(changeSet)] = kept;
    return kept;
  }

  #acknowledge(id: string, revision: number, remote: StoredChange[]): void {
    this.#seen.set(id, revision);
    const server = this.#server.get(id);
    if (this.waiting.has(id) || this.rejected.has(id)) return;
    this.#server.delete(id);
    if (server === undefined || server.revision <= revision) return;
    this.#seen.set(id, server.revision);
    remote.push(...this.#changes(id, server.value));
  }

  /**
   * A tile whose change was not taken stays as the server has it. All that is ever changed here is that masks are taken out
   * of it, and their pixels are their own then: nothing that anybody painted is lost, and there is nothing to decide.
   */
  #yield(id: string, told: WireLabelTile | null, remote: StoredChange[]): void {
    const known = this.#server.get(id);
    const newer = told !== null && told.revision > (known?.revision ?? 0);
    const current = newer ? { value: toTile(told), revision: told.revision } : known;
    this.waiting.delete(id);
    this.#server.delete(id);
    if (current === undefined) return;
    this.#seen.set(id, current.revision);
    remote.push(...this.#changes(id, current.value));
  }

  /** A mask did not become what the person made it: the label map keeps its pixels. */
  #yieldTilesOf(maskId: string, remote: StoredChange[]): readonly string[] {
    const tiles = [...this.waiting.values()].flatMap(({ id, value }) => {
      const server = this.#server.get(id)?.value ?? null;
      return isTile(value) && isTile(server) && server.segments.includes(maskId) ? [id] : [];
    });
    for (const id of tiles) this.#yield(id, null, remote);
    return tiles;
  }

  #conflict(pending: PendingChange, current: ServerValue, by: Person | null, remote: StoredChange[]): Conflict {
    const { id } = pending;
    const known = this.#server.get(id);
    const isUnknownOutcome = id === outcomeId && current.value === null;
    const theirs = known !== undefined && (isUnknownOutcome || known.revision > current.revision) ? known : current;
    const mine = decidable((this.waiting.get(id) ?? pending).value);
    this.waiting.delete(id);
    this.#server.delete(id);
    this.#seen.set(id, theirs.revision);
    const conflict: Conflict = { setId: this.setId, id, mine, theirs: decidable(theirs.value), by };
    this.conflicts.set(id, conflict);
    remote.push(...this.#changes(id, theirs.value));
    return conflict;
  }

  /** Whether what the server has under an id is, or should be, here. */
  #concerns(id: string, value: SyncValue): boolean {
    if (this.belongs === null || value === null || isOutcome(value) || isTile(value)) return true;
    return this.#seen.has(id) || this.conflicts.has(id) || this.belongs(value);
  }

  #changes(id: string, value: SyncValue): readonly StoredChange[] {
    return storedChanges(id, value, this.store?.outcome ?? untouchedOutcome);
  }

  /** The newest local value of each record that differs from the server's. */
  #localValues(): Map<string, SyncValue> {
    const values = new Map<string, SyncValue>();
    for (const [id, change] of this.rejected) values.set(id, change.value);
    for (const changeSet of this.sending) {
      for (const change of changeSet.changes) values.set(fromChange(change).id, fromChange(change).value);
    }
    for (const [id, change] of this.waiting) values.set(id, change.value);
    return values;
  }

  #sendingIds(): Set<string> {
    return new Set(this.sending.flatMap((changeSet) => changeSet.changes.map((change) => fromChange(change).id)));
  }

  #unsentIds(): Set<string> {
    return new Set([...this.waiting.keys(), ...this.#sendingIds()]);
  }
}
