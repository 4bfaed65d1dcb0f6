import { ActionIcon, Badge, Button, Table, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { isOver, type JobPages, withJob } from '../../api/jobs-in-order.ts';
import type { Job } from '../../api/types.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';
import { JobBar } from './JobBar.tsx';
import { JobDetail } from './JobDetail.tsx';
import { progressText, stateColors, stateNames } from './job-view.ts';

export interface JobRowProps {
  readonly job: Job;
  readonly open: boolean;
  readonly manages: boolean;
  readonly onToggle: () => void;
}

export function JobRow({ job, open, manages, onToggle }: JobRowProps) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry') => api.post<Job>(`/jobs/${job.id}/${what}`),
    onSuccess: (changed) => {
      for (const key of [['jobs'], ['project', job.projectId, 'jobs']]) {
        client.setQueryData<JobPages>(key, (list) => list && withJob(list, changed));
      }
    },
    onError: (error) => toast({ tone: 'bad', title: 'That did not work', message: messageOf(error) }),
  });
  const told = job.error ?? progressText(job);
  const action = isOver(job) ? (job.state === 'succeeded' ? null : 'retry') : 'cancel';
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <ActionIcon
            size={26}
            aria-expanded={open}
            aria-label={`${open ? 'Hide' : 'Show'} details of ${job.title}`}
            onClick={onToggle}
          >
            {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          </ActionIcon>
        </Table.Td>
        <Table.Td fw={500}>
          <MiddleEllipsis text={job.title} />
        </Table.Td>
        <Table.Td>
          <Badge color={stateColors[job.state]}>{stateNames[job.state]}</Badge>
        </Table.Td>
        <Table.Td>
          <JobBar job={job} label={`Progress of ${job.title}`} mb={4} />
          <Text size="xs" c={job.error === null ? 'dimmed' : 'red'} truncate title={told}>
            {told}
          </Text>
        </Table.Td>
        <Table.Td>
          <TimeAgo time={job.startedAt ?? job.createdAt} />
          <Text size="xs" c="dimmed" truncate>
            {job.createdBy?.name ?? 'the server'}
          </Text>
        </Table.Td>
        <Table.Td ta="right">
          {manages && action !== null && (
            <Button size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate(action)}>
              {action === 'cancel' ? 'Cancel' : 'Retry'}
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td />
          <Table.Td colSpan={5}>
            <JobDetail job={job} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
