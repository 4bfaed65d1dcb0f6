import { Badge, Button, Group, Modal, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { ImportReport, Page, ReportIssue } from '../../api/types.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { outcomeText } from './report-view.ts';

const severityColors = { info: 'gray', warning: 'yellow', error: 'red' } as const;

export interface ReportDialogProps {
  readonly report: ImportReport;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Everything an import has to say, file by file. */
export function ReportDialog({ report, opened, onClose }: ReportDialogProps) {
  const issues = useInfiniteQuery({
    queryKey: ['job', report.jobId, 'issues'],
    queryFn: ({ pageParam }) =>
      api.get<Page<ReportIssue>>(`/jobs/${report.jobId}/issues`, { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: opened,
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Import report" size={920}>
      <Text size="sm" mb="md" className="tabular">
        {outcomeText(report)}
      </Text>
      {issues.isPending && <SkeletonRows />}
      {issues.isError && <ErrorState error={issues.error} onRetry={() => issues.refetch()} />}
      {issues.data && (
        <Table.ScrollContainer minWidth={560} type="native">
          <Table layout="fixed" aria-label="What the import noted">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={104}>Severity</Table.Th>
                <Table.Th w={330}>File</Table.Th>
                <Table.Th>What and why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {issues.data.pages
                .flatMap(({ items }) => items)
                .map((issue, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a finished report never changes its order
                  <Table.Tr key={index}>
                    <Table.Td>
                      <Badge color={severityColors[issue.severity]}>{issue.severity}</Badge>
                    </Table.Td>
                    <Table.Td ff="monospace" fz="xs">
                      <MiddleEllipsis text={issue.item ?? ''} tailLength={22} />
                    </Table.Td>
                    <Table.Td>{issue.message}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {issues.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={issues.isFetchingNextPage} onClick={() => issues.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Modal>
  );
}
