import { Text } from '@mantine/core';
import type { ImportPreview } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { countOfShapes } from '../formats/shape-words.ts';
import styles from './ImportPreview.module.css';

const unknownLabel = 'have no picture';

/** The counts, most important first. */
export function PreviewFacts({ preview }: { readonly preview: ImportPreview }) {
  const { images, kinds } = preview;
  const facts: readonly (readonly [label: string, count: number])[] = [
    ['images', images.total],
    ['pictures come along', images.brought],
    ['are in the project', images.inProject],
    [unknownLabel, images.unknown],
    ['annotations', preview.annotations],
  ];
  const told = kinds.map(({ kind, count }) => countOfShapes(kind, count));
  if (preview.imageAttributes.length > 0) {
    told.push(`attributes of images: ${preview.imageAttributes.map(({ name }) => name).join(', ')}`);
  }
  if (images.unknown > 0) told.push('annotations of images without a picture cannot come in');
  return (
    <div className={styles.facts}>
      {facts.map(([label, count]) => (
        <div key={label}>
          <Text fw={600} className="tabular" {...(label === unknownLabel && count > 0 ? { c: 'red' } : {})}>
            {formatNumber(count)}
          </Text>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
        </div>
      ))}
      <Text size="xs" c="dimmed" className={styles.kinds}>
        {told.join(' · ')}
      </Text>
    </div>
  );
}
