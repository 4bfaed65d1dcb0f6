import { describe, expect, it } from 'vitest';
import { problemOf, unreachable } from '../src/api/api-error.ts';
import { SignInGate } from '../src/api/sign-in-gate.ts';
import type { Job, UploadStatus } from '../src/api/types.ts';
import type { PartDelivery, UploadPorts } from '../src/features/uploads/upload-ports.ts';
import { UploadRun } from '../src/features/uploads/upload-run.ts';

const partSize = 4;
const job = { id: 'job' } as Job;
const problem = (status: number, type = 'x') =>
  problemOf(status, 'application/problem+json', JSON.stringify({ type: `/problems/${type}`, title: type }), null);

/** A server that keeps parts, and breaks as told: `breaks` answers what to throw for a delivery, or null. */
function serverOf(breaks: (delivery: PartDelivery, tries: number) => unknown = () => null) {
  const parts = new Map<number, string>();
  const tries = new Map<number, number>();
  const log: string[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  let bytes = 0;
  const ports: UploadPorts = {
    create: async (_, { files }) => {
      log.push('create');
      bytes = files.reduce((sum, { size }) => sum + size, 0);
      return { id: 'new', partSize, parts: Math.ceil(bytes / partSize), bytes };
    },
    status: async (id): Promise<UploadStatus> => {
      log.push('status');
      if (id === 'gone') throw problem(404, 'not-found');
      return { id, partSize, parts: Math.ceil(bytes / partSize), bytes, received: [...parts.keys()], state: 'open' };
    },
    put: async (delivery) => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise(setImmediate);
      atOnce--;
      const tried = (tries.get(delivery.index) ?? 0) + 1;
      tries.set(delivery.index, tried);
      const broken = breaks(delivery, tried);
      if (broken !== null) throw broken;
      delivery.onSent(delivery.part.size);
      parts.set(delivery.index, await delivery.part.text());
    },
    complete: async () => {
      log.push('complete');
      if (parts.size < Math.ceil(bytes / partSize)) throw problem(409, 'missing-parts');
      return job;
    },
    hash: (part) => part.text(),
    pause: async () => void log.push('pause'),
  };
  const stored = () =>
    [...parts.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join('');
  const expectBytes = (total: number) => {
    bytes = total;
  };
  return { ports, parts, log, stored, mostAtOnce: () => mostAtOnce, expectBytes };
}

function runOf(ports: UploadPorts, texts: readonly string[], resumeId: string | null = null, gate = new SignInGate()) {
  const content = new Blob([...texts]);
  const files = texts.map((text, index) => ({ path: `${index}.jpg`, size: text.length }));
  const progress: number[] = [];
  const waits: (string | null)[] = [];
  const run = new UploadRun({ projectId: 'p', files, intent: 'images', format: null, content, resumeId }, ports, gate, {
    started: () => {},
    progress: (sent) => progress.push(sent),
    waiting: (reason) => waits.push(reason),
  });
  return { run, progress, waits, bytes: content.size };
}

describe('UploadRun', () => {
  it('sends the files as one stream in parts, three at a time, and answers the job', async () => {
    const server = serverOf();
    const { run, progress, bytes } = runOf(server.ports, ['hello ', 'wide ', 'world of parts']);
    expect(await run.send()).toBe(job);
    expect(server.stored()).toBe('hello wide world of parts');
    expect(server.mostAtOnce()).toBe(3);
    expect(progress.at(-1)).toBe(bytes);
    expect(Math.max(...progress)).toBe(bytes);
  });

  it('completes an upload of empty files without parts', async () => {
    const server = serverOf();
    expect(await runOf(server.ports, ['']).run.send()).toBe(job);
    expect(server.log).toEqual(['create', 'complete']);
  });

  it('waits and goes on after dropped connections and a busy server', async () => {
    const server = serverOf((_, tries) => (tries === 1 ? unreachable() : tries === 2 ? problem(503) : null));
    const { run, waits } = runOf(server.ports, ['abcdefgh']);
    expect(await run.send()).toBe(job);
    expect(server.stored()).toBe('abcdefgh');
    expect(server.log.filter((line) => line === 'pause')).toHaveLength(4);
    expect(waits).toContain('The server cannot be reached');
    expect(waits.at(-1)).toBeNull();
  });

  it('sends only what is missing when it goes on with an earlier upload', async () => {
    const server = serverOf();
    server.expectBytes(10);
    server.parts.set(0, 'abcd').set(2, 'ij');
    const sent: number[] = [];
    const put = server.ports.put;
    const ports = {
      ...server.ports,
      put: (delivery: PartDelivery) => {
        sent.push(delivery.index);
        return put(delivery);
      },
    };
    const { run, progress } = runOf(ports, ['abcdefghij'], 'earlier');
    expect(await run.send()).toBe(job);
    expect(sent).toEqual([1]);
    expect(progress[0]).toBe(6);
    expect(server.log).not.toContain('create');
  });

  it.each([
    ['is gone', 'gone', 10],
    ['held other bytes', 'earlier', 99],
  ])('begins anew when the earlier upload %s', async (_, resumeId, bytes) => {
    const server = serverOf();
    server.expectBytes(bytes);
    expect(await runOf(server.ports, ['abcdefghij'], resumeId).run.send()).toBe(job);
    expect(server.log).toContain('create');
    expect(server.stored()).toBe('abcdefghij');
  });

  it('sends parts again that the server lost after confirming them', async () => {
    const server = serverOf();
    let lost = false;
    const complete = server.ports.complete;
    const ports = {
      ...server.ports,
      complete: (id: string) => {
        if (!lost) server.parts.delete(1);
        lost = true;
        return complete(id);
      },
    };
    expect(await runOf(ports, ['abcdefghij']).run.send()).toBe(job);
    expect(server.stored()).toBe('abcdefghij');
  });

  it('repeats a part whose bytes were damaged on the way, but not for ever', async () => {
    const once = serverOf((_, tries) => (tries === 1 ? problem(422, 'checksum') : null));
    expect(await runOf(once.ports, ['abcdef']).run.send()).toBe(job);
    const always = serverOf(() => problem(422, 'checksum'));
    await expect(runOf(always.ports, ['abcdef']).run.send()).rejects.toMatchObject({ problem: 'checksum' });
  });

  it('gives up at once on what does not heal: no rights, a full disk', async () => {
    for (const status of [403, 413, 507]) {
      const server = serverOf(() => problem(status));
      await expect(runOf(server.ports, ['abcdef']).run.send()).rejects.toMatchObject({ status });
      expect(server.log).not.toContain('pause');
    }
  });

  it('asks for a sign-in when the session ends and goes on with the same part', async () => {
    const gate = new SignInGate();
    const server = serverOf((_, tries) => (tries === 1 ? problem(401) : null));
    const sending = runOf(server.ports, ['abcd'], null, gate).run.send();
    while (!gate.isClosed()) await new Promise(setImmediate);
    gate.open();
    expect(await sending).toBe(job);
  });

  it('stops when cancelled, also while it waits', async () => {
    const server = serverOf(() => unreachable());
    const { run } = runOf({ ...server.ports, pause: async () => run.cancel() }, ['abcd']);
    await expect(run.send()).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.log).not.toContain('complete');
  });
});
