import { ApiError } from '../../api/api-error.ts';
import type { SignInGate } from '../../api/sign-in-gate.ts';
import type { Job, Upload } from '../../api/types.ts';
import { missingParts, type PartRange, partsOf, retryDelayMs } from './part-plan.ts';
import type { UploadPorts, UploadRequest } from './upload-ports.ts';

export interface UploadSource extends UploadRequest {
  readonly projectId: string;
  /** All files, one after the other. */
  readonly content: Blob;
  /** An upload begun earlier with the same files. */
  readonly resumeId: string | null;
}
export interface UploadListener {
  /** The server knows the upload; it can be resumed from now on. */
  started(upload: Upload): void;
  progress(sentBytes: number): void;
  /** Null: it goes on. Otherwise why it waits. */
  waiting(reason: string | null): void;
}

const parallelParts = 3;
const checksumTries = 3;

/** Sends one upload to its end, through whatever breaks on the way. Answers the job that takes the files in. */
export class UploadRun {
  private readonly source: UploadSource;
  private readonly ports: UploadPorts;
  private readonly gate: SignInGate;
  private readonly listener: UploadListener;
  private readonly abort = new AbortController();
  private readonly inFlight = new Map<number, number>();
  private confirmedBytes = 0;

  constructor(source: UploadSource, ports: UploadPorts, gate: SignInGate, listener: UploadListener) {
    this.source = source;
    this.ports = ports;
    this.gate = gate;
    this.listener = listener;
  }

  async send(): Promise<Job> {
    const { upload, received } = await this.begin();
    this.listener.started(upload);
    const parts = partsOf(upload.bytes, upload.partSize);
    let missing = missingParts(parts, received);
    for (;;) {
      this.confirmedBytes = upload.bytes - bytesOf(missing);
      this.report();
      await this.sendAll(upload.id, missing);
      try {
        return await this.persist(() => this.ports.complete(upload.id));
      } catch (error) {
        // The server lost parts that it had confirmed (restored from a backup, say): it names them, they go again.
        if (!(error instanceof ApiError) || error.status !== 409) throw error;
        missing = missingParts(parts, (await this.persist(() => this.ports.status(upload.id))).received);
        if (missing.length === 0) throw error;
      }
    }
  }

  cancel(): void {
    this.abort.abort();
  }

  private async begin(): Promise<{ upload: Upload; received: readonly number[] }> {
    const { projectId, files, intent, format, resumeId, content } = this.source;
    if (resumeId !== null) {
      try {
        const status = await this.persist(() => this.ports.status(resumeId));
        if (status.state !== 'abandoned' && status.bytes === content.size)
          return { upload: status, received: status.received };
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
      }
    }
    const upload = await this.persist(() => this.ports.create(projectId, { files, intent, format }));
    return { upload, received: [] };
  }

  private async sendAll(uploadId: string, missing: readonly PartRange[]): Promise<void> {
    const queue = [...missing];
    const worker = async () => {
      for (let part = queue.shift(); part !== undefined; part = queue.shift()) await this.sendPart(uploadId, part);
    };
    try {
      await Promise.all(Array.from({ length: parallelParts }, worker));
    } catch (error) {
      // One part cannot go: stop the others before the failure is told.
      queue.length = 0;
      this.abort.abort();
      throw error;
    }
  }

  private async sendPart(uploadId: string, { index, start, end }: PartRange): Promise<void> {
    const part = this.source.content.slice(start, end);
    for (let tries = 1; ; tries++) {
      const sha256 = await this.ports.hash(part);
      const onSent = (bytes: number) => {
        this.inFlight.set(index, Math.min(bytes, part.size));
        this.report();
      };
      try {
        await this.persist(() => this.ports.put({ uploadId, index, part, sha256, onSent, signal: this.abort.signal }));
        this.confirmedBytes += part.size;
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.problem !== 'checksum' || tries === checksumTries) throw error;
      } finally {
        this.inFlight.delete(index);
        this.report();
      }
    }
  }

  /** Tries until it works, the person cancels, or the answer will not get better by itself. */
  private async persist<T>(request: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.abort.signal.throwIfAborted();
      try {
        const answer = await request();
        if (attempt > 1) this.listener.waiting(null);
        return answer;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401 && (await this.gate.wait())) continue;
        if (!error.transient || error.status === 507) throw error;
        this.listener.waiting(error.message);
        const told = error.retryAfterSeconds === null ? 0 : error.retryAfterSeconds * 1_000;
        await this.ports.pause(Math.max(told, retryDelayMs(attempt, Math.random())), this.abort.signal);
      }
    }
  }

  private report(): void {
    let sent = this.confirmedBytes;
    for (const bytes of this.inFlight.values()) sent += bytes;
    this.listener.progress(sent);
  }
}

const bytesOf = (parts: readonly PartRange[]): number => parts.reduce((sum, { start, end }) => sum + end - start, 0);
