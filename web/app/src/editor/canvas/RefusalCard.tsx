import { Button, Group, Paper, Text } from '@mantine/core';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { remedyOf } from '../refusals.ts';
import styles from './Canvas.module.css';

/** Changes that the server did not take: why, what to do, and the way back. */
export function RefusalCard() {
  const { editor, image } = useEditorSession();
  const refusals = useObserved(editor.rejections).filter((rejection) => rejection.setId === image.setId);
  const [first] = refusals;
  if (first === undefined) return null;
  const show = (id: string) => {
    editor.select([id]);
    editor.zoomTo([id]);
  };
  return (
    <Paper className={styles.card} shadow="md" role="alert">
      <Text size="sm" fw={600}>
        {refusals.length === 1 ? 'The server refused a change' : `The server refused ${refusals.length} changes`}
      </Text>
      <ul className={styles.refusals}>
        {refusals.slice(0, 5).map((refusal) => (
          <li key={refusal.id}>
            <Text size="xs">{refusal.message}</Text>
            {remedyOf(refusal.rule) !== null && (
              <Text size="xs" c="dimmed">
                {remedyOf(refusal.rule)}
              </Text>
            )}
            <Group gap={4} mt={4}>
              <Button size="compact-xs" variant="default" onClick={() => show(refusal.id)}>
                Show
              </Button>
              <Button size="compact-xs" variant="default" onClick={() => editor.discardRejection(refusal.id)}>
                Take it back
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {refusals.length > 5 && (
        <Text size="xs" c="dimmed">
          and {refusals.length - 5} more
        </Text>
      )}
    </Paper>
  );
}
