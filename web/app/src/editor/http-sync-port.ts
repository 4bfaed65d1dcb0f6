import {
  type ChangeAnswer,
  type ChangeSet,
  type SetDelta,
  type SetEvent,
  SyncError,
  type SyncPort,
  type ViewRequest,
} from '@plumbline/editor';
import { ApiError, problemOf } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { events as serverEvents } from '../api/events.ts';

/** Annotation sets over HTTP, live by server-sent events. A 401 is told at once: the journal keeps the work meanwhile. */
export class HttpSyncPort implements SyncPort {
  private readonly api: ApiClient;
  private readonly events: Pick<typeof serverEvents, 'on'>;
  private readonly fetch: typeof fetch;

  constructor(
    api: ApiClient,
    events: Pick<typeof serverEvents, 'on'>,
    fetchFunction: typeof fetch = (...args) => fetch(...args),
  ) {
    this.api = api;
    this.events = events;
    this.fetch = fetchFunction;
  }

  /** The body as it comes, without parsing: the editor's worker does that. */
  load(setId: string, signal: AbortSignal, view: ViewRequest | null): Promise<ArrayBuffer> {
    return translated(async () => {
      const response = await this.fetch(`/api/annotation-sets/${setId}${view === null ? '' : queryOf(view)}`, {
        credentials: 'same-origin',
        signal,
      });
      if (response.ok) return response.arrayBuffer();
      const { headers } = response;
      throw problemOf(response.status, headers.get('Content-Type'), await response.text(), headers.get('Retry-After'));
    });
  }

  send(setId: string, changeSet: ChangeSet): Promise<ChangeAnswer> {
    const options = { anonymous: true, idempotencyKey: changeSet.changeSetId };
    return translated(() => this.api.post<ChangeAnswer>(`/annotation-sets/${setId}/changes`, changeSet, options));
  }

  since(setId: string, revision: number): Promise<SetDelta> {
    const options = { anonymous: true, query: { since: revision } };
    return translated(() => this.api.get<SetDelta>(`/annotation-sets/${setId}/changes`, options));
  }

  subscribe(setId: string, listener: (event: SetEvent) => void): () => void {
    const stops = [
      this.events.on('set', (event) => {
        if (event.setId === setId) listener({ kind: 'changed', revision: event.revision, clientId: event.clientId });
      }),
      this.events.on('resync', () => listener({ kind: 'resync' })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}

function queryOf({ area: { left, top, right, bottom }, limit, wholeUpTo }: ViewRequest): string {
  return `?view=${left},${top},${right - left},${bottom - top}&limit=${limit}&wholeUpTo=${wholeUpTo}`;
}

/** Runs a request; what goes wrong comes out in the terms that the editor acts on. Aborting stays an abort. */
async function translated<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : syncErrorOf(error);
  }
}

/** Which failure an error is. What never reached the server, and what the server may get over, is tried again. */
export function syncErrorOf(error: unknown): SyncError {
  if (!(error instanceof ApiError)) {
    return new SyncError('offline', error instanceof Error ? error.message : String(error));
  }
  const message = error.detail === null ? error.message : `${error.message}. ${error.detail}`;
  if (error.status === 401) return new SyncError('signInNeeded', message);
  if (error.status === 507) return new SyncError('serverFull', message);
  return new SyncError(error.transient ? 'offline' : 'rejected', message);
}
