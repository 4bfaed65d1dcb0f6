import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { isOver } from '../api/jobs-in-order.ts';
import { queries, useJobs, useMe } from '../api/queries.ts';
import { JobLine } from '../features/jobs/JobLine.tsx';
import styles from './AppLayout.module.css';

/** What the machine is doing for this project (for an administrator outside one: for everybody). */
export function JobsIndicator() {
  const { id } = useParams();
  const me = useMe();
  const ofProject = useJobs(queries.jobs(id ?? ''), id !== undefined);
  const ofAll = useJobs(queries.allJobs(), id === undefined && me?.admin === true);
  const { jobs } = id === undefined ? ofAll : ofProject;
  const active = jobs.filter((job) => !isOver(job));
  const recent = jobs.filter(isOver).slice(0, 3);
  return (
    <Popover width={360} position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon
          size={32}
          className={styles.jobs ?? ''}
          aria-label={`Jobs: ${active.length} running`}
          title={`Jobs: ${active.length} running`}
        >
          <IconActivity size={20} stroke={1.6} />
          {active.length > 0 && <span className={styles.badge}>{active.length}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Jobs">
        <Stack gap="md">
          {[...active, ...recent].map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
          {active.length + recent.length === 0 && (
            <Text c="dimmed" size="sm">
              No jobs yet. Imports and exports appear here while they run.
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
