import { Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { ImageSummary } from '../../api/types.ts';
import styles from './Gallery.module.css';
import { GAP, type GridLayout, gridLayout, scrollShift } from './grid-layout.ts';
import { ImageTile } from './ImageTile.tsx';
import { moveFocus, nothingSelected, press, type Selection, selectAll } from './selection.ts';

export interface ImageGridProps {
  readonly images: readonly ImageSummary[];
  /** How many there are in all; those not loaded yet have their place. */
  readonly count: number;
  readonly density: number;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly onOpen: (imageId: string) => void;
  readonly onNeedMore: () => void;
  readonly onRemove: () => void;
  readonly hrefOf: (imageId: string) => string;
  /** What scrolls; the grid stands in it. */
  readonly scroller: HTMLElement | null;
  /** Brought into view when the grid first shows. */
  readonly startAt: string | null;
}

/** The pictures. Scrolls with the page; draws only the rows in view; holds still when images come and go above. */
export function ImageGrid(props: ImageGridProps) {
  const { images, count, selection, onSelection } = props;
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const layout = useMemo(() => gridLayout(width, props.density), [width, props.density]);
  const ids = useMemo(() => images.map((image) => image.id), [images]);
  const virtualizer = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(count / layout.columns),
    getScrollElement: () => props.scroller,
    estimateSize: () => layout.rowHeight,
    overscan: 3,
  });
  const rows = virtualizer.getVirtualItems();
  const lastWanted = ((rows.at(-1)?.index ?? -1) + 1) * layout.columns;

  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are kept by the virtualizer until told
  useLayoutEffect(() => virtualizer.measure(), [layout.rowHeight, virtualizer]);

  const { onNeedMore } = props;
  useEffect(() => {
    if (lastWanted > images.length && images.length < count) onNeedMore();
  }, [lastWanted, images.length, count, onNeedMore]);

  useHoldStill(ids, layout, props.scroller);

  const reveal = (id: string | null) => {
    const index = id === null ? -1 : ids.indexOf(id);
    if (index >= 0) virtualizer.scrollToIndex(Math.floor(index / layout.columns), { align: 'auto' });
  };
  const started = useRef(props.startAt === null);
  useEffect(() => {
    if (started.current || width === 0 || props.startAt === null || !ids.includes(props.startAt)) return;
    started.current = true;
    virtualizer.scrollToIndex(Math.floor(ids.indexOf(props.startAt) / layout.columns), { align: 'center' });
    onSelection(press(nothingSelected, ids, props.startAt, { range: false, toggle: false }));
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const pageRows = Math.max(1, Math.floor((props.scroller?.clientHeight ?? 0) / layout.rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -layout.columns,
      ArrowDown: layout.columns,
      PageUp: -pageRows * layout.columns,
      PageDown: pageRows * layout.columns,
      Home: -ids.length,
      End: ids.length,
    };
    const modifiers = { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey };
    const step = steps[event.key];
    if (step !== undefined) {
      const next = moveFocus(selection, ids, step, modifiers);
      onSelection(next);
      reveal(next.focus);
    } else if (event.key === ' ' && selection.focus !== null) {
      onSelection(press(selection, ids, selection.focus, { range: event.shiftKey, toggle: true }));
    } else if (event.key === 'Enter' && selection.focus !== null) props.onOpen(selection.focus);
    else if (event.key === 'a' && modifiers.toggle) onSelection(selectAll(selection, ids));
    else if (event.key === 'Escape' && selection.selected.size > 0) onSelection(nothingSelected);
    else if (event.key === 'Delete' && selection.selected.size > 0) props.onRemove();
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const id = tileOf(event);
    if (id === null || (event.target as Element).closest('a') !== null) return;
    onSelection(press(selection, ids, id, { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey }));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    <div
      className={styles.grid}
      role="grid"
      aria-multiselectable
      aria-rowcount={Math.ceil(count / layout.columns)}
      aria-colcount={layout.columns}
      aria-label="Images"
      tabIndex={0}
      aria-activedescendant={selection.focus === null ? undefined : `tile-${selection.focus}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const id = tileOf(event);
        if (id !== null) props.onOpen(id);
      }}
    >
      <div ref={sizeRef} role="none" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; the grid holds the focus
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className={styles.row}
            style={{
              top: row.start,
              height: layout.rowHeight - GAP,
              gridTemplateColumns: `repeat(${layout.columns}, ${layout.tileWidth}px)`,
            }}
          >
            {Array.from({ length: Math.min(layout.columns, count - row.index * layout.columns) }, (_, column) => {
              const index = row.index * layout.columns + column;
              const image = images[index];
              return image === undefined ? (
                <Skeleton
                  key={`place-${index}`}
                  role="gridcell"
                  aria-busy
                  height={layout.pictureHeight}
                  animate={false}
                />
              ) : (
                <ImageTile
                  key={image.id}
                  image={image}
                  column={column + 1}
                  selected={selection.selected.has(image.id)}
                  focused={selection.focus === image.id}
                  pictureHeight={layout.pictureHeight}
                  href={props.hrefOf(image.id)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Keeps the first visible image in its place when the list changes above it. */
function useHoldStill(ids: readonly string[], layout: GridLayout, page: HTMLElement | null) {
  const before = useRef({ ids, columns: layout.columns });
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { ids, columns: layout.columns };
    if (page === null || old.ids === ids || old.columns !== layout.columns || page.scrollTop <= 0) return;
    const firstRow = Math.ceil(page.scrollTop / layout.rowHeight);
    const shift = scrollShift(old.ids, ids, firstRow * layout.columns, layout);
    if (shift !== 0) page.scrollTop += shift;
  });
}

function tileOf(event: MouseEvent): string | null {
  return (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset.id ?? null;
}
