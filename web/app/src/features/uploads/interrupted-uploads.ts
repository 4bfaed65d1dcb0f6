import type { UploadIntent } from '../../api/types.ts';

/** An upload the server holds unfinished; the files themselves only the person can give again. */
export interface InterruptedUpload {
  readonly uploadId: string;
  readonly projectId: string;
  readonly fingerprint: string;
  readonly title: string;
  readonly bytes: number;
  readonly intent: UploadIntent;
  readonly format: string | null;
  /** Milliseconds since the epoch; renewed while a tab is sending. */
  readonly touchedAt: number;
}

const key = 'plumbline-uploads';
/** Longer without a sign of life, and no tab is sending it any more. */
const aliveMs = 15_000;
/** The server forgets unfinished uploads after some days; so does this machine. */
const keptMs = 6 * 86_400_000;

/** Remembered on this machine, for all tabs. */
export class InterruptedUploads {
  private readonly storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.storage = storage;
  }

  /** Those of a project that no tab is sending. */
  list(projectId: string, now: number): readonly InterruptedUpload[] {
    return this.read(now).filter((upload) => upload.projectId === projectId && upload.touchedAt < now - aliveMs);
  }

  /** The one begun with the same files for the same purpose. */
  find(projectId: string, fingerprint: string, intent: UploadIntent, now: number): InterruptedUpload | null {
    const same = (upload: InterruptedUpload) => upload.fingerprint === fingerprint && upload.intent === intent;
    return this.list(projectId, now).find(same) ?? null;
  }

  remember(upload: InterruptedUpload): void {
    this.write([...this.read(upload.touchedAt).filter(({ uploadId }) => uploadId !== upload.uploadId), upload]);
  }

  /** No tab is sending it any more: it may be gone on with at once. */
  release(uploadId: string, now: number): void {
    this.write(
      this.read(now).map((upload) =>
        upload.uploadId === uploadId ? { ...upload, touchedAt: Math.min(upload.touchedAt, now - aliveMs - 1) } : upload,
      ),
    );
  }

  forget(uploadId: string, now: number): void {
    this.write(this.read(now).filter((upload) => upload.uploadId !== uploadId));
  }

  private read(now: number): readonly InterruptedUpload[] {
    try {
      const stored = JSON.parse(this.storage.getItem(key) ?? '[]') as readonly InterruptedUpload[];
      return stored.filter(({ touchedAt }) => touchedAt > now - keptMs);
    } catch {
      // Storage is blocked or holds something else: uploads work all the same, they just cannot be resumed.
      return [];
    }
  }

  private write(uploads: readonly InterruptedUpload[]): void {
    try {
      this.storage.setItem(key, JSON.stringify(uploads));
    } catch {
      // As above.
    }
  }
}
