import { Kbd, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconChevronRight, IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { Ontology } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import styles from './ClassTree.module.css';
import { type ClassRow, dropPlace, moveClass, subtreeIds } from './class-tree.ts';
import type { EditOntology } from './use-ontology-draft.ts';

export interface ClassTreeRowProps {
  readonly row: ClassRow;
  readonly top: number;
  readonly height: number;
  /** Some class has classes below it, so every line keeps room for the arrow. */
  readonly nested: boolean;
  readonly selected: boolean;
  readonly readOnly: boolean;
  readonly used: number;
  readonly faulty: boolean;
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly draggedId: string | null;
  readonly onDrag: (id: string | null) => void;
  readonly onSelect: () => void;
  readonly onExpand: (expanded: boolean) => void;
}

type DropZone = 'before' | 'into' | 'behind';

export function ClassTreeRow(props: ClassTreeRowProps) {
  const { row, ontology, draggedId } = props;
  const { labelClass } = row;
  const [zone, setZone] = useState<DropZone | null>(null);

  const fractionOf = (event: DragEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return (event.clientY - box.top) / box.height;
  };
  const onDragOver = (event: DragEvent) => {
    if (draggedId === null || subtreeIds(ontology.classes, draggedId).has(labelClass.id)) return;
    event.preventDefault();
    const fraction = fractionOf(event);
    setZone(fraction < 0.25 ? 'before' : fraction > 0.75 ? 'behind' : 'into');
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const fraction = fractionOf(event);
    if (draggedId !== null) props.edit((o) => moveClass(o, draggedId, dropPlace(o, labelClass, fraction)));
    setZone(null);
    props.onDrag(null);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around the lines holds the focus and the keys
    <div
      id={`class-${labelClass.id}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={props.selected}
      aria-expanded={row.childCount > 0 ? row.expanded : undefined}
      className={styles.row}
      data-zone={zone ?? undefined}
      data-retired={labelClass.retired || undefined}
      style={{ top: props.top, height: props.height, paddingLeft: 16 + row.depth * 18 }}
      draggable={!props.readOnly}
      onClick={props.onSelect}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', labelClass.name);
        props.onDrag(labelClass.id);
      }}
      onDragEnd={() => props.onDrag(null)}
      onDragOver={onDragOver}
      onDragLeave={() => setZone(null)}
      onDrop={onDrop}
    >
      {!props.readOnly && <IconGripVertical className={styles.grip} size={14} aria-hidden />}
      {props.nested && (
        <UnstyledButton
          className={styles.chevron}
          data-open={row.expanded || undefined}
          tabIndex={-1}
          aria-hidden
          style={{ visibility: row.childCount > 0 ? 'visible' : 'hidden' }}
          onClick={(event) => {
            event.stopPropagation();
            props.onExpand(!row.expanded);
          }}
        >
          <IconChevronRight size={14} />
        </UnstyledButton>
      )}
      <span className={styles.swatch} style={{ background: labelClass.color }} aria-hidden />
      <span className={styles.name}>
        <MiddleEllipsis text={labelClass.name || 'unnamed'} />
      </span>
      {props.faulty && (
        <IconAlertTriangleFilled className={styles.fault} size={14} role="img" aria-label="Needs attention" />
      )}
      {labelClass.retired && (
        <Text span size="xs" c="dimmed">
          retired
        </Text>
      )}
      {props.used > 0 && (
        <Text span size="xs" c="dimmed" className={styles.count} title={`${formatNumber(props.used)} annotations`}>
          {formatNumber(props.used)}
        </Text>
      )}
      <span className={styles.key}>{labelClass.key !== null && <Kbd size="xs">{labelClass.key}</Kbd>}</span>
    </div>
  );
}
