import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { type AnnotationsView, isTag, type SetPart } from '@plumbline/editor';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../ui/format.ts';
import { missingAttributes } from '../attributes.ts';
import { useEditorSession } from '../EditorContext.tsx';
import { useFindings } from '../findings/use-findings.ts';
import { clickSelection, objectRows } from '../object-groups.ts';
import { useObserved, useSelected } from '../observed.ts';
import { ObjectLine } from './ObjectLine.tsx';
import { Panel, type PanelProps } from './Panel.tsx';
import styles from './Panels.module.css';
import { RelationLine } from './RelationLine.tsx';

const ROW = 26;
/** The server counts no further. */
const countedUpTo = 100_000;

/** What is drawn, by class. Lines and canvas light up together. */
export function ObjectsPanel(props: Pick<PanelProps, 'open' | 'onToggle'>) {
  const { editor } = useEditorSession();
  const count = useSelected(editor.annotations, countObjects);
  const part = useObserved(editor.part);
  const shown = part === null ? count : `${formatNumber(count)} of ${formatNumber(part.total)}`;
  return (
    <Panel title="Objects" {...props} extra={<span className={styles.extra}>{shown}</span>}>
      {part !== null && <PartNote part={part} />}
      <ObjectList />
    </Panel>
  );
}

/** What the list is of, where it is not of everything. */
function PartNote({ part: { matched, sent } }: { readonly part: SetPart }) {
  const most = matched >= countedUpTo ? `more than ${formatNumber(countedUpTo)}` : formatNumber(matched);
  return (
    <Text size="xs" c="dimmed" px="xs" pb={6} role="status">
      {sent < matched
        ? `In view: the ${formatNumber(sent)} largest and some small ones of ${most}. Zoom in for the rest.`
        : 'Listed is what is in view and around it.'}
    </Text>
  );
}

function countObjects(view: AnnotationsView): number {
  return view.list().reduce((count, record) => (isTag(record) ? count : count + 1), 0);
}

function ObjectList() {
  const { editor, image, ontology } = useEditorSession();
  const [search, setSearch] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  // Sorting thousands of objects must not hold up the next stroke.
  const view = useDeferredValue(useObserved(editor.annotations));
  const selection = useObserved(editor.selection);
  const visibility = useObserved(editor.visibility);
  const rejections = useObserved(editor.rejections);
  const classes = useMemo(() => new Map(ontology.classes.map((c) => [c.id, c])), [ontology]);
  const rows = useMemo(
    () => objectRows(view.list(), ontology.classes, collapsed, search, ontology.predicates),
    [view, ontology, collapsed, search],
  );
  const selected = useMemo(() => new Set(selection), [selection]);
  const refused = useMemo(() => new Set(rejections.map((rejection) => rejection.id)), [rejections]);
  const { findings } = useFindings();
  const found = useMemo(() => new Map(findings.map((f) => [f.annotationId ?? '', f.message])), [findings]);
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW,
    overscan: 8,
  });

  // A line of the image before would take the keys that are meant for this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each image
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && viewport.current?.contains(activeElement)) activeElement.blur();
  }, [image.id]);

  const last = selection.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not every edit
  useEffect(() => {
    const index = rows.findIndex((row) => row.kind === 'object' && row.record.id === last);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [last]);

  const toggle = (classId: string) => {
    const next = new Set(collapsed);
    if (!next.delete(classId)) next.add(classId);
    setCollapsed(next);
  };

  return (
    <>
      <TextInput
        size="xs"
        className={styles.search ?? ''}
        aria-label="Find an object"
        placeholder="Find by class or attribute"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setSearch('');
          event.currentTarget.blur();
        }}
      />
      <div ref={viewport} className={styles.list} onPointerLeave={() => editor.hover(null)}>
        <ul style={{ height: virtualizer.getTotalSize() }} className={styles.rows}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            if (row.kind === 'class') {
              const color = classes.get(row.classId)?.color ?? '#808080';
              return (
                <li key={`class ${row.classId}`} className={styles.row} style={{ top: item.start, height: ROW }}>
                  <UnstyledButton className={styles.group} aria-expanded={row.open} onClick={() => toggle(row.classId)}>
                    <IconChevronRight size={12} className={styles.chevron} aria-hidden />
                    <span className={styles.swatch} style={{ background: color }} aria-hidden />
                    <span className={styles.label}>{row.name}</span>
                    <span className={styles.count}>{row.count}</span>
                  </UnstyledButton>
                </li>
              );
            }
            if (row.kind === 'relation') {
              const { subject, predicate, object } = row.related;
              const key = `${subject.id} ${predicate} ${object.id}`;
              return <RelationLine key={key} related={row.related} name={row.name} top={item.start} height={ROW} />;
            }
            const { id, classId } = row.record;
            return (
              <ObjectLine
                key={id}
                record={row.record}
                name={row.name}
                top={item.start}
                height={ROW}
                selected={selected.has(id)}
                hidden={visibility.hiddenObjects.has(id)}
                locked={visibility.lockedObjects.has(id)}
                refused={refused.has(id)}
                finding={found.get(id) ?? null}
                lacking={missingAttributes(classes.get(classId)?.attributes ?? [], row.record.attributes).length}
                onPick={(keys) => {
                  const order = rows.flatMap((other) => (other.kind === 'object' ? [other.record.id] : []));
                  editor.select(clickSelection(editor.selection.value, order, id, keys));
                }}
              />
            );
          })}
        </ul>
        {rows.length === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            {search === '' ? 'Nothing is drawn yet. Choose a class and draw on the picture.' : 'No object matches.'}
          </Text>
        )}
      </div>
    </>
  );
}
