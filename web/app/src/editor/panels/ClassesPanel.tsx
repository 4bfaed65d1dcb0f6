import { ActionIcon, Kbd, Text, TextInput, UnstyledButton } from '@mantine/core';
import { classKeys } from '@plumbline/editor';
import { IconEye, IconEyeOff, IconInfoCircle, IconLock, IconLockOpen, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type ClassRow, classRows } from '../../features/ontology/class-tree.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { useEditorSession } from '../EditorContext.tsx';
import { useObserved } from '../observed.ts';
import { Panel, type PanelProps } from './Panel.tsx';
import styles from './Panels.module.css';

const ROW = 26;
const nothing: ReadonlySet<string> = new Set();
export const classSearchId = 'class-search';

/** Every class with its key, colour and count; a click draws with it, or gives it to what is selected. */
export function ClassesPanel(props: Pick<PanelProps, 'open' | 'onToggle'>) {
  const { editor, ontology, projectId } = useEditorSession();
  const [search, setSearch] = useState('');
  const counts = useObserved(editor.annotations).countByClass();
  const visibility = useObserved(editor.visibility);
  const current = useObserved(editor.currentClass);
  const keys = useMemo(() => classKeys(ontology), [ontology]);
  const viewport = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => classRows(ontology.classes, nothing, search).filter(({ labelClass: c }) => !c.retired || counts.has(c.id)),
    [ontology, search, counts],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  /** As its key would: the class of what is selected, otherwise of the next drawing. */
  const choose = (classId: string) => editor.commands.run(`class.${classId}`);
  const chooseFirst = () => {
    const needle = search.trim().toLowerCase();
    const found = rows.find(({ labelClass: c }) => !c.retired && c.name.toLowerCase().includes(needle));
    if (found === undefined) return;
    choose(found.labelClass.id);
    setSearch('');
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  return (
    <Panel title="Classes" {...props} extra={<Extra count={ontology.classes.length} />}>
      <TextInput
        id={classSearchId}
        size="xs"
        className={styles.search ?? ''}
        aria-label="Find a class"
        placeholder="Find a class"
        leftSection={<IconSearch size={14} />}
        rightSection={<Kbd size="xs">/</Kbd>}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') chooseFirst();
          if (event.key === 'Escape') {
            setSearch('');
            event.currentTarget.blur();
          }
        }}
      />
      <div ref={viewport} className={styles.list} data-scroll-list>
        <ul style={{ height: virtualizer.getTotalSize() }} className={styles.rows}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const { id } = row.labelClass;
            return (
              <ClassLine
                key={id}
                row={row}
                top={item.start}
                current={id === current}
                keyName={keys.get(id) ?? null}
                count={counts.get(id) ?? 0}
                hidden={visibility.hiddenClasses.has(id)}
                locked={visibility.lockedClasses.has(id)}
                onChoose={() => choose(id)}
              />
            );
          })}
        </ul>
        {ontology.classes.length === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            There are no classes yet. <Link to={`/projects/${projectId}/ontology`}>Add the first ones</Link> to begin.
          </Text>
        )}
        {ontology.classes.length > 0 && rows.length === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            No class is called “{search}”.
          </Text>
        )}
      </div>
    </Panel>
  );
}

function Extra({ count }: { readonly count: number }) {
  const { editor } = useEditorSession();
  return (
    <>
      <ActionIcon
        size={22}
        mr={8}
        variant="subtle"
        aria-label="What the class means"
        title="What the class means, with examples"
        onClick={() => editor.commands.run('guide.show')}
      >
        <IconInfoCircle size={14} />
      </ActionIcon>
      <span className={styles.extra}>{count}</span>
    </>
  );
}

interface ClassLineProps {
  readonly row: ClassRow;
  readonly top: number;
  readonly current: boolean;
  readonly keyName: string | null;
  readonly count: number;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly onChoose: () => void;
}

function ClassLine(props: ClassLineProps) {
  const { editor } = useEditorSession();
  const { id, name, color, description, retired } = props.row.labelClass;
  return (
    <li className={styles.row} style={{ top: props.top, height: ROW }} data-current={props.current || undefined}>
      <UnstyledButton
        className={styles.choose}
        style={{ paddingLeft: 8 + props.row.depth * 12 }}
        title={description === '' ? undefined : description}
        aria-pressed={props.current}
        disabled={retired}
        onClick={props.onChoose}
      >
        <span className={styles.swatch} style={{ background: color }} aria-hidden />
        <span className={styles.label} data-off={props.hidden || retired || undefined}>
          <MiddleEllipsis text={name} />
        </span>
        {props.keyName !== null && <Kbd size="xs">{props.keyName}</Kbd>}
        <span className={styles.count}>{props.count > 0 ? props.count : ''}</span>
      </UnstyledButton>
      <ActionIcon
        size={20}
        className={styles.toggle ?? ''}
        data-on={props.hidden || undefined}
        aria-label={`${props.hidden ? 'Show' : 'Hide'} ${name}`}
        onClick={() => editor.actions.hideClass(id, !props.hidden)}
      >
        {props.hidden ? <IconEyeOff size={14} /> : <IconEye size={14} />}
      </ActionIcon>
      <ActionIcon
        size={20}
        className={styles.toggle ?? ''}
        data-on={props.locked || undefined}
        aria-label={`${props.locked ? 'Unlock' : 'Lock'} ${name}`}
        onClick={() => editor.actions.lockClass(id, !props.locked)}
      >
        {props.locked ? <IconLock size={14} /> : <IconLockOpen size={14} />}
      </ActionIcon>
    </li>
  );
}
