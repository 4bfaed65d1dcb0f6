import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconVectorBezier2 } from '@tabler/icons-react';
import { useEditorSession } from '../EditorContext.tsx';

/** What can be done with the selected shapes: every command of shapes that is possible now. */
export function ShapeMenu() {
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Tooltip label="Shape">
          <ActionIcon size={24} aria-label="Shape">
            <IconVectorBezier2 size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Items />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Asked when the menu opens: what is possible changes with every edit. */
function Items() {
  const { editor } = useEditorSession();
  return editor.commands.list.value
    .filter((command) => command.group === 'Shapes' && command.enabled())
    .map(({ id, title }) => (
      <Menu.Item
        key={id}
        rightSection={<kbd style={{ fontSize: 11 }}>{editor.commands.keysOf(id)[0]}</kbd>}
        onClick={() => editor.commands.run(id)}
      >
        {title}
      </Menu.Item>
    ));
}
