import { ActionIcon, Divider, Tooltip } from '@mantine/core';
import { allTools, canDrawWith, isOffered, type ToolDefinition, type ToolId } from '@plumbline/editor';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsJoin2,
  IconBoxModel2,
  IconBucketDroplet,
  IconEraser,
  IconFocusCentered,
  IconHandStop,
  IconHexagons,
  IconKeyboard,
  IconLasso,
  IconLetterT,
  IconMagnet,
  IconPointer,
  IconScissors,
  IconWand,
  IconZoomReplace,
  IconZoomScan,
} from '@tabler/icons-react';
import { useEditor, useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { shapeIcons } from '../panels/ShapeIcon.tsx';
import styles from './Bars.module.css';

/** Tools with a sign of their own; the others have that of the shape they draw. */
const ownIcons: Partial<Record<ToolId, typeof IconPointer>> = {
  select: IconPointer,
  pan: IconHandStop,
  extremeBox: IconFocusCentered,
  text: IconLetterT,
  relation: IconArrowsJoin2,
  cut: IconScissors,
  scissors: IconMagnet,
  wand: IconWand,
  grabCut: IconBoxModel2,
  superpixels: IconHexagons,
  similar: IconZoomReplace,
  eraser: IconEraser,
  lasso: IconLasso,
  fill: IconBucketDroplet,
};

/** The tools, one key each, and the way back. */
export function ToolStrip({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const { editor, ontology, readOnlyReason } = useEditorSession();
  const tool = useObserved(editor.tool);
  const classId = useObserved(editor.currentClass);
  const current = ontology.classes.find((c) => c.id === classId);
  const key = (id: string) => {
    const [first] = editor.commands.keysOf(id);
    return first === undefined ? '' : ` (${first})`;
  };
  const offered = allTools.filter((definition) => isOffered(definition, ontology));
  return (
    <aside className={styles.tools} aria-label="Tools">
      {offered.map((definition) => {
        const { id, title, draws, edits } = definition;
        const { only }: ToolDefinition = definition;
        const Icon = ownIcons[id] ?? (draws === null ? IconPointer : shapeIcons[draws]);
        // A tool for some classes takes one of these by itself.
        const fits = current === undefined || only !== undefined || canDrawWith(definition, current);
        const why = fits || current === undefined ? '' : `. Not for “${current.name}”`;
        return (
          <Tooltip key={id} label={`${title}${key(`tool.${id}`)}${why}`} position="right">
            <ActionIcon
              size={34}
              aria-label={title}
              aria-pressed={tool === id}
              className={styles.tool ?? ''}
              data-unfit={!fits}
              disabled={edits && readOnlyReason !== null}
              onClick={() => editor.setTool(id)}
            >
              <Icon size={20} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        );
      })}
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
