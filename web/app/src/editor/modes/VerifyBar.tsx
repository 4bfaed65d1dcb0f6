import { Kbd, Paper, Text, UnstyledButton } from '@mantine/core';
import { type Command, inVerifyingOrder, isTag, nextUnjudged, type Verdict } from '@plumbline/editor';
import { useEffect, useMemo } from 'react';
import { formatCount } from '../../ui/format.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import type { Submit } from '../use-submit.ts';
import { over, useCommandsOver } from './ClassifyBar.tsx';
import styles from './Modes.module.css';
import { isWorkable } from './when-ready.ts';

type Answer = Verdict | 'no';

const answers: readonly (readonly [Answer, string, string])[] = [
  ['accepted', 'Yes', 'Y'],
  ['no', 'No', 'N'],
  ['unsure', 'Unsure', 'U'],
];

/** One object after the other: yes keeps it, no deletes it, unsure leaves it to somebody else. */
export function VerifyBar({ submit }: { readonly submit: Submit }) {
  const { editor, ontology, image, readOnlyReason } = useEditorSession();
  const view = useObserved(editor.annotations);
  const part = useObserved(editor.part);
  const selection = useObserved(editor.selection);
  const state = useObserved(editor.image);
  const isOpen = state.status === 'ready' && state.source.imageId === image.id;
  const all = useMemo(() => inVerifyingOrder(view.list()), [view]);
  const current = all.find(({ id }) => id === selection[0]);
  const left = all.filter(({ verdict }) => verdict === undefined).length;
  const unsure = all.filter(({ verdict }) => verdict === 'unsure').length;

  const show = (after: string | null) => {
    const next = nextUnjudged(inVerifyingOrder(editor.annotations.value.list()), after);
    editor.select(next === null ? [] : [next.id]);
    if (next === null || isTag(next)) editor.fit();
    else editor.zoomTo([next.id]);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once an image
  useEffect(() => {
    if (isOpen) show(null);
  }, [isOpen, image.id]);

  const answer = (given: Answer) => {
    const asked = current ?? nextUnjudged(all, null);
    if (asked === null || asked === undefined) return;
    // A deleted one is not there to go on from.
    const before = all[all.findIndex(({ id }) => id === asked.id) - 1]?.id ?? null;
    if (given === 'no') editor.actions.remove([asked.id]);
    else editor.actions.setVerdict([asked.id], given);
    show(given === 'no' ? before : asked.id);
  };
  const own: readonly Command[] = [
    ...(left > 0 || current !== undefined
      ? answers.map(([given, title, key]) => over(given, title, key, () => answer(given)))
      : []),
    ...(left === 0 && part === null ? [over('done', 'Submit and go on', 'Enter', () => submit('labelled'))] : []),
  ];
  useCommandsOver(own, () => readOnlyReason === null && isWorkable(editor, image.id));

  const ofClass = ontology.classes.find((c) => c.id === current?.classId);
  return (
    <Paper className={styles.bar ?? ''} shadow="md" role="group" aria-label="Verify">
      <div className={styles.head}>
        {current !== undefined ? (
          <Text size="sm" fw={600}>
            <span className={styles.swatch} style={{ background: ofClass?.color }} aria-hidden />{' '}
            {isTag(current) ? 'The image: ' : ''}
            {ofClass?.name ?? current.classId}?
          </Text>
        ) : (
          <Text size="sm" fw={600}>
            {all.length === 0
              ? 'Nothing to verify here'
              : left === 0
                ? part === null
                  ? 'All judged'
                  : 'All that is loaded is judged'
                : 'Select what to judge'}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="tabular" role="status">
          {all.length - left} of {formatCount(all.length, 'annotation')} {part !== null && 'in view '}judged
          {unsure > 0 && `, ${unsure} unsure`}
        </Text>
      </div>
      <div className={styles.choices}>
        {own.map(({ id, title, keys, run }) => (
          <UnstyledButton
            key={id}
            className={styles.choice}
            aria-pressed={current?.verdict !== undefined && id.endsWith(current.verdict)}
            disabled={readOnlyReason !== null}
            onClick={() => run(false)}
          >
            <Kbd size="xs">{keys[0]}</Kbd> {title}
          </UnstyledButton>
        ))}
      </div>
    </Paper>
  );
}
