import { ActionIcon, UnstyledButton } from '@mantine/core';
import type { Related } from '@plumbline/editor';
import { IconArrowNarrowRight, IconTrash } from '@tabler/icons-react';
import { useEditorSession } from '../EditorContext.tsx';
import styles from './Panels.module.css';

export interface RelationLineProps {
  readonly related: Related;
  readonly name: string;
  readonly top: number;
  readonly height: number;
}

/** A relation in the objects panel: a click selects both ends. */
export function RelationLine({ related, name, top, height }: RelationLineProps) {
  const { editor, readOnlyReason } = useEditorSession();
  const { subject, predicate, object } = related;
  const ends = [subject.id, object.id];
  return (
    <li className={styles.row} style={{ top, height }} onPointerEnter={() => editor.hover(subject.id)}>
      <UnstyledButton
        className={styles.choose}
        style={{ paddingLeft: 26 }}
        onClick={() => editor.select(ends)}
        onDoubleClick={() => editor.zoomTo(ends)}
      >
        <IconArrowNarrowRight size={14} stroke={1.6} style={{ flexShrink: 0 }} aria-hidden />
        <span className={styles.label}>{name}</span>
      </UnstyledButton>
      <ActionIcon
        size={20}
        className={styles.toggle ?? ''}
        disabled={readOnlyReason !== null}
        aria-label={`Delete ${name}`}
        onClick={() => editor.relations.unrelate(subject.id, predicate, object.id)}
      >
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  );
}
