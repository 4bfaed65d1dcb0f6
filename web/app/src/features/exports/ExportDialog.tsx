import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { withJob } from '../../api/jobs-in-order.ts';
import { queries, useJobs, useProject } from '../../api/queries.ts';
import type { ExportFormat, ExportRequest, Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatCount } from '../../ui/format.ts';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import styles from './ExportDialog.module.css';
import { ExportProgress } from './ExportProgress.tsx';
import { exportFormats } from './formats.ts';

/** From choosing a format to the file on one's disk, in one place. It may be closed at any time; the job goes on. */
export function ExportDialog({ projectId }: { readonly projectId: string }) {
  const [jobId, setJobId] = useState<string | null>(null);
  const { jobs } = useJobs(queries.jobs(projectId));
  const job = jobs.find(({ id }) => id === jobId);
  return (
    <Modal opened onClose={closeProjectDialog} title="Export" size={760}>
      {jobId === null || job === undefined ? (
        <Form projectId={projectId} onStarted={setJobId} />
      ) : (
        <ExportProgress job={job} />
      )}
    </Modal>
  );
}

function Form({ projectId, onStarted }: { readonly projectId: string; readonly onStarted: (jobId: string) => void }) {
  const client = useQueryClient();
  const counts = useProject(projectId).data?.counts;
  const [format, setFormat] = useState<ExportFormat>('coco');
  const [images, setImages] = useState<ExportRequest['images']>('upright');
  const [scope, setScope] = useState<ExportRequest['scope']>('labelled');
  const begin = useMutation({
    mutationFn: () => {
      const request: ExportRequest = { format, images, scope, options: {} };
      return api.post<Job>(`/projects/${projectId}/exports`, request);
    },
    onSuccess: (job) => {
      client.setQueryData(queries.jobs(projectId).queryKey, (list) => list && withJob(list, job));
      client.invalidateQueries({ queryKey: queries.exports(projectId).queryKey });
      onStarted(job.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Radio.Group label="Format" value={format} onChange={(value) => setFormat(value as ExportFormat)}>
          <div className={styles.formats}>
            {exportFormats.map(({ value, name, holds, cannotSay }) => (
              <Radio.Card key={value} value={value} className={styles.format}>
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator mt={2} />
                  <div>
                    <Text fw={550} size="sm">
                      {name}
                    </Text>
                    <Text size="xs">{holds}</Text>
                    <Text size="xs" c="dimmed">
                      Cannot say: {cannotSay}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <Group grow align="flex-start">
          <Radio.Group label="Pictures" value={images} onChange={(value) => setImages(value as typeof images)}>
            <Stack gap={6} mt={6}>
              <Radio value="upright" label="With the pictures, upright" />
              <Radio value="none" label="Labels only" />
            </Stack>
          </Radio.Group>
          <Radio.Group label="Images" value={scope} onChange={(value) => setScope(value as typeof scope)}>
            <Stack gap={6} mt={6}>
              <Radio value="labelled" label="Labelled or verified empty" />
              <Radio value="all" label={counts ? `All (${formatCount(counts.images, 'image')})` : 'All'} />
            </Stack>
          </Radio.Group>
        </Group>
        <ErrorNote error={begin.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeProjectDialog}>
            Cancel
          </Button>
          <Button type="submit" loading={begin.isPending} data-autofocus>
            Export
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
