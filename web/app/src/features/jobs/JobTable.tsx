import { Table } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { type queries, useJobs } from '../../api/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { NewOnTop } from '../../ui/NewOnTop.tsx';
import styles from '../../ui/Page.module.css';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { useHeldBack } from '../../ui/use-held-back.ts';
import { JobRow } from './JobRow.tsx';

export interface JobTableProps {
  readonly query: ReturnType<typeof queries.jobs>;
  /** May stop jobs and try them again. */
  readonly manages: boolean;
}

/** Jobs, newest first; `?job=` opens one. */
export function JobTable({ query, manages }: JobTableProps) {
  const { list, jobs } = useJobs(query);
  const [parameters, setParameters] = useSearchParams();
  const opened = parameters.get('job');
  const { shown, held, showAll } = useHeldBack(jobs);
  if (list.isPending) return <SkeletonRows height={52} />;
  if (list.isError && jobs.length === 0) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (jobs.length === 0) {
    return (
      <EmptyState icon={IconStack2} title="No jobs yet">
        Add images or export, and the work appears here with its progress and its report.
      </EmptyState>
    );
  }
  const toggle = (id: string) =>
    setParameters(
      (known) => {
        const next = new URLSearchParams(known);
        if (opened === id) next.delete('job');
        else next.set('job', id);
        return next;
      },
      { replace: true },
    );
  return (
    <div className={styles.panel}>
      <Table.ScrollContainer minWidth={760} type="native">
        <Table layout="fixed" aria-label="Jobs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={44} aria-label="Details" />
              <Table.Th>
                Job
                <NewOnTop count={held} one="new job" onShow={showAll} />
              </Table.Th>
              <Table.Th w={110}>State</Table.Th>
              <Table.Th w={230}>Progress</Table.Th>
              <Table.Th w={150}>Started</Table.Th>
              <Table.Th w={90} aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((job) => (
              <JobRow
                key={job.id}
                job={job}
                open={opened === job.id}
                manages={manages}
                onToggle={() => toggle(job.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ShowMore list={list} />
    </div>
  );
}
