import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { isOver } from '../../api/jobs-in-order.ts';
import type { Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { JobLine } from '../jobs/JobLine.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { downloadUrl, resultOf } from './export-result.ts';
import { LossList } from './LossList.tsx';

/** An export under way, then its file and what the format could not say. */
export function ExportProgress({ job }: { readonly job: Job }) {
  const result = resultOf(job);
  const cancel = useMutation({ mutationFn: () => api.post(`/jobs/${job.id}/cancel`) });
  return (
    <Stack mih={420}>
      <JobLine job={job} />
      {result && (
        <Text size="sm" className="tabular">
          {formatCount(result.images, 'image')} and {formatCount(result.annotations, 'annotation')} in {result.fileName}{' '}
          ({formatBytes(result.bytes)}).
        </Text>
      )}
      {result && <LossList jobId={job.id} expected={result.losses} />}
      <ErrorNote error={cancel.error} />
      <Group justify="flex-end" gap="xs" mt="auto">
        {isOver(job) ? (
          <Button variant="default" onClick={closeProjectDialog}>
            Close
          </Button>
        ) : (
          <>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel the export
            </Button>
            <Button onClick={closeProjectDialog}>Go on working</Button>
          </>
        )}
        {result && (
          <Button component="a" href={downloadUrl(job.id)} download leftSection={<IconDownload size={16} />}>
            Download
          </Button>
        )}
      </Group>
    </Stack>
  );
}
