import { isOver } from '../../api/jobs-in-order.ts';
import type { Job, JobState } from '../../api/types.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { outcomeOf, outcomeText } from '../imports/report-view.ts';

export const stateNames: Readonly<Record<JobState, string>> = {
  queued: 'Waiting',
  running: 'Running',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
export const stateColors: Readonly<Record<JobState, string>> = {
  queued: 'gray',
  running: 'indigo',
  succeeded: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

/** 0 to 1; null while the end is not known. */
export function fractionOf(job: Job): number | null {
  if (job.state === 'succeeded') return 1;
  const { done, total } = job.progress;
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

/** `120 of 1,000 images`, what the job says itself, or what it brought in. */
export function progressText(job: Job): string {
  if (job.state === 'queued') return job.message ?? 'Waits for its turn';
  if (isOver(job) && job.message !== null) return job.message;
  const outcome = outcomeOf(job);
  if (outcome !== null) return outcomeText(outcome);
  const { done, total, unit } = job.progress;
  if (done === 0 && total === null) return job.message ?? stateNames[job.state];
  const counted = total === null ? formatNumber(done) : `${formatNumber(done)} of ${formatNumber(total)}`;
  return `${counted} ${unit}`.trim();
}

/** How long it ran, or has run by `now`; null before it started. */
export function durationText(job: Job, now: number): string | null {
  if (job.startedAt === null) return null;
  const end = job.finishedAt === null ? now : Date.parse(job.finishedAt);
  return formatDuration((end - Date.parse(job.startedAt)) / 1000);
}
