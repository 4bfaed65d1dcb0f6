import { describe, expect, it } from 'vitest';
import { laterState, mergeJobLists, withJob } from '../src/api/jobs-in-order.ts';
import type { Job } from '../src/api/types.ts';

const job = (state: Job['state'], startedAt: string | null = null): Job => ({
  id: 'j',
  kind: 'export',
  projectId: 'p',
  title: 'Export',
  state,
  progress: { done: 0, total: null, unit: '' },
  message: null,
  error: null,
  attempt: 0,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt,
  finishedAt: null,
  createdBy: null,
  result: null,
});

describe('the order of what is told about a job', () => {
  it('does not put a finished job back to waiting when the answer that began it comes late', () => {
    const finished = job('succeeded', '2026-01-01T00:00:01Z');
    expect(withJob([finished], job('queued'))).toEqual([finished]);
  });

  it('lets a job wait again when it is tried again', () => {
    const again = job('queued', '2026-01-01T00:00:01Z');
    expect(laterState(job('failed', '2026-01-01T00:00:01Z'), again)).toBe(again);
  });

  it('keeps what events told while a list was under way, and takes the rest of the list', () => {
    const running = job('running', '2026-01-01T00:00:01Z');
    const merged = mergeJobLists({ items: [running] }, { items: [{ ...job('queued'), id: 'other' }, job('queued')] });
    expect(merged).toEqual({ items: [{ ...job('queued'), id: 'other' }, running] });
  });
});
