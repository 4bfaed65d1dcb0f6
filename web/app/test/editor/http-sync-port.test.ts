import { type SetEvent, SyncError } from '@plumbline/editor';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/api/api-error.ts';
import { ApiClient } from '../../src/api/client.ts';
import { SignInGate } from '../../src/api/sign-in-gate.ts';
import type { ServerEvents } from '../../src/api/types.ts';
import { HttpSyncPort, syncErrorOf } from '../../src/editor/http-sync-port.ts';

const noEvents = { on: () => () => {} };
const problem = (status: number) =>
  new Response(JSON.stringify({ type: '/problems/x', title: 'Nope', status }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

function portAnswering(answer: () => Response | Promise<Response>, seen: Request[] = []) {
  const fetchFunction = async (input: RequestInfo | URL, init?: RequestInit) => {
    const { signal: _, ...rest } = init ?? {};
    const request = new Request(new URL(String(input), 'http://test'), rest);
    if (request.url.endsWith('/session')) return Response.json({ user: null, antiForgeryToken: 't' });
    seen.push(request);
    return answer();
  };
  return new HttpSyncPort(new ApiClient(new SignInGate(), fetchFunction), noEvents, fetchFunction);
}

const changeSet = { changeSetId: 'c1', baseRevision: 3, clientId: 'me', changes: [] };

describe('sync over HTTP', () => {
  it('hands the set over unparsed', async () => {
    const port = portAnswering(() => new Response('{"id":1}'));
    const bytes = await port.load('s', new AbortController().signal, null);
    expect(new TextDecoder().decode(bytes)).toBe('{"id":1}');
  });

  it('asks for what a view shows', async () => {
    const seen: Request[] = [];
    const port = portAnswering(() => new Response('{}'), seen);
    const area = { left: 10.5, top: 20, right: 110.5, bottom: 70 };
    await port.load('s', new AbortController().signal, { area, limit: 100, wholeUpTo: 50 });
    const { pathname, search } = new URL(seen[0]?.url ?? '');
    expect(pathname + search).toBe('/api/annotation-sets/s?view=10.5,20,100,50&limit=100&wholeUpTo=50');
  });

  it('sends a change set under its own id and asks for what is new', async () => {
    const seen: Request[] = [];
    const port = portAnswering(() => Response.json({ revision: 4, results: [] }), seen);
    expect(await port.send('s', changeSet)).toEqual({ revision: 4, results: [] });
    await port.since('s', 3);
    expect(seen.map((request) => `${request.method} ${new URL(request.url).pathname}`)).toEqual([
      'POST /api/annotation-sets/s/changes',
      'GET /api/annotation-sets/s/changes',
    ]);
    expect(await seen[0]?.json()).toEqual(changeSet);
    expect(new URL(seen[1]?.url ?? '').searchParams.get('since')).toBe('3');
  });

  it.each([
    [401, 'signInNeeded'],
    [403, 'rejected'],
    [404, 'rejected'],
    [409, 'rejected'],
    [429, 'offline'],
    [500, 'offline'],
    [503, 'offline'],
    [507, 'serverFull'],
  ])('says what a %i means, at once and without waiting for a sign-in', async (status, failure) => {
    const port = portAnswering(() => problem(status));
    await expect(port.send('s', changeSet)).rejects.toMatchObject({ name: 'SyncError', failure });
    await expect(port.load('s', new AbortController().signal, null)).rejects.toMatchObject({ failure });
  });

  it('takes a broken connection for being offline and leaves an abort an abort', async () => {
    const broken = portAnswering(() => Promise.reject(new TypeError('failed to fetch')));
    await expect(broken.since('s', 1)).rejects.toMatchObject({ failure: 'offline' });
    const aborted = portAnswering(() => Promise.reject(new DOMException('stop', 'AbortError')));
    await expect(aborted.load('s', new AbortController().signal, null)).rejects.not.toBeInstanceOf(SyncError);
    expect(syncErrorOf(new ApiError({ type: 'x', title: 'Gone', status: 410, detail: 'for good' })).message).toBe(
      'Gone. for good',
    );
  });

  it('passes on events of its set and every resync, until stopped', () => {
    const listeners = new Map<string, (data: never) => void>();
    const events = {
      on: <N extends keyof ServerEvents>(name: N, listener: (data: ServerEvents[N]) => void) => {
        listeners.set(name, listener as (data: never) => void);
        return () => listeners.delete(name);
      },
    };
    const port = new HttpSyncPort(new ApiClient(new SignInGate()), events);
    const heard: SetEvent[] = [];
    const stop = port.subscribe('s', (event) => heard.push(event));
    listeners.get('set')?.({ setId: 'other', revision: 1, clientId: null } as never);
    listeners.get('set')?.({ setId: 's', revision: 7, clientId: 'me' } as never);
    listeners.get('resync')?.({} as never);
    expect(heard).toEqual([{ kind: 'changed', revision: 7, clientId: 'me' }, { kind: 'resync' }]);
    stop();
    expect(listeners.size).toBe(0);
  });
});
