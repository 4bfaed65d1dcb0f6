import {
  type ChangeAnswer,
  type ChangeSet,
  type SetDelta,
  type SetEvent,
  SyncError,
  type SyncPort,
} from '../src/sync/port.ts';

/** What becomes of the next request: it arrives, it is lost on the way, or its answer is. */
export type Fate = 'arrives' | 'requestLost' | 'answerLost';

/** Something that the server said it has done. */
export type Acknowledged = { readonly id: string | null; readonly revision: number };

/** A real server over HTTP, behind a network that loses what `fate` says. */
export class ServerPort implements SyncPort {
  readonly #url: string;
  readonly #token: string;
  readonly #listeners = new Set<(event: SetEvent) => void>();
  readonly #fate: () => Fate;
  readonly acknowledged: Acknowledged[] = [];
  offline = false;

  constructor(url: string, token: string, fate: () => Fate) {
    this.#url = url;
    this.#token = token;
    this.#fate = fate;
  }

  async load(setId: string): Promise<ArrayBuffer> {
    return (await this.#ask(`/annotation-sets/${setId}`, null, 'arrives')).arrayBuffer();
  }

  async send(setId: string, changeSet: ChangeSet): Promise<ChangeAnswer> {
    const answer = (await (
      await this.#ask(`/annotation-sets/${setId}/changes`, changeSet, this.#fate())
    ).json()) as ChangeAnswer;
    for (const result of answer.results) {
      if (result.status === 'applied') this.acknowledged.push({ id: result.id, revision: result.revision });
    }
    return answer;
  }

  async since(setId: string, revision: number): Promise<SetDelta> {
    const answer = await this.#ask(`/annotation-sets/${setId}/changes?since=${revision}`, null, this.#fate());
    return (await answer.json()) as SetDelta;
  }

  subscribe(_: string, listener: (event: SetEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As if the connection for events had come back: there may be something new. */
  resync(): void {
    for (const listener of [...this.#listeners]) listener({ kind: 'resync' });
  }

  /** Anything else of the API, past the bad network. */
  async get<T>(path: string): Promise<T> {
    return (await (await this.#send(path, null)).json()) as T;
  }

  async #ask(path: string, body: unknown, fate: Fate): Promise<Response> {
    if (this.offline || fate === 'requestLost') throw new SyncError('offline', 'lost');
    const response = await this.#send(path, body);
    if (fate === 'answerLost') throw new SyncError('offline', 'lost');
    return response;
  }

  async #send(path: string, body: unknown): Promise<Response> {
    const response = await fetch(`${this.#url}/api${path}`, {
      method: body === null ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new SyncError('rejected', `${response.status} ${await response.text()}`);
    return response;
  }
}
