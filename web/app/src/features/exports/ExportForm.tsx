import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { api } from '../../api/client.ts';
import { withJob } from '../../api/jobs-in-order.ts';
import { queries, useProject } from '../../api/queries.ts';
import type { ExportRequest, Job } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatCount } from '../../ui/format.ts';
import { type ChosenOptions, FormatOptionFields } from '../formats/FormatOptionFields.tsx';
import { useFormats } from '../formats/use-formats.ts';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import styles from './ExportDialog.module.css';
import { ForecastPanel } from './ForecastPanel.tsx';
import { FormatList } from './FormatList.tsx';

export interface ExportFormProps {
  readonly projectId: string;
  readonly onStarted: (jobId: string) => void;
}

/** Which format, with what it would lose; which images; with pictures or without. */
export function ExportForm({ projectId, onStarted }: ExportFormProps) {
  const client = useQueryClient();
  const counts = useProject(projectId).data?.counts;
  const formats = useFormats();
  const [format, setFormat] = useState('coco');
  const [options, setOptions] = useState<ChosenOptions>({});
  const [images, setImages] = useState<ExportRequest['images']>('upright');
  const [scope, setScope] = useState<ExportRequest['scope']>('labelled');
  const forecast = useQuery(queries.exportForecast(projectId, scope));
  const forecasts = useMemo(() => new Map(forecast.data?.formats.map((one) => [one.format, one])), [forecast.data]);
  const begin = useMutation({
    mutationFn: () => {
      const request: ExportRequest = { format, images, scope, options };
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
      <div className={styles.columns}>
        <FormatList
          formats={formats}
          value={format}
          onChange={(chosen) => {
            setFormat(chosen);
            setOptions({});
          }}
          forecasts={forecasts}
        />
        <Stack gap="md" className={styles.choices ?? ''}>
          <Radio.Group label="Images" value={scope} onChange={(value) => setScope(value as typeof scope)}>
            <Stack gap={6} mt={6}>
              <Radio value="labelled" label="Labelled or verified empty" />
              <Radio value="all" label={counts ? `All (${formatCount(counts.images, 'image')})` : 'All'} />
            </Stack>
          </Radio.Group>
          <Radio.Group label="Pictures" value={images} onChange={(value) => setImages(value as typeof images)}>
            <Stack gap={6} mt={6}>
              <Radio value="upright" label="With the pictures, upright" />
              <Radio value="none" label="Labels only" />
            </Stack>
          </Radio.Group>
          <FormatOptionFields
            format={formats.find(({ name }) => name === format)}
            chosen={options}
            onChange={setOptions}
          />
          {forecast.isError ? <ErrorNote error={forecast.error} /> : <ForecastPanel forecast={forecasts.get(format)} />}
        </Stack>
      </div>
      <ErrorNote error={begin.error} />
      <Group justify="space-between" gap="xs" mt="md">
        <Text size="sm" c="dimmed" className="tabular">
          {forecast.data &&
            `${formatCount(forecast.data.images, 'image')}, ${formatCount(forecast.data.annotations, 'annotation')}`}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={closeProjectDialog}>
            Cancel
          </Button>
          <Button type="submit" loading={begin.isPending} data-autofocus>
            Export
          </Button>
        </Group>
      </Group>
    </form>
  );
}
