import { Kbd, Modal, SimpleGrid, Text } from '@mantine/core';
import type { CommandGroup } from '@plumbline/editor';
import { useEditor } from './EditorContext.tsx';
import { useObserved } from './observed.ts';

const groups: readonly CommandGroup[] = ['Tools', 'Edit', 'Objects', 'Shapes', 'Classes', 'View', 'Image', 'App'];

/** What the mouse and held keys do; no command can say it. */
const gestures: readonly (readonly [string, string])[] = [
  ['Wheel', 'Zoom to the pointer'],
  ['Hold Space, drag', 'Move the picture'],
  ['Middle button, drag', 'Move the picture'],
  ['Shift, click', 'Add to the selection'],
  ['Alt, click', 'Select one of a group; delete a vertex'],
  ['Shift, click a vertex', 'Choose several vertices'],
  ['Ctrl, drag', 'Choose vertices of the selected object'],
  ['Ctrl, drag a vertex', 'Slide it along its edge'],
  ['Shift while drawing', 'Follow the outline of a neighbour'],
  ['Alt while drawing', 'No snapping'],
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

/** Every command that has a key, by group. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const commands = useObserved(editor.commands.list);
  const keyed = commands.flatMap((command) => {
    const keys = editor.commands.keysOf(command.id);
    return keys.length === 0 ? [] : [{ ...command, keys }];
  });
  return (
    <Modal opened onClose={onClose} title="Keys" size={980}>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="lg" verticalSpacing="md">
        {groups.map((group) => {
          const own = keyed.filter((command) => command.group === group);
          if (own.length === 0) return null;
          return (
            <section key={group}>
              <Text fw={600} size="sm" mb={4}>
                {group}
              </Text>
              {own.map((command) => (
                <Line key={command.id} keys={command.keys} title={command.title} />
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
      </SimpleGrid>
    </Modal>
  );
}

function Line({ keys, title }: { readonly keys: readonly string[]; readonly title: string }) {
  return (
    <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12, paddingBlock: 2 }}>
      <Text size="xs">{title}</Text>
      <span style={{ display: 'flex', flexShrink: 0, gap: 4 }}>
        {keys.map((key) => (
          <Kbd key={key} size="xs">
            {keyLabel(key)}
          </Kbd>
        ))}
      </span>
    </div>
  );
}
