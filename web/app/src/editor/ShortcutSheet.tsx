import { Alert, Button, Kbd, Text, UnstyledButton } from '@mantine/core';
import { type CommandGroup, keyName } from '@plumbline/editor';
import { useEffect, useId, useState } from 'react';
import { Link } from 'react-router';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Editor.module.css';
import { useEditor } from './EditorContext.tsx';
import { saveKeyMap } from './key-map.ts';
import { useObserved } from './observed.ts';

const groups: readonly CommandGroup[] = ['Tools', 'Edit', 'Objects', 'Shapes', 'Classes', 'View', 'Image', 'App'];

/** What the mouse and held keys do; no command can say it. */
const gestures: readonly (readonly [string, string])[] = [
  ['Wheel', 'Zoom to the pointer'],
  ['Hold Space, drag', 'Move the picture'],
  ['Middle button, drag', 'Move the picture'],
  ['Shift, click', 'Add to the selection'],
  ['Click again', 'Select one of a group'],
  ['Alt, click', 'Select one of a group; delete a vertex'],
  ['Shift, click a vertex', 'Choose several vertices'],
  ['Ctrl, drag', 'Choose vertices of the selected object'],
  ['Ctrl, drag a vertex', 'Slide it along its edge'],
  ['Shift while drawing', 'Follow the outline of a neighbour'],
  ['Alt while drawing', 'No snapping'],
  ['Alt, wheel', 'Tolerance of the wand, size of cells, likeness'],
  ['Ctrl+K', 'Find any command, image or class'],
];

const short: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
};

/** `Shift+ArrowLeft` as `Shift+←`. */
const keyLabel = (key: string) => key.replace(/[A-Za-z]+$/, (last) => short[last] ?? last);

/** Every command by group; a click on its keys waits for another one. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const commands = useObserved(editor.commands.list);
  const keyMap = useObserved(editor.commands.keyMap);
  const [waiting, setWaiting] = useState<string | null>(null);
  const conflicts = editor.commands.conflicts();
  const titles = new Map(commands.map(({ id, title }) => [id, title]));
  useEffect(() => {
    if (waiting === null) return;
    const take = (event: KeyboardEvent) => {
      const key = keyName(event);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (key === null) return;
      const { [waiting]: _, ...others } = editor.commands.keyMap.value;
      if (key !== 'Escape') saveKeyMap(editor, { ...others, [waiting]: key === 'Backspace' ? [] : [key] });
      setWaiting(null);
    };
    // Before the editor, which hears keys on the whole page.
    window.addEventListener('keydown', take, { capture: true });
    return () => window.removeEventListener('keydown', take, { capture: true });
  }, [editor, waiting]);
  return (
    <Dialog onClose={onClose} title="Keys" size={980} closeOnEscape={waiting === null}>
      {conflicts.length > 0 && (
        <Alert color="yellow" mb="sm" title="Keys that several commands claim">
          {conflicts.map(({ key, commandIds }) => (
            <Text key={key} size="xs">
              <Kbd size="xs">{keyLabel(key)}</Kbd> {commandIds.map((id) => titles.get(id) ?? id).join(', ')}: the first
              that is possible runs
            </Text>
          ))}
        </Alert>
      )}
      <Text size="sm" mb="sm">
        New here? <Link to="/practice">Practise with the hands</Link>: short exercises that measure what you draw at
        once.
      </Text>
      <Text size="xs" c="dimmed" mb="sm">
        Click a key to change it: press the new one, Backspace for none, Esc to leave it.
        {Object.keys(keyMap).length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => saveKeyMap(editor, {})}>
            All as they were
          </Button>
        )}
      </Text>
      <div className={styles.keys}>
        {groups.map((group) => {
          const own = commands.filter((command) => command.group === group);
          if (own.length === 0) return null;
          return (
            <section key={group}>
              <Text fw={600} size="sm" mb={4}>
                {group}
              </Text>
              {own.map(({ id, title }) => (
                <Line
                  key={id}
                  keys={editor.commands.keysOf(id)}
                  title={title}
                  waiting={waiting === id}
                  onChange={() => setWaiting(id)}
                />
              ))}
            </section>
          );
        })}
        <section>
          <Text fw={600} size="sm" mb={4}>
            Mouse
          </Text>
          {gestures.map(([keys, title]) => (
            <Line key={keys} keys={[keys]} title={title} />
          ))}
        </section>
      </div>
    </Dialog>
  );
}

interface LineProps {
  readonly keys: readonly string[];
  readonly title: string;
  readonly waiting?: boolean;
  readonly onChange?: () => void;
}

function Line({ keys, title, waiting = false, onChange }: LineProps) {
  const id = useId();
  const shown = waiting ? (
    <Kbd size="xs">press a key…</Kbd>
  ) : (
    keys.map((key) => (
      <Kbd key={key} size="xs">
        {keyLabel(key)}
      </Kbd>
    ))
  );
  const content = <span style={{ display: 'flex', flexShrink: 0, gap: 4 }}>{shown}</span>;
  return (
    <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12, paddingBlock: 2 }}>
      <Text id={id} size="xs">
        {title}
      </Text>
      {onChange === undefined ? (
        content
      ) : (
        <UnstyledButton id={`${id}-key`} aria-labelledby={`${id} ${id}-key`} title="Another key" onClick={onChange}>
          {keys.length === 0 && !waiting ? <Kbd size="xs">–</Kbd> : content}
        </UnstyledButton>
      )}
    </div>
  );
}
