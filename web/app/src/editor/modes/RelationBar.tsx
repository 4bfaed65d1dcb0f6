import { Kbd, Paper, Text, UnstyledButton } from '@mantine/core';
import type { Command } from '@plumbline/editor';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { over, useCommandsOver } from './ClassifyBar.tsx';
import styles from './Modes.module.css';

/** With the relation tool in hand: what the next relation says, a digit each. */
export function RelationBar() {
  const { editor } = useEditorSession();
  const tool = useObserved(editor.tool);
  return tool === 'relation' ? <Choices /> : null;
}

function Choices() {
  const { editor, ontology } = useEditorSession();
  const current = useObserved(editor.currentPredicate) ?? ontology.predicates[0]?.id;
  const digits = [...'1234567890'];
  const choices: readonly Command[] = ontology.predicates.map(({ id, name }, i) =>
    over(`predicate.${id}`, name, digits[i] ?? null, () => editor.setCurrentPredicate(id)),
  );
  useCommandsOver(choices, () => true);
  return (
    <Paper className={styles.bar ?? ''} shadow="md" role="group" aria-label="Relation">
      <Text size="xs" c="dimmed">
        The next relation says
      </Text>
      <div className={styles.choices}>
        {choices.map(({ id, title, keys, run }, i) => (
          <UnstyledButton
            key={id}
            className={styles.choice}
            aria-pressed={ontology.predicates[i]?.id === current}
            onClick={() => run(false)}
          >
            {keys[0] !== undefined && <Kbd size="xs">{keys[0]}</Kbd>} {title}
          </UnstyledButton>
        ))}
      </div>
    </Paper>
  );
}
