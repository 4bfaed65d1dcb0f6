import type { Problem, ProblemItem } from './types.ts';

/** What the server (or the network) answered instead of the thing asked for. `status` 0: it was not reached at all. */
export class ApiError extends Error {
  /** The stable name of the problem without its path, such as `stale` or `last-owner`. */
  readonly problem: string;
  readonly status: number;
  readonly detail: string | null;
  readonly errors: readonly ProblemItem[];
  /** Seconds to wait before another try makes sense. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem.type.replace(/^\/problems\//, '');
    this.status = problem.status;
    this.detail = problem.detail ?? null;
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The same request may succeed later without anyone changing anything. */
  get transient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export const unreachable = () =>
  new ApiError({
    type: '/problems/unreachable',
    title: 'The server cannot be reached',
    status: 0,
    detail: 'Check the connection; the page tries again when it is back.',
  });

/** Maps an answer outside 2xx to an error, whatever stood in its body. */
export function problemOf(
  status: number,
  contentType: string | null,
  body: string,
  retryAfter: string | null,
): ApiError {
  return new ApiError(parseProblem(status, contentType, body), parseRetryAfter(retryAfter));
}

/** A sentence for people about any thrown value. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError)
    return error.detail === null ? error.message : `${withoutStop(error.message)}. ${error.detail}`;
  return error instanceof Error ? error.message : String(error);
}

/** Titles of the server are sentences; here they become parts of one. */
export const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

function parseProblem(status: number, contentType: string | null, body: string): Problem {
  if (contentType?.includes('json')) {
    try {
      const parsed = JSON.parse(body) as Partial<Problem> | null;
      if (typeof parsed?.title === 'string')
        return { ...parsed, type: parsed.type ?? 'about:blank', title: parsed.title, status };
    } catch {
      // A proxy cut the body short; the status alone still says what happened.
    }
  }
  return { type: 'about:blank', title: titles[status] ?? `The server answered ${status}`, status };
}

/** Seconds; HTTP also allows a date. */
function parseRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

const titles: Readonly<Record<number, string>> = {
  401: 'Sign in to go on',
  403: 'Your role does not allow this',
  404: 'This does not exist, or not for you',
  413: 'This is larger than the server accepts',
  429: 'Too many requests; try again shortly',
  502: 'The server is not answering',
  503: 'The server is not ready yet',
  504: 'The server took too long',
};
