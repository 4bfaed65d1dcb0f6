import type { HashAnswer, HashRequest } from './hash-worker.ts';

/** A file vanished or changed after it was chosen. */
export class UnreadableFileError extends Error {}

/** SHA-256 of parts in a worker, so that the page stays smooth. */
export class PartHasher {
  private readonly worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<number, (answer: HashAnswer) => void>();
  private lastId = 0;

  constructor() {
    this.worker.addEventListener('message', ({ data }: MessageEvent<HashAnswer>) => {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    });
  }

  /** Lower-case hex. Throws {@link UnreadableFileError} when the bytes cannot be read any more. */
  async hash(part: Blob): Promise<string> {
    const request: HashRequest = { id: ++this.lastId, part };
    const answer = await new Promise<HashAnswer>((done) => {
      this.waiting.set(request.id, done);
      this.worker.postMessage(request);
    });
    if (answer.kind === 'unreadable') throw new UnreadableFileError(answer.message);
    return answer.hex;
  }

  dispose(): void {
    this.worker.terminate();
  }
}
