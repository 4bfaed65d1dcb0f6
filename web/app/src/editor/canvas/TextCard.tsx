import { Checkbox, Select, TextInput } from '@mantine/core';
import type { TextAttributes, TypedText } from '@plumbline/editor';
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Canvas.module.css';

/** Marks what is typed into until it is done: a click on a switch in it does not leave it. */
export const keepsFocus = 'data-keeps-focus';

const WIDTH = 300;
const HEIGHT = 84;

/** Where the text of an object is typed, beside it. Enter keeps it, Esc does not. */
export function TextCard() {
  const { editor } = useEditorSession();
  const typing = useObserved(editor.typing);
  const attributes = typing === null ? null : editor.text.attributesOf(typing);
  const text = typing === null ? null : editor.text.textOf(typing);
  if (typing === null || attributes === null || text === null) return null;
  return <Typing key={typing} id={typing} attributes={attributes} text={text} />;
}

interface TypingProps {
  readonly id: string;
  readonly attributes: TextAttributes;
  readonly text: TypedText;
}

function Typing({ id, attributes, text }: TypingProps) {
  const { editor } = useEditorSession();
  const [typed, setTyped] = useState(text);
  const done = useRef(false);
  const { language, illegible } = attributes;
  const close = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    if (keep) editor.text.set(id, typed);
    editor.text.type(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (event.key === 'Enter') close(true);
    else if (event.key === 'Escape') close(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset
      className={styles.typing}
      style={usePlace()}
      aria-label="Text"
      {...{ [keepsFocus]: true }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const within = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        // A list of languages opens outside of the card.
        const inList =
          event.relatedTarget instanceof Element && event.relatedTarget.closest('[role="listbox"]') !== null;
        if (!within && !inList) close(true);
      }}
    >
      <TextInput
        size="sm"
        autoFocus
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        maxLength={10_000}
        aria-label="Transcription"
        placeholder="What it says"
        value={typed.transcription}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped({ ...typed, transcription: event.currentTarget.value })}
      />
      {(language !== undefined || illegible !== undefined) && (
        <div className={styles.typingMore}>
          {language?.kind === 'select' && (
            <Select
              size="xs"
              flex={1}
              aria-label="Language"
              placeholder="Language"
              searchable
              clearable
              data={[...language.options]}
              value={typed.language === '' ? null : typed.language}
              onChange={(chosen) => setTyped({ ...typed, language: chosen ?? '' })}
            />
          )}
          {language?.kind === 'text' && (
            <TextInput
              size="xs"
              flex={1}
              aria-label="Language"
              placeholder="Language"
              value={typed.language}
              onChange={(event) => setTyped({ ...typed, language: event.currentTarget.value })}
            />
          )}
          {illegible !== undefined && (
            <Checkbox
              size="xs"
              label="Illegible"
              checked={typed.illegible}
              onChange={(event) => setTyped({ ...typed, illegible: event.currentTarget.checked })}
            />
          )}
        </div>
      )}
    </fieldset>
  );
}

/** Below the object where there is room, otherwise above it. */
function usePlace(): CSSProperties {
  const { editor } = useEditorSession();
  const frame = useObserved(editor.selectionFrame);
  const { viewport } = useObserved(editor.camera);
  if (frame === null) return { left: (viewport.width - WIDTH) / 2, bottom: 12, width: WIDTH };
  const left = Math.max(4, Math.min(frame.left, viewport.width - WIDTH - 4));
  const below = frame.bottom + 8;
  const top = below + HEIGHT < viewport.height ? below : Math.max(4, frame.top - HEIGHT - 44);
  return { left, top, width: WIDTH };
}
