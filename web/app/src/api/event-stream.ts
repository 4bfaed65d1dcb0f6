import type { ServerEvents } from './types.ts';

export type EventName = keyof ServerEvents;
export const eventNames: readonly EventName[] = ['job', 'set', 'presence', 'images', 'ontology', 'resync'];

export interface ServerMessage {
  readonly name: EventName;
  /** JSON as it came; each page parses only what it listens to. */
  readonly data: string;
}

export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

const closed = 2;
const resync: ServerMessage = { name: 'resync', data: '{}' };

/**
 * One connection to `/api/events`. The browser reconnects after a broken one by itself; after a refused one (signed out,
 * server restarting) this does, ever less often. Whatever the reason, after a gap listeners hear `resync`.
 */
export class EventStream {
  private readonly connect: () => EventSourceLike;
  private readonly deliver: (message: ServerMessage) => void;
  private source: EventSourceLike | null = null;
  private gap = false;
  private refusals = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(connect: () => EventSourceLike, deliver: (message: ServerMessage) => void) {
    this.connect = connect;
    this.deliver = deliver;
  }

  start(): void {
    if (this.source !== null || this.timer !== null) return;
    const source = this.connect();
    this.source = source;
    source.addEventListener('open', () => this.opened());
    source.addEventListener('error', () => this.failed(source));
    for (const name of eventNames) {
      source.addEventListener(name, (event) => this.deliver({ name, data: (event as MessageEvent<string>).data }));
    }
  }

  /** Somebody else may be signed in now: what the old connection could see no longer counts. */
  restart(): void {
    this.dispose();
    this.gap = true;
    this.start();
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.source?.close();
    this.source = null;
    this.refusals = 0;
  }

  private opened(): void {
    this.refusals = 0;
    if (this.gap) this.deliver(resync);
    this.gap = false;
  }

  private failed(source: EventSourceLike): void {
    if (source !== this.source) return;
    this.gap = true;
    if (source.readyState !== closed) return;
    this.source = null;
    const delay = Math.min(60_000, 2_000 * 2 ** this.refusals++);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.start();
    }, delay);
  }
}
