import { type InfiniteData, replaceEqualDeep } from '@tanstack/react-query';
import type { Job, Page } from './types.ts';

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

/** A list of jobs, newest first, as far as it was read. */
export type JobPages = InfiniteData<Page<Job>, unknown>;

export const jobsOf = (list: JobPages | undefined): readonly Job[] => list?.pages.flatMap(({ items }) => items) ?? [];

/** The list with `job` in its place: replaced where it stands, or first when it is new. */
export function withJob(list: JobPages, job: Job): JobPages {
  const known = jobsOf(list).some(({ id }) => id === job.id);
  const change = (page: Page<Job>, index: number): Page<Job> => {
    if (!known) return index === 0 ? { ...page, items: [job, ...page.items] } : page;
    return { ...page, items: page.items.map((before) => (before.id === job.id ? laterState(before, job) : before)) };
  };
  return { ...list, pages: list.pages.map(change) };
}

/** `structuralSharing` of a list of jobs: what events told while the list was under way stays. */
export function mergeJobPages(known: unknown, read: unknown): unknown {
  if (!isJobPages(known) || !isJobPages(read)) return read;
  const byId = new Map(jobsOf(known).map((job) => [job.id, job]));
  const later = (job: Job) => {
    const before = byId.get(job.id);
    return before === undefined ? job : laterState(before, job);
  };
  const pages = read.pages.map((page) => ({ ...page, items: page.items.map(later) }));
  return replaceEqualDeep(known, { ...read, pages });
}

const isJobPages = (value: unknown): value is JobPages =>
  typeof value === 'object' && value !== null && 'pages' in value && Array.isArray(value.pages);
