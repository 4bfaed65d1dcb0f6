import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { isOver } from '../../api/jobs-in-order.ts';
import type { Job } from '../../api/types.ts';
import { JobLine } from '../jobs/JobLine.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { ReportOutcome } from './ReportOutcome.tsx';

/** An import under way, then what it brought. */
export function ImportRunning({ job, projectId }: { readonly job: Job | undefined; readonly projectId: string }) {
  return (
    <Stack mih={140}>
      {job === undefined ? <Skeleton height={52} /> : <JobLine job={job} />}
      {job !== undefined && isOver(job) && <ReportOutcome projectId={projectId} job={job} />}
      <Group justify="flex-end" gap="xs" mt="auto">
        <Button onClick={closeProjectDialog}>{job !== undefined && isOver(job) ? 'Close' : 'Go on working'}</Button>
      </Group>
    </Stack>
  );
}
