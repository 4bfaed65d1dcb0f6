import { Progress, type ProgressRootProps } from '@mantine/core';
import type { Job } from '../../api/types.ts';
import { fractionOf, stateColors } from './job-view.ts';

export interface JobBarProps extends Pick<ProgressRootProps, 'mb' | 'my'> {
  readonly job: Job;
  readonly label: string;
}

/** How far a job is. While nobody knows, the bar is on the move and names no number. */
export function JobBar({ job, label, ...space }: JobBarProps) {
  const fraction = job.state === 'queued' ? 0 : fractionOf(job);
  const unknown = job.state === 'running' && fraction === null;
  const value = (fraction ?? 1) * 100;
  return (
    <Progress.Root size="sm" {...space}>
      <Progress.Section
        value={value}
        color={stateColors[job.state]}
        animated={unknown}
        withAria={false}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={unknown ? undefined : value}
      />
    </Progress.Root>
  );
}
