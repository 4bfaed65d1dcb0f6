import { SimpleGrid, Skeleton } from '@mantine/core';
import { tileWidths } from './grid-layout.ts';

/** Tiles without pictures while the first page of the list is read. */
export function GallerySkeleton({ density }: { readonly density: number }) {
  const width = tileWidths[density] ?? 176;
  return (
    <SimpleGrid
      type="container"
      cols={{ base: 3, '700px': Math.floor(900 / width), '1200px': Math.floor(1400 / width) }}
      role="status"
      aria-label="Loading"
    >
      {Array.from({ length: 24 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tiles are alike and never move
        <Skeleton key={i} height={width * 0.75} />
      ))}
    </SimpleGrid>
  );
}
