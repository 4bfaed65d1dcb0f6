import { areaOf, boundsOf } from '../src/geometry/outline.ts';
import { boxesOverlap } from '../src/geometry/spaces.ts';
import { tileId } from '../src/masks/label-tile.ts';
import type { Outcome, WireAnnotation, WireAnnotationSet, WireLabelTile } from '../src/model/annotation.ts';
import {
  type Change,
  type ChangeAnswer,
  type ChangeResult,
  type ChangeSet,
  type SetDelta,
  type SetEvent,
  SyncError,
  type SyncFailure,
  type SyncPort,
  type ViewRequest,
} from '../src/sync/port.ts';

type Row = { annotation: WireAnnotation | null; revision: number; by: string };

/** One annotation set with the rules of the wire contract, and a network that can fail before or after the server acted. */
export class FakeServer {
  readonly setId: string;
  revision = 0;
  outcome: { outcome: Outcome; reason: string | null; revision: number } = {
    outcome: 'unlabelled',
    reason: null,
    revision: 0,
  };
  readonly rows = new Map<string, Row>();
  readonly tiles = new Map<string, WireLabelTile>();
  readonly applied: { id: string; by: string; annotation: WireAnnotation | null }[] = [];
  refuse: (annotation: WireAnnotation) => { rule: string; message: string } | null = () => null;
  readonly #answers = new Map<string, { content: string; answer: ChangeAnswer }>();
  readonly #listeners = new Map<(event: SetEvent) => void, string>();
  changeSets = 0;
  /** What was asked for, oldest first. */
  readonly views: (ViewRequest | null)[] = [];

  constructor(setId: string, annotations: readonly WireAnnotation[] = []) {
    this.setId = setId;
    for (const annotation of annotations) {
      this.rows.set(annotation.id, { annotation: { ...annotation, revision: 1 }, revision: 1, by: 'seed' });
      this.revision = 1;
    }
  }

