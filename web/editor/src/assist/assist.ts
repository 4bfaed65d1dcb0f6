import type { Size } from '../geometry/spaces.ts';
import type { TileSource } from '../render/tile-grid.ts';
import type { AssistAnswers, AssistKind, AssistRequests, FromAssistWorker, ToAssistWorker } from './protocol.ts';

/** Where the pixels are, or the pixels of a large picture in tiles, and the image's size. */
export type OpenPicture = { readonly source: string | Blob | TileSource; readonly size: Size };

/** Questions about the open picture, answered elsewhere. */
export interface Assist {
  /**
   * The picture that is asked about from now on; what was asked about another one is dropped. Null = none; who asks then
   * is told `why`, once.
   */
  open(picture: OpenPicture | null, why?: string): void;
  /**
   * The answer, or null when it is not wanted any more: of one lane only the newest question waits, older ones and those
   * about a picture that is closed are dropped. A question that is being answered is answered, so that a hand which asks
   * faster than answers come sees them go by. Null too when there is no answer; then `onFailure` has been told.
   */
  ask<K extends AssistKind>(kind: K, content: AssistRequests[K], lane: string): Promise<AssistAnswers[K] | null>;
  /** Drops the questions of a lane, also the one that is being answered. */
  drop(lane: string): void;
  onFailure: (message: string) => void;
  dispose(): void;
}

type Question = {
  readonly kind: AssistKind;
  readonly content: AssistRequests[AssistKind];
  readonly lane: string;
  readonly resolve: (answer: AssistAnswers[AssistKind] | null) => void;
};

/**
 * Asks a web worker, one question at a time, so that a newer one can take the place of one that waits. The worker is
 * started, and given the picture, when something is first asked.
 */
export class WorkerAssist implements Assist {
  #worker: Worker | null = null;
  #picture: OpenPicture | null = null;
  #why: string | null = null;
  #pictures = 0;
  #isSent = false;
  #requests = 0;
  /** The question that the worker has; null once nobody wants its answer. */
  #asked: { readonly request: number; question: Question | null } | null = null;
  #waiting: Question[] = [];
  onFailure: (message: string) => void = () => {};

  open(picture: OpenPicture | null, why: string | null = null): void {
    this.#why = why;
    if (this.#picture === picture) return;
    this.#dropAll();
    this.#picture = picture;
    this.#pictures++;
    if (this.#isSent) this.#send({ type: 'close' });
    this.#isSent = false;
  }

  ask<K extends AssistKind>(kind: K, content: AssistRequests[K], lane: string): Promise<AssistAnswers[K] | null> {
    this.#dropWaiting(lane);
    if (this.#picture === null) {
      if (this.#why !== null) this.onFailure(this.#why);
      this.#why = null;
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      this.#waiting.push({ kind, content, lane, resolve: resolve as Question['resolve'] });
      this.#next();
    });
  }

  drop(lane: string): void {
    this.#dropWaiting(lane);
    const question = this.#asked?.question;
    if (this.#asked === null || question?.lane !== lane) return;
    this.#asked.question = null;
    question.resolve(null);
  }

  dispose(): void {
    this.#dropAll();
    this.#picture = null;
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = null;
  }

  #next(): void {
    const [question] = this.#waiting;
    if (this.#asked !== null || question === undefined || this.#picture === null) return;
    this.#waiting.shift();
    if (!this.#isSent) this.#open(this.#picture);
    const request = ++this.#requests;
    this.#asked = { request, question };
    const { kind, content } = question;
    this.#send({ type: 'ask', request, picture: this.#pictures, kind, content });
  }

  #open({ source, size }: OpenPicture): void {
    const absolute = typeof source === 'string' ? new URL(source, location.href).href : source;
    this.#send({ type: 'open', picture: this.#pictures, source: absolute, size });
    this.#isSent = true;
  }

  #send(message: ToAssistWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = (event: MessageEvent<FromAssistWorker>) => this.#receive(event.data);
    worker.onerror = (event) => {
      // The next question starts another one.
      worker.terminate();
      this.#worker = null;
      this.#isSent = false;
      const request = this.#asked?.request ?? 0;
      this.#receive({ type: 'failed', request, message: event.message || 'The worker for assistance stopped.' });
    };
    return worker;
  }

  #receive(message: FromAssistWorker): void {
    if (this.#asked?.request !== message.request) return;
    const { question } = this.#asked;
    this.#asked = null;
    if (message.type === 'failed') {
      if (question !== null) this.onFailure(message.message);
      question?.resolve(null);
    } else question?.resolve(message.content);
    this.#next();
  }

  #dropWaiting(lane: string): void {
    const dropped = this.#waiting.filter((question) => question.lane === lane);
    this.#waiting = this.#waiting.filter((question) => question.lane !== lane);
    for (const { resolve } of dropped) resolve(null);
  }

  #dropAll(): void {
    const lanes = new Set([this.#asked?.question, ...this.#waiting].flatMap((question) => question?.lane ?? []));
    for (const lane of lanes) this.drop(lane);
  }
}
