import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkerAssist } from '../../src/assist/assist.ts';
import type { FromAssistWorker, ToAssistWorker } from '../../src/assist/protocol.ts';

/** A worker that answers when the test says so. */
class HeldWorker {
  static all: HeldWorker[] = [];
  readonly got: ToAssistWorker[] = [];
  isTerminated = false;
  onmessage: (event: { readonly data: FromAssistWorker }) => void = () => {};
  onerror: (event: { readonly message: string }) => void = () => {};

  constructor() {
    HeldWorker.all.push(this);
  }

  postMessage(message: ToAssistWorker): void {
    this.got.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** Answers the last question. */
  answer(likeness: number): void {
    const window = { x: 0, y: 0, width: likeness, height: 1, sx: 1, sy: 1 };
    this.onmessage({ data: { type: 'answer', request: this.#asked, content: { window }, milliseconds: 1 } });
  }

  fail(message: string): void {
    this.onmessage({ data: { type: 'failed', request: this.#asked, message } });
  }

  get asked(): readonly ToAssistWorker['type'][] {
    return this.got.map(({ type }) => type);
  }

  get #asked(): number {
    return this.got.findLast((message) => message.type === 'ask')?.request ?? -1;
  }
}

const box = { left: 0, top: 0, right: 1, bottom: 1 };
const picture = { source: new Blob(), size: { width: 4, height: 4 } };
const worker = () => HeldWorker.all.at(-1) as HeldWorker;

describe('Questions to the worker', () => {
  let assist: WorkerAssist;
  let failures: string[];
  const ask = async (lane = 'a') => (await assist.ask('look', { box }, lane))?.window.width ?? null;

  beforeEach(() => {
    HeldWorker.all = [];
    vi.stubGlobal('Worker', HeldWorker);
    failures = [];
    assist = new WorkerAssist();
    assist.onFailure = (message) => failures.push(message);
    assist.open(picture);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('about a picture that cannot be read get no answer; why is told once', async () => {
    assist.open(null, 'its tiles are not there yet.');
    expect([await ask(), await ask()]).toEqual([null, null]);
    expect(failures).toEqual(['its tiles are not there yet.']);
    assist.open(null);
    expect([await ask(), failures.length]).toEqual([null, 1]);
  });

  it('start it, and send the picture, only when something is asked', async () => {
    expect(HeldWorker.all).toEqual([]);
    const answer = ask();
    expect(worker().asked).toEqual(['open', 'ask']);
    worker().answer(7);
    expect(await answer).toBe(7);
  });

  it('wait one for the other; of a lane the newest takes the place of those that wait', async () => {
    const [first, second, third, other] = [ask(), ask(), ask(), ask('b')];
    expect(worker().asked).toEqual(['open', 'ask']);
    expect(await second).toBeNull();
    worker().answer(1);
    expect(await first).toBe(1);
    worker().answer(3);
    expect(await third).toBe(3);
    worker().answer(4);
    expect(await other).toBe(4);
  });

  it('that are dropped get no answer, also when it is on its way', async () => {
    const [first, other] = [ask(), ask('b')];
    assist.drop('a');
    expect(await first).toBeNull();
    worker().answer(1);
    worker().answer(2);
    expect(await other).toBe(2);
  });

  it('about a picture that was closed get no answer', async () => {
    const [first, second] = [ask(), ask('b')];
    assist.open(null);
    expect([await first, await second, await ask()]).toEqual([null, null, null]);
    expect(worker().asked).toEqual(['open', 'ask', 'close']);
    assist.open({ ...picture });
    const next = ask();
    // The worker still has the old question.
    worker().answer(1);
    worker().answer(5);
    expect(await next).toBe(5);
  });

  it('that cannot be answered say why, and the next one is asked', async () => {
    const [first, second] = [ask(), ask('b')];
    worker().fail('Out of memory');
    expect(await first).toBeNull();
    expect(failures).toEqual(['Out of memory']);
    worker().answer(2);
    expect(await second).toBe(2);
  });

  it('go to a new worker when one has stopped', async () => {
    const first = ask();
    const stopped = worker();
    stopped.onerror({ message: 'It stopped' });
    expect(await first).toBeNull();
    expect([failures, stopped.isTerminated]).toEqual([['It stopped'], true]);
    const next = ask();
    expect(worker()).not.toBe(stopped);
    expect(worker().asked).toEqual(['open', 'ask']);
    worker().answer(9);
    expect(await next).toBe(9);
  });
});
