import { Button, Group, Skeleton, Stack } from '@mantine/core';
import type { Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { JobLine } from '../jobs/JobLine.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { useDiscard } from './use-discard.ts';

/** The server reads the dataset. */
export function LookRunning({ jobId, job }: { readonly jobId: string; readonly job: Job | undefined }) {
  const discard = useDiscard(jobId);
  return (
    <Stack>
      {job === undefined ? <Skeleton height={52} /> : <JobLine job={job} />}
      <ErrorNote error={discard.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          Cancel
        </Button>
        <Button onClick={closeProjectDialog}>Go on working</Button>
      </Group>
    </Stack>
  );
}
