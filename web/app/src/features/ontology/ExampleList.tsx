import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ClassExample } from '../../api/types.ts';
import { ExamplePicture } from './ExamplePicture.tsx';
import styles from './Examples.module.css';

export interface ExampleListProps {
  readonly examples: readonly ClassExample[];
  /** `key` names what is typed into: a caption is one step of undo. */
  readonly onChange: (examples: readonly ClassExample[], key: string) => void;
}

/** The pictures that show what a class means: their captions, their order. New ones are chosen in the editor. */
export function ExampleList({ examples, onChange }: ExampleListProps) {
  return (
    <section aria-label="Examples">
      <Text size="sm" fw={500}>
        Examples
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        Shown beside the picture while this class is in hand. To add one, open an image, select an object and choose
        “Use as an example”.
      </Text>
      <ol className={styles.list}>
        {examples.map((example, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an example is told apart by its place only
          <li key={i} className={styles.item}>
            <ExamplePicture example={example} />
            <Textarea
              size="xs"
              aria-label={`Caption of example ${i + 1}`}
              placeholder="What it shows"
              autosize
              minRows={1}
              maxRows={4}
              maxLength={500}
              value={example.caption}
              onChange={(event) =>
                onChange(examples.with(i, { ...example, caption: event.currentTarget.value }), `${i}`)
              }
            />
            <Group gap={6}>
              <Button
                variant="default"
                size="compact-xs"
                leftSection={<IconArrowUp size={12} aria-hidden />}
                disabled={i === 0}
                aria-label={`Show example ${i + 1} earlier`}
                onClick={() => onChange(examples.toSpliced(i, 1).toSpliced(i - 1, 0, example), 'order')}
              >
                Earlier
              </Button>
              <Button
                variant="default"
                size="compact-xs"
                c="var(--pl-bad)"
                leftSection={<IconTrash size={12} aria-hidden />}
                aria-label={`Remove example ${i + 1}`}
                onClick={() => onChange(examples.toSpliced(i, 1), 'removed')}
              >
                Remove
              </Button>
            </Group>
          </li>
        ))}
      </ol>
    </section>
  );
}
