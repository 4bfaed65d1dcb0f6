import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import type { EditorRecord } from '@plumbline/editor';
import {
  IconAlertTriangle,
  IconCheck,
  IconDots,
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
  IconQuestionMark,
} from '@tabler/icons-react';
import { memo, useCallback } from 'react';
import { useEditorSession } from '../EditorContext.tsx';
import { useSelected } from '../observed.ts';
import styles from './Panels.module.css';
import { ShapeIcon } from './ShapeIcon.tsx';

export interface ObjectLineProps {
  readonly record: EditorRecord;
  readonly name: string;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly refused: boolean;
  /** How many required attributes have no value. */
  readonly lacking: number;
  /** What checks found in it, in words; null when nothing. */
  readonly finding: string | null;
  readonly onPick: (keys: { readonly range: boolean; readonly toggle: boolean }) => void;
}

export const ObjectLine = memo(function ObjectLine(props: ObjectLineProps) {
  const { editor, readOnlyReason } = useEditorSession();
  const { id, ignore, verdict } = props.record;
  const hovered = useSelected(
    editor.hovered,
    useCallback((at: string | null) => at === id, [id]),
  );
  const fault = props.refused
    ? 'The server refused this object'
    : props.lacking > 0
      ? 'A required attribute has no value'
      : props.finding;
  return (
    <li
      className={styles.row}
      style={{ top: props.top, height: props.height }}
      data-current={props.selected || undefined}
      data-hovered={hovered || undefined}
      onPointerEnter={() => editor.hover(id)}
    >
      <UnstyledButton
        className={styles.choose}
        style={{ paddingLeft: 26 }}
        aria-pressed={props.selected}
        onClick={(event) => props.onPick({ range: event.shiftKey, toggle: event.ctrlKey || event.metaKey })}
        onDoubleClick={() => editor.zoomTo([id])}
      >
        <ShapeIcon kind={props.record.shape.kind} />
        <span className={styles.label} data-off={props.hidden || undefined}>
          {props.name}
        </span>
        {ignore && <span className={styles.note}>ignore</span>}
        {verdict === 'accepted' && <IconCheck size={14} role="img" aria-label="Accepted" title="Accepted" />}
        {verdict === 'unsure' && <IconQuestionMark size={14} role="img" aria-label="Unsure" title="Unsure" />}
        {fault !== null && (
          <IconAlertTriangle size={14} className={styles.fault} role="img" aria-label={fault} title={fault} />
        )}
      </UnstyledButton>
      <ActionIcon
        size={20}
        className={styles.toggle ?? ''}
        data-on={props.hidden || undefined}
        aria-label={`${props.hidden ? 'Show' : 'Hide'} ${props.name}`}
        onClick={() => editor.actions.hideObjects([id], !props.hidden)}
      >
        {props.hidden ? <IconEyeOff size={14} /> : <IconEye size={14} />}
      </ActionIcon>
      <ActionIcon
        size={20}
        className={styles.toggle ?? ''}
        data-on={props.locked || undefined}
        aria-label={`${props.locked ? 'Unlock' : 'Lock'} ${props.name}`}
        onClick={() => editor.actions.lockObjects([id], !props.locked)}
      >
        {props.locked ? <IconLock size={14} /> : <IconLockOpen size={14} />}
      </ActionIcon>
      <Menu width={200} position="bottom-end">
        <Menu.Target>
          <ActionIcon size={20} className={styles.toggle ?? ''} aria-label={`More for ${props.name}`}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => editor.zoomTo([id])}>Zoom to it</Menu.Item>
          <Menu.Item disabled={readOnlyReason !== null} onClick={() => editor.actions.setIgnore([id], !ignore)}>
            {ignore ? 'Count it in measures' : 'Ignore it in measures'}
          </Menu.Item>
          <Menu.Divider />
          {(['front', 'forward', 'backward', 'back'] as const).map((where) => (
            <Menu.Item
              key={where}
              disabled={readOnlyReason !== null}
              onClick={() => editor.actions.moveInOrder([id], where)}
            >
              {orderNames[where]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            color="red"
            disabled={readOnlyReason !== null || props.locked}
            onClick={() => editor.actions.remove([id])}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
});

const orderNames = {
  front: 'Bring to the front',
  forward: 'One step forward',
  backward: 'One step back',
  back: 'Send to the back',
} as const;
