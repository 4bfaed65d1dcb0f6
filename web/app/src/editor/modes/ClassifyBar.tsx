import { Kbd, Paper, Text, UnstyledButton } from '@mantine/core';
import { type Command, imageTags, newId, type TagChoice, tagChoices } from '@plumbline/editor';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { classPath } from '../../features/ontology/class-tree.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import type { Submit } from '../use-submit.ts';
import styles from './Modes.module.css';
import { TaggingSteps } from './tagging-steps.ts';
import { isWorkable } from './when-ready.ts';

/**
 * Tags of the image, a key each. Where an image has one tag, its key sets it and opens the next image; otherwise keys
 * switch tags and Enter goes on. A class with others below it opens these. Undo goes back over images.
 */
export function ClassifyBar({ submit }: { readonly submit: Submit }) {
  const { editor, ontology, image, go, readOnlyReason } = useEditorSession();
  const [branchId, setBranch] = useState<string | null>(null);
  const [steps] = useState(() => new TaggingSteps());
  const view = useObserved(editor.annotations);
  const tags = useMemo(() => new Set(imageTags(view.list()).map((tag) => tag.classId)), [view]);
  const choices = useMemo(() => tagChoices(ontology, branchId), [ontology, branchId]);
  const branch = ontology.classes.find((c) => c.id === branchId);
  const one = ontology.oneTag;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every image begins at the top of the tree
  useEffect(() => setBranch(null), [image.id]);

  const finish = (chosen: string | null) =>
    steps.record(editor, image.id, () => {
      const step = newId();
      if (chosen !== null) editor.actions.setTags([chosen], step);
      submit('labelled', null, step);
    });
  const take = (classId: string) => (one ? finish(classId) : editor.actions.toggleTag(classId));
  const choose = ({ labelClass, branch: leads }: TagChoice) => (leads ? setBranch(labelClass.id) : take(labelClass.id));

  const takesBranch = branch?.shapes.includes('tag') === true;
  const own: readonly Command[] = [
    ...choices.map((choice) =>
      over(`choose.${choice.labelClass.id}`, choice.labelClass.name, choice.key, () => choose(choice)),
    ),
    ...(branch !== undefined && takesBranch ? [over('branch', `Just ${branch.name}`, '.', () => take(branch.id))] : []),
    over('done', 'Done with this image', 'Enter', () => finish(null)),
    ...(branch === undefined
      ? []
      : ['Escape', 'Backspace'].map((key) => over(`up.${key}`, 'One level up', key, () => setBranch(branch.parentId)))),
    over('undo', 'Undo, over images too', 'Ctrl+Z', () => steps.undo(editor, image.id, go)),
  ];
  useCommandsOver(own, () => readOnlyReason === null && isWorkable(editor, image.id));

  return (
    <Paper className={styles.bar ?? ''} shadow="md" role="group" aria-label="Classify">
      <div className={styles.head}>
        <Text size="xs" fw={600}>
          {branch === undefined ? 'This image is' : `${classPath(ontology.classes, branch.id)} ▸`}
        </Text>
        <Text size="xs" c="dimmed">
          {one ? 'a key chooses and opens the next image' : 'keys switch, Enter opens the next image'}
        </Text>
      </div>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <Choice key={choice.labelClass.id} choice={choice} on={tags.has(choice.labelClass.id)} onChoose={choose} />
        ))}
        {branch !== undefined && takesBranch && (
          <UnstyledButton className={styles.choice} aria-pressed={tags.has(branch.id)} onClick={() => take(branch.id)}>
            <Kbd size="xs">.</Kbd> Just {branch.name}
          </UnstyledButton>
        )}
        {choices.length === 0 && (
          <Text size="xs" c="dimmed">
            No class is allowed as an image tag. The ontology page decides that.
          </Text>
        )}
      </div>
    </Paper>
  );
}

interface ChoiceProps {
  readonly choice: TagChoice;
  readonly on: boolean;
  readonly onChoose: (choice: TagChoice) => void;
}

function Choice({ choice, on, onChoose }: ChoiceProps) {
  const { name, color } = choice.labelClass;
  return (
    <UnstyledButton className={styles.choice} aria-pressed={on} onClick={() => onChoose(choice)}>
      {choice.key !== null && <Kbd size="xs">{choice.key}</Kbd>}
      <span className={styles.swatch} style={{ background: color }} aria-hidden />
      <span>{name}</span>
      {on && <IconCheck size={14} aria-hidden />}
      {choice.branch && <IconChevronRight size={14} role="img" aria-label="has more below it" />}
    </UnstyledButton>
  );
}

/** A command of the mode, whose key wins over those of others. */
export function over(id: string, title: string, key: string | null, run: () => void): Command {
  return {
    id: `mode.now.${id}`,
    title,
    group: 'Image',
    keys: key === null ? [] : [key],
    over: true,
    enabled: () => true,
    run: () => run(),
  };
}

/** Keeps commands registered while the component is seen; they always run what they are now. */
export function useCommandsOver(commands: readonly Command[], enabled: () => boolean): void {
  const { editor } = useEditorSession();
  const latest = useRef({ commands, enabled });
  latest.current = { commands, enabled };
  const shape = JSON.stringify(commands.map(({ id, keys, title }) => [id, keys, title]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when they are others
  useLayoutEffect(() => {
    const stable = commands.map((command) => ({
      ...command,
      enabled: () => latest.current.enabled(),
      run: () => latest.current.commands.find(({ id }) => id === command.id)?.run(false),
    }));
    return editor.commands.register(...stable);
  }, [editor, shape]);
}
