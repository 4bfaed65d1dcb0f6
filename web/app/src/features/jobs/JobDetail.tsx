import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { isOver } from '../../api/jobs-in-order.ts';
import type { Job } from '../../api/types.ts';
import { formatDateTime } from '../../ui/format.ts';
import { downloadUrl, resultOf } from '../exports/export-result.ts';
import { LossList } from '../exports/LossList.tsx';
import { ReportOutcome } from '../imports/ReportOutcome.tsx';
import { openProjectDialog } from '../projects/dialog-store.ts';
import styles from './JobDetail.module.css';
import { durationText } from './job-view.ts';

/** Kinds of jobs that take no files in. */
const withoutReport: ReadonlySet<string> = new Set(['export', 'preview', 'tiles']);

/** All there is to know about a job. */
export function JobDetail({ job }: { readonly job: Job }) {
  const result = resultOf(job);
  const duration = durationText(job, Date.now());
  const facts: readonly (readonly [string, string | null])[] = [
    ['Asked for', formatDateTime(job.createdAt)],
    ['Started', job.startedAt && formatDateTime(job.startedAt)],
    ['Ended', job.finishedAt && formatDateTime(job.finishedAt)],
    ['Took', duration],
    ['Attempt', job.attempt > 1 ? String(job.attempt) : null],
  ];
  return (
    <Stack gap="sm" py={4}>
      <Group gap="xl" className="tabular">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <Text size="xs" c="dimmed">
                  {label}
                </Text>
                <Text size="xs">{value}</Text>
              </div>
            ),
        )}
      </Group>
      {job.error !== null && (
        <Alert color="red" icon={<IconAlertCircle size={18} />}>
          {job.error}
        </Alert>
      )}
      {job.projectId !== null && job.error === null && !withoutReport.has(job.kind) && (
        <div className={styles.outcome}>
          <ReportOutcome projectId={job.projectId} job={job} />
        </div>
      )}
      {job.kind === 'preview' && isOver(job) && job.state !== 'cancelled' && (
        <Button size="compact-sm" variant="light" w="fit-content" onClick={() => openProjectDialog('import', job.id)}>
          Look at the dataset
        </Button>
      )}
      {result && (
        <>
          <Text size="sm">
            <a href={downloadUrl(job.id)} download>
              {result.fileName}
            </a>
          </Text>
          <LossList jobId={job.id} expected={result.losses} />
        </>
      )}
      <Text size="xs" c="dimmed" ff="monospace">
        {job.id}
      </Text>
    </Stack>
  );
}
