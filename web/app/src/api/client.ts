import { ApiError, problemOf, unreachable } from './api-error.ts';
import { randomId } from './random-id.ts';
import { type SignInGate, signInGate } from './sign-in-gate.ts';
import type { Session } from './types.ts';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  /** The ETag of what was read; the server answers 412 when it has changed since. */
  readonly ifMatch?: string;
  /** Makes a repeated POST one deed. Chosen at random unless given. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** A 401 is the answer, not a reason to ask for a sign-in. */
  readonly anonymous?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The one way to the server. A cookie says who asks; a token in a header says that this page asked. */
export class ApiClient {
  private antiForgery: Promise<string> | null = null;
  private readonly gate: SignInGate;
  private readonly fetch: typeof fetch;

  constructor(gate: SignInGate, fetchFunction: typeof fetch = (...args) => fetch(...args)) {
    this.gate = gate;
    this.fetch = fetchFunction;
  }

  get = <T>(path: string, options: RequestOptions = {}) => this.request<T>('GET', path, options);
  post = <T>(path: string, body?: unknown, options: RequestOptions = {}) =>
    this.request<T>('POST', path, { ...options, body });
  put = <T>(path: string, body: unknown, options: RequestOptions = {}) =>
    this.request<T>('PUT', path, { ...options, body });
  patch = <T>(path: string, body: unknown, options: RequestOptions = {}) =>
    this.request<T>('PATCH', path, { ...options, body });
  delete = <T = void>(path: string, options: RequestOptions = {}) => this.request<T>('DELETE', path, options);

  /** Reads who is signed in, and keeps the anti-forgery token that belongs to that session. */
  async session(): Promise<Session> {
    const session = await this.request<Session>('GET', '/session', { anonymous: true });
    this.antiForgery = Promise.resolve(session.antiForgeryToken);
    return session;
  }

  /** The session changed (signed in, signed out): its token is no longer the right one. */
  forgetAntiForgery(): void {
    this.antiForgery = null;
  }

  /** For requests that go another way (XMLHttpRequest reports bytes sent, fetch does not). */
  antiForgeryToken(): Promise<string> {
    this.antiForgery ??= this.session().then(
      (session) => session.antiForgeryToken,
      (error: unknown) => {
        this.antiForgery = null;
        throw error;
      },
    );
    return this.antiForgery;
  }

  private async request<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
    const repeatable: RequestOptions =
      method === 'POST' && options.idempotencyKey === undefined ? { ...options, idempotencyKey: randomId() } : options;
    try {
      return await this.send<T>(method, path, repeatable);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.problem === 'anti-forgery') {
        this.forgetAntiForgery();
        return this.send<T>(method, path, repeatable);
      }
      if (error.status === 401 && options.anonymous !== true && (await this.gate.wait())) {
        return this.send<T>(method, path, repeatable);
      }
      throw error;
    }
  }

  private async send<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
    const headers = new Headers({ Accept: 'application/json' });
    if (options.body !== undefined) headers.set('Content-Type', 'application/json');
    if (options.ifMatch !== undefined) headers.set('If-Match', options.ifMatch);
    if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey);
    if (method !== 'GET') headers.set('X-CSRF-TOKEN', await this.antiForgeryToken());

    const response = await this.reach(`/api${path}${queryString(options.query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const text = await response.text();
    if (!response.ok) {
      const { headers: answered } = response;
      throw problemOf(response.status, answered.get('Content-Type'), text, answered.get('Retry-After'));
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch(url, init);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw unreachable();
    }
  }
}

/** `?a=1&b=x`, without what is null, undefined or empty; nothing at all when nothing is left. */
export function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

export const api = new ApiClient(signInGate);
