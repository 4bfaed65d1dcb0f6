import { ActionIcon, Divider, Tooltip } from '@mantine/core';
import type { ToolId } from '@plumbline/editor';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHandStop,
  IconKeyboard,
  IconPointer,
  IconPointFilled,
  IconPolygon,
  IconSquare,
  IconZoomScan,
} from '@tabler/icons-react';
import { useEditor, useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import styles from './Bars.module.css';

const tools: readonly {
  readonly id: ToolId;
  readonly name: string;
  readonly icon: typeof IconPointer;
  readonly draws: boolean;
}[] = [
  { id: 'select', name: 'Select and edit', icon: IconPointer, draws: false },
  { id: 'pan', name: 'Move the picture', icon: IconHandStop, draws: false },
  { id: 'box', name: 'Box', icon: IconSquare, draws: true },
  { id: 'polygon', name: 'Polygon', icon: IconPolygon, draws: true },
  { id: 'point', name: 'Point', icon: IconPointFilled, draws: true },
];

/** The tools, one key each, and the way back. */
export function ToolStrip({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const { editor, readOnlyReason } = useEditorSession();
  const tool = useObserved(editor.tool);
  const key = (id: string) => {
    const [first] = editor.commands.keysOf(id);
    return first === undefined ? '' : ` (${first})`;
  };
  return (
    <aside className={styles.tools} aria-label="Tools">
      {tools.map(({ id, name, icon: Icon, draws }) => (
        <Tooltip key={id} label={`${name}${key(`tool.${id}`)}`} position="right">
          <ActionIcon
            size={34}
            aria-label={name}
            aria-pressed={tool === id}
            className={styles.tool ?? ''}
            disabled={draws && readOnlyReason !== null}
            onClick={() => editor.setTool(id)}
          >
            <Icon size={20} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Divider my={4} w={24} mx="auto" />
      <UndoButtons />
      <Tooltip label={`Fit the picture${key('view.fit')}`} position="right">
        <ActionIcon size={34} aria-label="Fit the picture" onClick={() => editor.fit()}>
          <IconZoomScan size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <div className={styles.spring} />
      <Tooltip label="All keys (?)" position="right">
        <ActionIcon size={34} aria-label="All keys" onClick={onShortcuts}>
          <IconKeyboard size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </aside>
  );
}

function UndoButtons() {
  const editor = useEditor();
  const history = useObserved(editor.history);
  return (
    <>
      <Tooltip label={history.undo === null ? 'Nothing to undo' : `Undo ${history.undo} (Ctrl+Z)`} position="right">
        <ActionIcon size={34} aria-label="Undo" disabled={history.undo === null} onClick={() => editor.actions.undo()}>
          <IconArrowBackUp size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip
        label={history.redo === null ? 'Nothing to redo' : `Redo ${history.redo} (Ctrl+Shift+Z)`}
        position="right"
      >
        <ActionIcon size={34} aria-label="Redo" disabled={history.redo === null} onClick={() => editor.actions.redo()}>
          <IconArrowForwardUp size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
