import { describe, expect, it } from 'vitest';
import { ApiError, messageOf, problemOf } from '../src/api/api-error.ts';
import { ApiClient, queryString } from '../src/api/client.ts';
import { SignInGate } from '../src/api/sign-in-gate.ts';

type Handler = (url: string, init: RequestInit) => Response | Promise<Response>;
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });
const session = json.bind(null, 200);

/** A client whose requests end in `handler`, with what it was asked, in order. */
function clientOf(handler: Handler) {
  const gate = new SignInGate();
  const asked: { url: string; method: string; headers: Headers; body: unknown }[] = [];
  const client = new ApiClient(gate, async (input, init = {}) => {
    const url = String(input);
    asked.push({ url, method: init.method ?? 'GET', headers: new Headers(init.headers), body: init.body });
    return url === '/api/session' && init.method === 'GET'
      ? session({ user: null, antiForgeryToken: `token ${asked.length}` })
      : handler(url, init);
  });
  return { client, gate, asked };
}

describe('problemOf', () => {
  it.each([
    [
      'a problem document',
      'application/problem+json; charset=utf-8',
      '{"type":"/problems/stale","title":"Changed since"}',
      412,
      'stale',
      'Changed since',
    ],
    ['a page of a proxy', 'text/html', '<h1>Bad gateway</h1>', 502, 'about:blank', 'The server is not answering'],
    [
      'a document cut short',
      'application/problem+json',
      '{"type":"/prob',
      500,
      'about:blank',
      'The server answered 500',
    ],
    ['no body', null, '', 403, 'about:blank', 'Your role does not allow this'],
    ['JSON that is no problem', 'application/json', '[]', 404, 'about:blank', 'This does not exist, or not for you'],
  ])('reads %s', (_, contentType, body, status, problem, title) => {
    const error = problemOf(status, contentType, body, null);
    expect([error.status, error.problem, error.message]).toEqual([status, problem, title]);
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(problemOf(429, null, '', '75').retryAfterSeconds).toBe(75);
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    expect(problemOf(429, null, '', inAMinute).retryAfterSeconds).toBeGreaterThan(55);
    expect(problemOf(429, null, '', 'soon').retryAfterSeconds).toBeNull();
  });

  it.each([
    [0, true],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [401, false],
    [409, false],
    [422, false],
  ])('says that %i may heal by itself: %s', (status, transient) =>
    expect(problemOf(status, null, '', null).transient).toBe(transient),
  );

  it('joins title and detail into one text without doubled stops', () => {
    const error = new ApiError({ type: '/problems/x', title: 'It broke.', status: 500, detail: 'See the log.' });
    expect(messageOf(error)).toBe('It broke. See the log.');
  });
});

describe('ApiClient', () => {
  it('sends reads without a token, and writes with token and idempotency key', async () => {
    const { client, asked } = clientOf(() => json(200, { ok: true }));
    await client.get('/projects', { query: { cursor: null, limit: 5, q: '' } });
    await client.post('/projects', { name: 'n' });
    const [read, , write] = asked;
    expect([read?.url, read?.headers.has('X-CSRF-TOKEN')]).toEqual(['/api/projects?limit=5', false]);
    expect(write?.headers.get('X-CSRF-TOKEN')).toBe('token 2');
    expect(write?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(write?.body).toBe('{"name":"n"}');
  });

  it('asks for the token once and again after it was forgotten', async () => {
    const { client, asked } = clientOf(() => new Response(null, { status: 204 }));
    await Promise.all([client.put('/a', {}), client.put('/b', {})]);
    client.forgetAntiForgery();
    await client.delete('/c', { ifMatch: '"7"' });
    expect(asked.filter(({ url }) => url === '/api/session')).toHaveLength(2);
    expect(asked.at(-1)?.headers.get('If-Match')).toBe('"7"');
  });

  it('fetches a new token and repeats the request with the same key when the old one is refused', async () => {
    let refused = false;
    const { client, asked } = clientOf(() => {
      if (refused) return json(200, 'done');
      refused = true;
      return json(403, { type: '/problems/anti-forgery', title: 'No' });
    });
    expect(await client.post('/jobs', {})).toBe('done');
    const [first, second] = asked.filter(({ url }) => url === '/api/jobs');
    expect(second?.headers.get('X-CSRF-TOKEN')).not.toBe(first?.headers.get('X-CSRF-TOKEN'));
    expect(second?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'));
  });

  it('holds requests that meet a 401 until somebody signed in, then sends them again', async () => {
    let signedIn = false;
    const { client, gate } = clientOf(() => (signedIn ? json(200, 'done') : json(401, { title: 'Who?' })));
    const both = Promise.all([client.get('/a'), client.put('/b', {})]);
    while (!gate.isClosed()) await new Promise(setImmediate);
    signedIn = true;
    gate.open();
    expect(await both).toEqual(['done', 'done']);
    expect(gate.isClosed()).toBe(false);
  });

  it('throws the 401 when the person gives up, and at once for questions that need no session', async () => {
    const { client, gate } = clientOf(() => json(401, { type: '/problems/sign-in', title: 'Wrong' }));
    const held = client.get('/a');
    while (!gate.isClosed()) await new Promise(setImmediate);
    gate.giveUp();
    await expect(held).rejects.toMatchObject({ status: 401 });
    await expect(client.post('/session', {}, { anonymous: true })).rejects.toMatchObject({ problem: 'sign-in' });
  });

  it('says unreachable when the network fails, and passes an abort on as it is', async () => {
    const { client } = clientOf(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(client.get('/a')).rejects.toMatchObject({ status: 0, problem: 'unreachable', transient: true });
    const aborting = clientOf(() => Promise.reject(new DOMException('', 'AbortError')));
    await expect(aborting.client.get('/a')).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('queryString', () => {
  it('leaves out what is empty and escapes the rest', () => {
    expect(queryString({ filter: 'class:"stop sign"', count: true, limit: 0, none: null, empty: '' })).toBe(
      '?filter=class%3A%22stop+sign%22&count=true&limit=0',
    );
    expect(queryString({ a: undefined })).toBe('');
  });
});
