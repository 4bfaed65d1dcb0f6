import { Skeleton, Stack } from '@mantine/core';

export interface SkeletonRowsProps {
  readonly rows?: number;
  /** Pixels; the height of the rows that will stand here, so that nothing jumps. */
  readonly height?: number;
}

/** Reserves the space of a list while it is read. */
export function SkeletonRows({ rows = 6, height = 41 }: SkeletonRowsProps) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <Skeleton key={index} height={height - 8} />
      ))}
    </Stack>
  );
}
