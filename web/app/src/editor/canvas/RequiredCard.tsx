import { Kbd, Paper, Text, UnstyledButton } from '@mantine/core';
import { type AttributeValue, type Command, type EditorRecord, isTag } from '@plumbline/editor';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../../api/queries.ts';
import type { AttributeDefinition } from '../../api/types.ts';
import { isBlank, missingAttributes } from '../attributes.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { over, useCommandsOver } from '../modes/ClassifyBar.tsx';
import modes from '../modes/Modes.module.css';
import { useObserved } from '../observed.ts';
import { AttributeField } from '../panels/AttributeField.tsx';

/** Asks for the required attributes of what was just drawn, one after the other; Esc leaves them for later. */
export function RequiredCard() {
  const { editor, image, ontology } = useEditorSession();
  const view = useObserved(editor.annotations);
  const part = useObserved(editor.part);
  const knownPart = useRef(part);
  const typing = useObserved(editor.typing);
  const state = useObserved(editor.image);
  const [asked, setAsked] = useState<string | null>(null);
  const me = useMe();
  const newest = useRef<string | null>(null);
  const isOpen = state.status === 'ready' && state.source.imageId === image.id;
  useEffect(() => {
    if (!isOpen) {
      newest.current = null;
      setAsked(null);
      return;
    }
    const last = newestDrawn(view.list(), me?.id);
    const isNew = newest.current !== null && last !== null && last.id > newest.current;
    // What was there when the image was opened, or has come into view, was not drawn just now.
    const isDrawn = isNew && knownPart.current === part;
    knownPart.current = part;
    newest.current = last !== null && (newest.current === null || isNew) ? last.id : (newest.current ?? '');
    if (isDrawn) setAsked(last.id);
  }, [view, part, isOpen, me]);

  const record = asked === null ? undefined : view.get(asked);
  const definitions = ontology.classes.find((c) => c.id === record?.classId)?.attributes ?? [];
  const [next] = record === undefined ? [] : missingAttributes(definitions, record.attributes);
  if (record === undefined || next === undefined || typing !== null) return null;
  const answer = (value: AttributeValue | undefined) => {
    if (!isBlank(value)) editor.actions.setAttributes([record.id], { [next.id]: value });
  };
  return (
    <Question key={`${record.id} ${next.id}`} definition={next} onAnswer={answer} onLeave={() => setAsked(null)} />
  );
}

interface QuestionProps {
  readonly definition: AttributeDefinition;
  readonly onAnswer: (value: AttributeValue | undefined) => void;
  readonly onLeave: () => void;
}

/** Options and yes or no have keys; what is typed has the focus. */
function Question({ definition, onAnswer, onLeave }: QuestionProps) {
  const { editor } = useEditorSession();
  const digits = [...'1234567890'];
  const answers: readonly (readonly [string, AttributeValue])[] =
    definition.kind === 'boolean'
      ? [
          ['Yes', true],
          ['No', false],
        ]
      : definition.kind === 'select'
        ? definition.options.map((option) => [option, option])
        : [];
  const choices: readonly Command[] = answers.map(([title, value], i) =>
    over(`answer.${title}`, title, digits[i] ?? null, () => onAnswer(value)),
  );
  useCommandsOver([...choices, over('leave', 'Answer later', 'Escape', onLeave)], () => !editor.busy.value);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.querySelector('input')?.focus(), []);
  return (
    <Paper ref={card} className={modes.bar ?? ''} shadow="md" role="group" aria-label={`Required: ${definition.name}`}>
      <div className={modes.head}>
        <Text size="xs" fw={600}>
          {definition.name}?
        </Text>
        <Text size="xs" c="dimmed">
          <Kbd size="xs">Esc</Kbd> later
        </Text>
      </div>
      {choices.length > 0 ? (
        <div className={modes.choices}>
          {choices.map(({ id, title, keys, run }) => (
            <UnstyledButton key={id} className={modes.choice} onClick={() => run(false)}>
              {keys[0] !== undefined && <Kbd size="xs">{keys[0]}</Kbd>} {title}
            </UnstyledButton>
          ))}
        </div>
      ) : (
        <AttributeField definition={definition} value={undefined} mixed={false} disabled={false} onChange={onAnswer} />
      )}
    </Paper>
  );
}

/** The last one that this person has drawn. */
function newestDrawn(records: readonly EditorRecord[], me: string | undefined): EditorRecord | null {
  const drawn = records.filter((record) => !isTag(record) && record.provenance.by === me);
  return drawn.reduce<EditorRecord | null>((last, one) => (last === null || one.id > last.id ? one : last), null);
}
