import { Alert, Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { withJob } from '../../api/jobs-in-order.ts';
import { queries } from '../../api/queries.ts';
import type { ImportPreview, Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { ClassMapping } from './ClassMapping.tsx';
import { choicesOf, classesById, countFates, undecided } from './class-mapping.ts';
import styles from './ImportPreview.module.css';
import { PreviewFacts } from './PreviewFacts.tsx';
import { PreviewFormatBar } from './PreviewFormatBar.tsx';
import { PreviewIssues } from './PreviewIssues.tsx';
import { PreviewPictures } from './PreviewPictures.tsx';
import { useDiscard } from './use-discard.ts';

export interface ImportPreviewPanelProps {
  readonly projectId: string;
  readonly jobId: string;
  /** Another look at the same files began. */
  readonly onLook: (jobId: string) => void;
  readonly onStarted: (jobId: string) => void;
}

/** What is in a dataset, before anything changes. */
export function ImportPreviewPanel(props: ImportPreviewPanelProps) {
  const preview = useQuery(queries.importPreview(props.jobId));
  if (preview.isPending) return <Skeleton height={560} />;
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => preview.refetch()} />;
  return <Loaded {...props} preview={preview.data} />;
}

function Loaded({
  projectId,
  jobId,
  preview,
  onLook,
  onStarted,
}: ImportPreviewPanelProps & { preview: ImportPreview }) {
  const client = useQueryClient();
  const ontology = useQuery(queries.ontology(projectId)).data?.ontology;
  const known = useMemo(() => classesById(ontology), [ontology]);
  const [decisions, setDecisions] = useState(undecided);
  const counts = useMemo(() => countFates(decisions, preview.classes), [decisions, preview.classes]);
  const discard = useDiscard(jobId);
  const start = useMutation({
    mutationFn: () => api.post<Job>(`/imports/${jobId}/start`, { classes: choicesOf(decisions, preview) }),
    onSuccess: (job) => {
      client.setQueryData(queries.jobs(projectId).queryKey, (list) => list && withJob(list, job));
      onStarted(job.id);
    },
  });
  const problems = preview.errors + preview.warnings;
  const losses = preview.losses.filter(({ bookkeeping }) => !bookkeeping).length;
  return (
    <Stack gap="sm">
      <PreviewFormatBar preview={preview} onLook={onLook} />
      {preview.format === null ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
          {preview.candidates.length === 0
            ? 'No format was recognised in these files. Choose the one that they are in.'
            : `These files fit several formats: ${preview.candidates.map(({ title, why }) => `${title} (${why})`).join(', ')}. Choose one.`}
        </Alert>
      ) : (
        <>
          <PreviewFacts preview={preview} />
          <div className={styles.columns}>
            <ClassMapping classes={preview.classes} known={known} decisions={decisions} onChange={setDecisions} />
            <Tabs defaultValue="pictures" className={styles.side}>
              <Tabs.List>
                <Tabs.Tab value="pictures">Pictures</Tabs.Tab>
                <Tabs.Tab value="issues" {...(preview.errors > 0 ? { c: 'red' } : {})}>
                  Issues {formatNumber(problems)}
                </Tabs.Tab>
                <Tabs.Tab value="losses">Cannot be kept {formatNumber(losses)}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="pictures" className={styles.panel} tabIndex={0}>
                <PreviewPictures preview={preview} known={known} decisions={decisions} />
              </Tabs.Panel>
              <Tabs.Panel value="issues" className={styles.panel} tabIndex={0}>
                <PreviewIssues issues={preview.issues} total={problems} />
              </Tabs.Panel>
              <Tabs.Panel value="losses" className={styles.panel} tabIndex={0}>
                <Losses preview={preview} />
              </Tabs.Panel>
            </Tabs>
          </div>
        </>
      )}
      <ErrorNote error={start.error ?? discard.error} />
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" className="tabular" aria-live="polite">
          {preview.format !== null &&
            `${formatNumber(counts.existing)} to classes of the project · ${formatNumber(counts.added)} new · ${formatNumber(counts.dropped)} left out`}
          {counts.droppedAnnotations > 0 && ` with ${formatCount(counts.droppedAnnotations, 'annotation')}`}
        </Text>
        <Group gap="xs">
          <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
            Cancel
          </Button>
          <Button disabled={preview.format === null} loading={start.isPending} onClick={() => start.mutate()}>
            Import
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function Losses({ preview }: { readonly preview: ImportPreview }) {
  if (preview.losses.length === 0) return <Text size="sm">A project can hold everything in it.</Text>;
  return (
    <Stack gap={6}>
      {preview.losses.map(({ code, why, count, bookkeeping }) => (
        <Text key={code + why} size="sm" {...(bookkeeping ? { c: 'dimmed' } : {})}>
          {why} ({formatCount(count, 'item')})
        </Text>
      ))}
    </Stack>
  );
}
