import { Stack, Text } from '@mantine/core';
import type { ImageDetail } from '../../api/types.ts';
import { CopyField } from '../../ui/CopyField.tsx';
import { formatBytes, formatDateTime } from '../../ui/format.ts';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import styles from './Panels.module.css';

const turns: Readonly<Record<number, string>> = {
  1: 'upright',
  2: 'mirrored',
  3: 'turned by 180°',
  4: 'mirrored, turned by 180°',
  5: 'mirrored, turned by 270°',
  6: 'turned by 90°',
  7: 'mirrored, turned by 90°',
  8: 'turned by 270°',
};

/** The facts of the picture and what came with it. */
export function ImageTab({ detail }: { readonly detail: ImageDetail | undefined }) {
  if (detail === undefined) return <SkeletonRows rows={5} height={24} />;
  const facts: readonly (readonly [string, string])[] = [
    ['Path', detail.path],
    ['Size', `${detail.width} × ${detail.height} px`],
    ['File', `${detail.format.toUpperCase()}, ${formatBytes(detail.bytes)}`],
    ['Stored', turns[detail.orientation] ?? `orientation ${detail.orientation}`],
    ['Depth', `${detail.bitDepth} bit${detail.colorProfile === null ? '' : `, ${detail.colorProfile}`}`],
    ['Added', `${formatDateTime(detail.addedAt)}${detail.addedBy === null ? '' : ` by ${detail.addedBy.name}`}`],
    ...Object.entries(detail.metadata),
  ];
  return (
    <Stack gap="xs">
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="xs" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
      </dl>
      <CopyField label="SHA-256 of the file" value={detail.sha256} />
    </Stack>
  );
}