  annotations(): WireAnnotation[] {
    return [...this.rows.values()].flatMap((row) => row.annotation ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  port(person: string, network: Network = new Network()): SyncPort {
    return {
      load: async (_, signal, view) => {
        this.views.push(view);
        const bytes = await network.pass(() => new TextEncoder().encode(JSON.stringify(this.#seen(view))).buffer);
        signal.throwIfAborted();
        return bytes;
      },
      send: async (_, changeSet) => network.pass(() => this.#change(changeSet, person)),
      since: async (_, revision) => network.pass(() => this.#since(revision)),
      subscribe: (_, listener) => {
        this.#listeners.set(listener, person);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  /** A change that no client of this test made. */
  putByOther(annotation: WireAnnotation): void {
    this.revision++;
    const stored = { ...annotation, revision: this.revision };
    this.rows.set(annotation.id, { annotation: stored, revision: this.revision, by: 'other' });
    this.#tell(null);
  }

  /** A deletion that no client of this test made. */
  deleteByOther(id: string): void {
    this.revision++;
    this.rows.set(id, { annotation: null, revision: this.revision, by: 'other' });
    this.#tell(null);
  }

  /** A tile that no client of this test painted. */
  paintByOther(tile: WireLabelTile): void {
    this.revision++;
    this.tiles.set(tileId(tile), { ...tile, revision: this.revision });
    this.#tell(null);
  }

  /** What the view shows: the largest first where there are too many. */
  #seen(view: ViewRequest | null): WireAnnotationSet {
    const set = this.#set();
    const all = set.annotations;
    const counts = { total: all.length, matched: all.length };
    if (view === null) return set;
    if (all.length <= view.wholeUpTo) return { ...set, ...counts };
    const { left, top, right, bottom } = view.area;
    const placed = all.map((annotation) => ({ annotation, bounds: boundsOf(annotation.shape) }));
    const met = placed.filter(({ bounds }) => bounds === null || boxesOverlap(bounds, view.area));
    const largest = met.sort((a, b) => areaOf(b.annotation.shape) - areaOf(a.annotation.shape)).slice(0, view.limit);
    return {
      ...set,
      annotations: largest.map(({ annotation }) => annotation),
      total: all.length,
      matched: met.length,
      view: [left, top, right - left, bottom - top],
    };
  }

  #set(): WireAnnotationSet {
    return {
      id: this.setId,
      imageId: 'image',
      projectId: 'project',
      source: 'working',
      revision: this.revision,
      outcome: this.outcome.outcome,
      outcomeReason: this.outcome.reason,
      outcomeRevision: this.outcome.revision,
      annotations: this.annotations(),
      tiles: [...this.tiles.values()],
    };
  }

  #change(changeSet: ChangeSet, person: string): ChangeAnswer {
    const content = JSON.stringify(changeSet);
    const known = this.#answers.get(changeSet.changeSetId);
    if (known !== undefined) {
      if (known.content !== content) throw new SyncError('rejected', 'change-set-reused');
      return known.answer;
    }
    this.changeSets++;
    const next = this.revision + 1;
    const results = changeSet.changes.map((change) => this.#apply(change, next, person));
    if (results.some((result) => result.status === 'applied')) this.revision = next;
    const answer = { revision: this.revision, results };
    this.#answers.set(changeSet.changeSetId, { content, answer });
    this.#tell(changeSet.clientId);
    return structuredClone(answer);
  }

  #apply(change: Change, next: number, person: string): ChangeResult {
    if (change.op === 'outcome') {
      if (change.revision !== this.outcome.revision) {
        const by = { id: 'other', name: 'Other' };
        return { status: 'conflict', id: null, current: null, revision: this.outcome.revision, by };
      }
      this.outcome = { outcome: change.outcome, reason: change.reason, revision: next };
      return { status: 'applied', id: null, revision: next };
    }
    if (change.op === 'paint') return this.#paint(change.tile, next);
    const id = change.op === 'put' ? change.annotation.id : change.id;
    const seen = change.op === 'put' ? change.annotation.revision : change.revision;
    const row = this.rows.get(id);
    if ((row?.revision ?? 0) !== seen) {
      const by = { id: row?.by ?? '', name: row?.by ?? '' };
      return { status: 'conflict', id, current: row?.annotation ?? null, revision: row?.revision ?? 0, by };
    }
    const refusal = change.op === 'put' ? this.refuse(change.annotation) : null;
    if (refusal !== null) return { status: 'refused', id, ...refusal };
    const annotation = change.op === 'put' ? { ...change.annotation, revision: next } : null;
    this.rows.set(id, { annotation, revision: next, by: person });
    this.applied.push({ id, by: person, annotation });
    return { status: 'applied', id, revision: next };
  }

  #paint(tile: WireLabelTile, next: number): ChangeResult {
    const id = tileId(tile);
    const current = this.tiles.get(id);
    if ((current?.revision ?? 0) !== tile.revision) {
      const by = { id: 'other', name: 'Other' };
      return { status: 'conflict', id, current: null, revision: current?.revision ?? 0, by, tile: current ?? null };
    }
    this.tiles.set(id, { ...tile, revision: next });
    return { status: 'applied', id, revision: next };
  }

  #since(revision: number): SetDelta {
    const newer = [...this.rows].filter(([, row]) => row.revision > revision);
    return structuredClone({
      revision: this.revision,
      outcome: this.outcome.outcome,
      outcomeReason: this.outcome.reason,
      outcomeRevision: this.outcome.revision,
      changed: newer.flatMap(([, row]) => row.annotation ?? []),
      deleted: newer.flatMap(([id, row]) => (row.annotation === null ? [{ id, revision: row.revision }] : [])),
      tiles: [...this.tiles.values()].filter((tile) => tile.revision > revision),
    });
  }

  #tell(clientId: string | null): void {
    for (const listener of [...this.#listeners.keys()])
      listener({ kind: 'changed', revision: this.revision, clientId });
  }
}

/** The way to the server and back; `plan` says what happens to each next call. */
export class Network {
  failure: SyncFailure | null = null;
  readonly plan: ('ok' | 'lostRequest' | 'lostAnswer')[] = [];

  /** What every call waits for on its way back. */
  delay: Promise<void> | null = null;

  async pass<T>(call: () => T): Promise<T> {
    await Promise.resolve();
    const { delay } = this;
    const fate = this.plan.shift() ?? 'ok';
    if (this.failure !== null) throw new SyncError(this.failure, this.failure);
    if (fate === 'lostRequest') throw new SyncError('offline', 'lost');
    const answer = call();
    await (delay ?? Promise.resolve());
    if (fate === 'lostAnswer') throw new SyncError('offline', 'lost');
    return answer;
  }
}
