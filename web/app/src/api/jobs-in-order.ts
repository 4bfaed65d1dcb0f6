import { replaceEqualDeep } from '@tanstack/react-query';
import type { Job } from './types.ts';

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running';

const stage = (job: Job): number => (job.state === 'queued' ? 0 : job.state === 'running' ? 1 : 2);

/**
 * The later of two states of one job. An event can overtake the answer to the request that began the job, which then
 * must not put it back to waiting. A job that waits again after it had begun is being tried again.
 */
export function laterState(known: Job, told: Job): Job {
  const triedAgain = told.state === 'queued' && told.startedAt !== null;
  return stage(told) < stage(known) && !triedAgain ? known : told;
}

/** The list with `job` in its place: replaced where it stands, or first when it is new. */
export function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  return jobs.some((known) => known.id === job.id)
    ? jobs.map((known) => (known.id === job.id ? laterState(known, job) : known))
    : [job, ...jobs];
}

/** `structuralSharing` of a list of jobs: what events told while the list was under way stays. */
export function mergeJobLists(known: unknown, read: unknown): unknown {
  if (!isJobList(known) || !isJobList(read)) return read;
  const byId = new Map(known.items.map((job) => [job.id, job]));
  const items = read.items.map((job) => {
    const before = byId.get(job.id);
    return before === undefined ? job : laterState(before, job);
  });
  return replaceEqualDeep(known, { ...read, items });
}

const isJobList = (value: unknown): value is { readonly items: readonly Job[] } =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);
