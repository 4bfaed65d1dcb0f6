import { describe, expect, it } from 'vitest';
import { type JobPages, jobsOf, laterState, mergeJobPages, withJob } from '../src/api/jobs-in-order.ts';
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

const pages = (...lists: Job[][]): JobPages => ({
  pages: lists.map((items) => ({ items, next: null })),
  pageParams: lists.map(() => null),
});

describe('the order of what is told about a job', () => {
  it('does not put a finished job back to waiting when the answer that began it comes late', () => {
    const finished = job('succeeded', '2026-01-01T00:00:01Z');
    expect(jobsOf(withJob(pages([finished]), job('queued')))).toEqual([finished]);
  });

  it('lets a job wait again when it is tried again', () => {
    const again = job('queued', '2026-01-01T00:00:01Z');
    expect(laterState(job('failed', '2026-01-01T00:00:01Z'), again)).toBe(again);
  });

  it('keeps what events told while a list was under way, and takes the rest of the list', () => {
    const running = job('running', '2026-01-01T00:00:01Z');
    const other = { ...job('queued'), id: 'other' };
    expect(mergeJobPages(pages([running]), pages([other], [job('queued')]))).toEqual(pages([other], [running]));
  });

  it('changes a job on the page where it stands and puts a new one on top of the first', () => {
    const [old, fresh] = [
      { ...job('queued'), id: 'old' },
      { ...job('queued'), id: 'fresh' },
    ];
    const cancelled = { ...old, state: 'cancelled' as const };
    const list = withJob(withJob(pages([job('queued')], [old]), cancelled), fresh);
    expect(list).toEqual(pages([fresh, job('queued')], [cancelled]));
  });
});
