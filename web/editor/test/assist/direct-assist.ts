import type { Assist } from '../../src/assist/assist.ts';
import { Assistant } from '../../src/assist/assistant.ts';
import type { PictureSource } from '../../src/assist/picture-source.ts';
import type { AssistAnswers, AssistKind, AssistRequests } from '../../src/assist/protocol.ts';

type Question = {
  readonly lane: string;
  readonly kind: AssistKind;
  readonly answer: () => void;
  readonly drop: () => void;
};

/** Answers in this thread, but only when told to: `answerAll` is what a worker would do in the meantime. */
export class DirectAssist implements Assist {
  onFailure: (message: string) => void = () => {};
  /** Kinds of the questions that were answered. */
  readonly answered: AssistKind[] = [];
  readonly #assistant: Assistant;
  #waiting: Question[] = [];
  #isOpen = false;

  constructor(picture: PictureSource) {
    this.#assistant = new Assistant(picture);
  }

  open(picture: object | null): void {
    for (const { drop } of this.#waiting.splice(0)) drop();
    this.#isOpen = picture !== null;
  }

  ask<K extends AssistKind>(kind: K, content: AssistRequests[K], lane: string): Promise<AssistAnswers[K] | null> {
    this.drop(lane);
    if (!this.#isOpen) return Promise.resolve(null);
    return new Promise((resolve) => {
      const answer = () => {
        this.answered.push(kind);
        resolve(this.#assistant.answer(kind, content) as AssistAnswers[K]);
      };
      this.#waiting.push({ lane, kind, answer, drop: () => resolve(null) });
    });
  }

  drop(lane: string): void {
    const dropped = this.#waiting.filter((question) => question.lane === lane);
    this.#waiting = this.#waiting.filter((question) => question.lane !== lane);
    for (const { drop } of dropped) drop();
  }

  dispose(): void {
    this.open(null);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers what was asked, and what is asked because of the answers. */
  async answerAll(): Promise<void> {
    await Promise.resolve();
    for (let question = this.#waiting.shift(); question !== undefined; question = this.#waiting.shift()) {
      question.answer();
      // What follows from an answer is asked a few turns later.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  }
}
