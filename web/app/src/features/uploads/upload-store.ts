import { ApiError, messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { events } from '../../api/events.ts';
import { isOver } from '../../api/jobs-in-order.ts';
import { randomId } from '../../api/random-id.ts';
import { signInGate } from '../../api/sign-in-gate.ts';
import type { Job, UploadIntent } from '../../api/types.ts';
import { formatCount } from '../../ui/format.ts';
import { type InterruptedUpload, InterruptedUploads } from './interrupted-uploads.ts';
import { UnreadableFileError } from './part-hasher.ts';
import { fingerprintOf } from './part-plan.ts';
import type { PickedFile } from './picked-files.ts';
import { Speed } from './speed.ts';
import { uploadPorts } from './upload-ports.ts';
import { UploadRun } from './upload-run.ts';

export type UploadPhase =
  | { readonly kind: 'sending'; readonly waitingFor: string | null }
  | { readonly kind: 'ingesting'; readonly job: Job }
  | { readonly kind: 'over'; readonly job: Job }
  | { readonly kind: 'failed'; readonly message: string };

export interface UploadView {
  readonly key: string;
  readonly projectId: string;
  readonly title: string;
  readonly intent: UploadIntent;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly bytesPerSecond: number | null;
  readonly resumed: boolean;
  readonly phase: UploadPhase;
}
export interface UploadOrder {
  readonly projectId: string;
  readonly files: readonly PickedFile[];
  readonly intent: UploadIntent;
  readonly format: string | null;
}

interface Live {
  view: UploadView;
  readonly run: UploadRun;
  readonly order: UploadOrder;
  uploadId: string | null;
  /** Renews what this machine remembers of it; null until the server knows it. */
  signOfLife: (() => void) | null;
}

const noticeMs = 120;
const signOfLifeMs = 5_000;

/** All uploads of this page. Lives outside React; panels read snapshots that change a few times a second. */
class UploadStore {
  private readonly live = new Map<string, Live>();
  private readonly remembered = new InterruptedUploads(localStorage);
  private views: readonly UploadView[] = [];
  private notice: ReturnType<typeof setTimeout> | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): readonly UploadView[] => this.views;

  interrupted = (projectId: string): readonly InterruptedUpload[] => this.remembered.list(projectId, Date.now());

  /** Begins sending, or goes on where the same files stopped before. Answers the upload's key; null when there is nothing to send. */
  start(order: UploadOrder): string | null {
    if (order.files.length === 0) return null;
    const { projectId, files, intent, format } = order;
    const key = randomId();
    const fingerprint = fingerprintOf(files);
    const earlier = this.remembered.find(projectId, fingerprint, intent, Date.now());
    const content = new Blob(files.map(({ file }) => file));
    const title = titleOf(files);
    const speed = new Speed();
    const request = {
      ...{ projectId, content, intent, format },
      resumeId: earlier?.uploadId ?? null,
      files: files.map(({ path, file }) => ({ path, size: file.size })),
    };
    const run = new UploadRun(request, uploadPorts, signInGate, {
      started: (upload) => {
        if (earlier !== null && earlier.uploadId !== upload.id) this.remembered.forget(earlier.uploadId, Date.now());
        const known = { uploadId: upload.id, projectId, fingerprint, title, intent, format, bytes: content.size };
        live.signOfLife = () => this.remembered.remember({ ...known, touchedAt: Date.now() });
        live.uploadId = upload.id;
        live.signOfLife();
      },
      progress: (sentBytes) => {
        speed.add(performance.now(), sentBytes);
        this.update(key, { sentBytes, bytesPerSecond: speed.bytesPerSecond });
      },
      waiting: (reason) => this.update(key, { phase: { kind: 'sending', waitingFor: reason } }),
    });
    const view: UploadView = {
      ...{ key, projectId, title, intent, bytes: content.size, sentBytes: 0, bytesPerSecond: null },
      ...{ resumed: earlier !== null, phase: { kind: 'sending', waitingFor: null } },
    };
    const live: Live = { run, order, view, uploadId: null, signOfLife: null };
    this.live.set(key, live);
    this.publish();
    this.finish(key, live);
    return key;
  }

  private async finish(key: string, live: Live): Promise<void> {
    const timer = setInterval(() => live.signOfLife?.(), signOfLifeMs);
    try {
      const job = await live.run.send();
      if (live.uploadId !== null) this.remembered.forget(live.uploadId, Date.now());
      this.follow(key, job);
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      if (live.uploadId !== null) this.remembered[cancelled ? 'forget' : 'release'](live.uploadId, Date.now());
      if (!cancelled) this.update(key, { phase: { kind: 'failed', message: failureText(error) } });
    } finally {
      clearInterval(timer);
    }
  }

  /** After a failure: the same files once more; what has arrived stays there. Answers the new key; null when the upload is gone. */
  retry(key: string): string | null {
    const live = this.live.get(key);
    this.dismiss(key);
    return live === undefined ? null : this.start(live.order);
  }

  /** The page goes away: what was on its way may be gone on with at once. */
  releaseAll(): void {
    for (const { uploadId, view } of this.live.values()) {
      if (uploadId !== null && view.phase.kind === 'sending') this.remembered.release(uploadId, Date.now());
    }
  }

  /** Stops sending; or, when the files are all there, the job that takes them in. */
  cancel(key: string): void {
    const live = this.live.get(key);
    if (live === undefined) return;
    if (live.view.phase.kind === 'ingesting') {
      api.post(`/jobs/${live.view.phase.job.id}/cancel`).catch((error: unknown) => {
        this.update(key, { phase: { kind: 'failed', message: messageOf(error) } });
      });
      return;
    }
    live.run.cancel();
    this.dismiss(key);
  }

  dismiss(key: string): void {
    this.live.delete(key);
    this.publish();
  }

  /** Gives an interrupted upload up for good. */
  discard(uploadId: string): void {
    this.remembered.forget(uploadId, Date.now());
    this.publish();
  }

  /** True while closing the page would stop bytes on their way. */
  get sending(): boolean {
    return this.views.some(({ phase }) => phase.kind === 'sending');
  }

  /** Live events tell how the job goes; asking now and then covers the gaps between them. */
  private follow(key: string, job: Job): void {
    const stops: (() => void)[] = [];
    const see = (seen: Job) => {
      if (seen.id !== job.id) return;
      this.update(key, { phase: { kind: isOver(seen) ? 'over' : 'ingesting', job: seen } });
      if (isOver(seen) || !this.live.has(key)) for (const stop of stops.splice(0)) stop();
    };
    const ask = () =>
      api.get<Job>(`/jobs/${job.id}`).then(see, (error: unknown) => {
        if (error instanceof ApiError && error.transient) return;
        this.update(key, { phase: { kind: 'failed', message: messageOf(error) } });
        for (const stop of stops.splice(0)) stop();
      });
    const timer = setInterval(ask, 4_000);
    stops.push(() => clearInterval(timer), events.on('job', see));
    see(job);
  }

  private update(key: string, change: Partial<UploadView>): void {
    const live = this.live.get(key);
    if (live === undefined) return;
    live.view = { ...live.view, ...change };
    if (change.phase !== undefined) this.publish();
    else this.notice ??= setTimeout(() => this.publish(), noticeMs);
  }

  private publish(): void {
    if (this.notice !== null) clearTimeout(this.notice);
    this.notice = null;
    this.views = Array.from(this.live.values(), ({ view }) => view);
    for (const listener of this.listeners) listener();
  }
}

export const uploads = new UploadStore();

addEventListener('beforeunload', (event) => {
  if (uploads.sending) event.preventDefault();
});
addEventListener('pagehide', () => uploads.releaseAll());

function titleOf(files: readonly PickedFile[]): string {
  const [first] = files;
  if (first === undefined) return '';
  if (files.length === 1) return first.path;
  const top = first.path.split('/')[0] ?? '';
  const oneFolder = first.path.includes('/') && files.every(({ path }) => path.startsWith(`${top}/`));
  return oneFolder ? `${top} (${formatCount(files.length, 'file')})` : formatCount(files.length, 'file');
}

function failureText(error: unknown): string {
  return error instanceof UnreadableFileError
    ? 'A file was moved or changed while it was sent. Choose the files again to go on.'
    : messageOf(error);
}
