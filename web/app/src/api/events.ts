import { type EventName, EventStream, type ServerMessage } from './event-stream.ts';
import type { ServerEvents } from './types.ts';

type Listener = (data: never) => void;

/** What the server tells this page. Listening opens the connection; it stays open while the page lives. */
class Events {
  private readonly listeners = new Map<EventName, Set<Listener>>();
  private restartStream: (() => void) | null = null;

  /** Calls back for each event of that name until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (data: ServerEvents[Name]) => void): () => void {
    this.restartStream ??= this.open();
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** After signing in or out: the stream carries on as whoever is signed in now. */
  restart(): void {
    this.restartStream?.();
  }

  private open(): () => void {
    if (typeof SharedWorker === 'undefined') {
      const stream = new EventStream(() => new EventSource('/api/events'), this.deliver);
      stream.start();
      return () => stream.restart();
    }
    const { port } = new SharedWorker(new URL('./event-worker.ts', import.meta.url), {
      type: 'module',
      name: 'plumbline-events',
    });
    port.addEventListener('message', ({ data }: MessageEvent<ServerMessage>) => this.deliver(data));
    port.start();
    addEventListener('pagehide', () => port.postMessage('leave'));
    return () => port.postMessage('restart');
  }

  private readonly deliver = ({ name, data }: ServerMessage): void => {
    const parsed = JSON.parse(data) as never;
    for (const listener of this.listeners.get(name) ?? []) listener(parsed);
  };
}

export const events = new Events();
