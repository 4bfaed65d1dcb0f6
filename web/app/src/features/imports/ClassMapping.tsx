import { Button, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { LabelClass, PreviewClass } from '../../api/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { ClassMappingRow } from './ClassMappingRow.tsx';
import { type Decisions, decide, dropUnused, fateOf } from './class-mapping.ts';
import styles from './ImportPreview.module.css';

export interface ClassMappingProps {
  readonly classes: readonly PreviewClass[];
  /** The project's classes by id. */
  readonly known: ReadonlyMap<string, LabelClass>;
  readonly decisions: Decisions;
  readonly onChange: (decisions: Decisions) => void;
}

const rowHeight = 44;

/** The dataset's classes and what becomes of each. Draws only the rows in view. */
export function ClassMapping({ classes, known, decisions, onChange }: ClassMappingProps) {
  const [search, setSearch] = useState('');
  const viewport = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    return classes.map((_, index) => index).filter((i) => classes[i]?.name.toLocaleLowerCase().includes(wanted));
  }, [classes, search]);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const unused = classes.some(({ annotations }, index) => annotations === 0 && decisions.get(index)?.kind !== 'drop');
  return (
    <section className={styles.classes} aria-label="Classes">
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label="Search the dataset’s classes"
          placeholder={`Search ${formatNumber(classes.length)} classes`}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Button variant="default" disabled={!unused} onClick={() => onChange(dropUnused(decisions, classes))}>
          Leave out unused
        </Button>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <div ref={viewport} className={styles.viewport} tabIndex={0}>
        <ul className={styles.rows} aria-label="Classes of the dataset" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const index = shown[item.index] ?? 0;
            const source = classes[index];
            if (source === undefined) return null;
            return (
              <ClassMappingRow
                key={index}
                source={source}
                top={item.start}
                height={rowHeight}
                fate={fateOf(decisions, source, index)}
                known={known}
                onFate={(fate) => onChange(decide(decisions, classes, index, fate))}
              />
            );
          })}
        </ul>
      </div>
    </section>
  );
}
