import { Button, Modal, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job } from '../../api/types.ts';
import { formatBytes, formatCount, formatNumber } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { NewOnTop } from '../../ui/NewOnTop.tsx';
import styles from '../../ui/Page.module.css';
import { ShowMore, type ShowMoreProps } from '../../ui/ShowMore.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { JobLine } from '../jobs/JobLine.tsx';
import { downloadUrl, resultOf } from './export-result.ts';
import { LossList } from './LossList.tsx';

export interface ExportTableProps extends ShowMoreProps {
  readonly jobs: readonly Job[];
  /** Newer ones, which would push these down. */
  readonly held: number;
  readonly onShowHeld: () => void;
}

export function ExportTable({ list, jobs, held, onShowHeld }: ExportTableProps) {
  const [losses, setLosses] = useState<{ jobId: string; count: number } | null>(null);
  return (
    <div className={styles.panel}>
      <Table.ScrollContainer minWidth={760} type="native">
        <Table layout="fixed" aria-label="Exports">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                Export
                <NewOnTop count={held} one="new export" onShow={onShowHeld} />
              </Table.Th>
              <Table.Th w={170}>Holds</Table.Th>
              <Table.Th w={120}>Losses</Table.Th>
              <Table.Th w={150}>Made</Table.Th>
              <Table.Th w={140} aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {jobs.map((job) => (
              <ExportRow key={job.id} job={job} onLosses={(count) => setLosses({ jobId: job.id, count })} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ShowMore list={list} />
      <Modal opened={losses !== null} onClose={() => setLosses(null)} title="What the format cannot say" size={860}>
        {losses !== null && <LossList jobId={losses.jobId} expected={losses.count} />}
      </Modal>
    </div>
  );
}

interface ExportRowProps {
  readonly job: Job;
  readonly onLosses: (count: number) => void;
}

function ExportRow({ job, onLosses }: ExportRowProps) {
  const result = resultOf(job);
  if (result === null) {
    return (
      <Table.Tr>
        <Table.Td colSpan={3}>
          <JobLine job={job} />
        </Table.Td>
        <Made job={job} />
        <Table.Td />
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500} component="div" miw={0}>
          <MiddleEllipsis text={job.title} />
        </Text>
        <Text size="xs" c="dimmed" component="div" className={styles.line ?? ''}>
          <MiddleEllipsis text={result.fileName} tailLength={26} />
          <span>{formatBytes(result.bytes)}</span>
        </Text>
      </Table.Td>
      <Table.Td>
        {formatCount(result.images, 'image')}
        <Text size="xs" c="dimmed">
          {formatCount(result.annotations, 'annotation')}
        </Text>
      </Table.Td>
      <Table.Td>
        {result.losses === 0 ? (
          'None'
        ) : (
          <Button size="compact-sm" variant="light" color="yellow" onClick={() => onLosses(result.losses)}>
            Show {formatNumber(result.losses)}
          </Button>
        )}
      </Table.Td>
      <Made job={job} />
      <Table.Td ta="right">
        <Button
          component="a"
          size="compact-sm"
          variant="default"
          href={downloadUrl(job.id)}
          download
          leftSection={<IconDownload size={15} />}
        >
          Download
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function Made({ job }: { readonly job: Job }) {
  return (
    <Table.Td>
      <TimeAgo time={job.finishedAt ?? job.createdAt} />
      <Text size="xs" c="dimmed" truncate>
        {job.createdBy?.name}
      </Text>
    </Table.Td>
  );
}
