import { Group, Text } from '@mantine/core';
import type { Job } from '../../api/types.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { JobBar } from './JobBar.tsx';
import { fractionOf, progressText, stateNames } from './job-view.ts';

/** One job in a narrow place: its name, a bar, how far it is. */
export function JobLine({ job }: { readonly job: Job }) {
  const fraction = fractionOf(job);
  const running = job.state === 'running';
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={500} component="div" miw={0}>
          <MiddleEllipsis text={job.title} />
        </Text>
        <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
          {running && fraction !== null ? `${Math.floor(fraction * 100)} %` : stateNames[job.state]}
        </Text>
      </Group>
      <JobBar job={job} label={job.title} my={4} />
      <Text size="xs" c="dimmed" className="tabular" truncate>
        {job.error ?? progressText(job)}
      </Text>
    </div>
  );
}
