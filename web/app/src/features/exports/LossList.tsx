import { Alert, Button, ScrollArea, Skeleton, Table } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { ExportLoss, Page } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatCount } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';

const tallest = 260;
/** Pixels of a row whose text is not broken. */
const rowHeight = 36;

export interface LossListProps {
  readonly jobId: string;
  /** How many the export counted; none needs no list. */
  readonly expected: number;
}

/** What the format could not say, item by item. */
export function LossList({ jobId, expected }: LossListProps) {
  const losses = useInfiniteQuery({
    queryKey: ['job', jobId, 'losses'],
    queryFn: ({ pageParam }) => api.get<Page<ExportLoss>>(`/exports/${jobId}/losses`, { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: expected > 0,
  });
  if (expected === 0) {
    return (
      <Alert color="teal" icon={<IconCircleCheck size={18} />}>
        The format holds everything that was exported.
      </Alert>
    );
  }
  return (
    <div>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} mb="sm">
        {formatCount(expected, 'thing')} that the format cannot say as it is:
      </Alert>
      <ErrorNote error={losses.error} />
      {losses.isPending && <Skeleton height={Math.min(tallest, (expected + 1) * rowHeight)} />}
      <ScrollArea.Autosize mah={tallest} type="auto" viewportProps={{ tabIndex: 0 }}>
        {losses.data !== undefined && (
          <Table layout="fixed" fz="xs" aria-label="What the format cannot say">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="40%">Item</Table.Th>
                <Table.Th w={110}>Field</Table.Th>
                <Table.Th>Why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {losses.data.pages
                .flatMap(({ items }) => items)
                .map((loss, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a finished report never changes its order
                  <Table.Tr key={index}>
                    <Table.Td ff="monospace">
                      <MiddleEllipsis text={loss.item} tailLength={16} />
                    </Table.Td>
                    <Table.Td>{loss.field}</Table.Td>
                    <Table.Td>{loss.why}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        )}
      </ScrollArea.Autosize>
      {losses.hasNextPage && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={losses.isFetchingNextPage}
          onClick={() => losses.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}
