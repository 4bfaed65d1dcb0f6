import { compacted, expanded } from '../model/compact.ts';
import type { PendingChange } from './pending.ts';

/** What this page got acknowledged; `revision` of each change is the server's new one. */
export type Acknowledged = { readonly setId: string; readonly changes: readonly PendingChange[] };

type Message =
  | { readonly kind: 'who' }
  | { readonly kind: 'here'; readonly tab: string }
  | { readonly kind: 'acknowledged'; readonly acknowledged: Acknowledged };

const answerTime = 150;

/** The other tabs of the same person on the same server. */
export class Tabs {
  readonly #tab: string;
  readonly #channel: BroadcastChannel | null;
  readonly #living = new Set<string>();
  readonly #listener: (acknowledged: Acknowledged) => void;

  constructor(server: string, user: string, tab: string, listener: (acknowledged: Acknowledged) => void) {
    this.#tab = tab;
    this.#listener = listener;
    this.#channel =
      typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`plumbline ${server} ${user}`);
    if (this.#channel !== null)
      this.#channel.onmessage = (event: MessageEvent<Message>) => this.#receive(expanded(event.data));
  }

  /** The tabs that answer within a moment. */
  async living(): Promise<ReadonlySet<string>> {
    if (this.#channel === null) return this.#living;
    this.#post({ kind: 'who' });
    await new Promise((resolve) => setTimeout(resolve, answerTime));
    return this.#living;
  }

  tell(acknowledged: Acknowledged): void {
    this.#post({ kind: 'acknowledged', acknowledged });
  }

  dispose(): void {
    this.#channel?.close();
  }

  #receive(message: Message): void {
    if (message.kind === 'who') this.#post({ kind: 'here', tab: this.#tab });
    else if (message.kind === 'here') this.#living.add(message.tab);
    else this.#listener(message.acknowledged);
  }

  #post(message: Message): void {
    this.#channel?.postMessage(compacted(message));
  }
}
