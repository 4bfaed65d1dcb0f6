import { ActionIcon, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Ontology } from '../../api/types.ts';
import styles from './ClassTree.module.css';
import { ClassTreeRow } from './ClassTreeRow.tsx';
import { addClasses, classRows, type NudgeDirection, nudgeClass } from './class-tree.ts';
import type { EditOntology } from './use-ontology-draft.ts';

export interface ClassTreeProps {
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly readOnly: boolean;
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  /** Enter or F2 on a class: edit it. */
  readonly onOpen: () => void;
  readonly onRemove: (id: string) => void;
  readonly usage: ReadonlyMap<string, number>;
  readonly faulty: ReadonlySet<string>;
}

const ROW_HEIGHT = 32;
const nudges: Readonly<Record<string, NudgeDirection>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

/** The classes as a tree: search, add, drag or Alt+arrows to move. Draws only the lines in view. */
export function ClassTree(props: ClassTreeProps) {
  const { ontology, edit, selectedId, onSelect } = props;
  const [search, setSearch] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const viewport = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => classRows(ontology.classes, collapsed, search), [ontology.classes, collapsed, search]);
  const nested = useMemo(() => ontology.classes.some((c) => c.parentId !== null), [ontology.classes]);
  const selectedIndex = rows.findIndex((row) => row.labelClass.id === selectedId);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);

  const setExpanded = (id: string, expanded: boolean) => {
    const next = new Set(collapsed);
    if (expanded) next.delete(id);
    else next.add(id);
    setCollapsed(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[selectedIndex];
    const nudge = nudges[event.key];
    if (event.altKey) {
      if (row === undefined || nudge === undefined || props.readOnly) return;
      edit((o) => nudgeClass(o, row.labelClass.id, nudge));
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = rows[Math.max(0, Math.min(rows.length - 1, selectedIndex + (event.key === 'ArrowDown' ? 1 : -1)))];
      if (next !== undefined) onSelect(next.labelClass.id);
    } else if (event.key === 'Home' || event.key === 'End') {
      const next = rows.at(event.key === 'Home' ? 0 : -1);
      if (next !== undefined) onSelect(next.labelClass.id);
    } else if (row !== undefined && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      setExpanded(row.labelClass.id, event.key === 'ArrowRight');
    } else if (event.key === 'Enter' || event.key === 'F2') props.onOpen();
    else if (event.key === 'Delete' && row !== undefined && !props.readOnly) props.onRemove(row.labelClass.id);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.tree}>
      <TextInput
        placeholder={`Search ${ontology.classes.length} classes`}
        aria-label="Search classes"
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div
        ref={viewport}
        className={styles.viewport}
        role="tree"
        aria-label="Classes"
        tabIndex={0}
        aria-activedescendant={selectedId === null || selectedIndex < 0 ? undefined : `class-${selectedId}`}
        onKeyDown={onKeyDown}
      >
        <div role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const { id } = row.labelClass;
            return (
              <ClassTreeRow
                key={id}
                row={row}
                top={item.start}
                height={ROW_HEIGHT}
                nested={nested}
                selected={id === selectedId}
                readOnly={props.readOnly}
                used={props.usage.get(id) ?? 0}
                faulty={props.faulty.has(id)}
                ontology={ontology}
                edit={edit}
                draggedId={draggedId}
                onDrag={setDraggedId}
                onSelect={() => onSelect(id)}
                onExpand={(expanded) => setExpanded(id, expanded)}
              />
            );
          })}
        </div>
        {rows.length === 0 && (
          <Text c="dimmed" size="sm" p="sm">
            {search === '' ? 'No classes yet.' : `Nothing is called “${search}”.`}
          </Text>
        )}
      </div>
      {!props.readOnly && <AddClass ontology={ontology} edit={edit} onAdded={onSelect} />}
    </div>
  );
}

interface AddClassProps {
  readonly ontology: Ontology;
  readonly edit: EditOntology;
  readonly onAdded: (id: string) => void;
}

/** One name and Enter, or a pasted list: one class a line. */
function AddClass({ ontology, edit, onAdded }: AddClassProps) {
  const [name, setName] = useState('');
  const add = (names: readonly string[]) => {
    const added = addClasses(ontology, names, null);
    edit(() => added);
    const last = added.classes.at(-1);
    if (last !== undefined && added.classes.length > ontology.classes.length) onAdded(last.id);
    setName('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add([name]);
      }}
    >
      <TextInput
        aria-label="Add a class"
        placeholder="Add a class, or paste a list"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        onPaste={(event) => {
          const lines = event.clipboardData.getData('text').split(/\r?\n/);
          if (lines.filter((line) => line.trim() !== '').length < 2) return;
          event.preventDefault();
          add(lines);
        }}
        rightSection={
          <ActionIcon type="submit" aria-label="Add" disabled={name.trim() === ''}>
            <IconPlus size={16} />
          </ActionIcon>
        }
      />
    </form>
  );
}
