import { Button, Popover, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { LabelClass, PreviewClass } from '../../api/types.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { countOfShapes } from '../formats/shape-words.ts';
import { ClassFateForm } from './ClassFateForm.tsx';
import { type Fate, obstacle } from './class-mapping.ts';
import styles from './ImportPreview.module.css';

export interface ClassMappingRowProps {
  readonly source: PreviewClass;
  readonly top: number;
  readonly height: number;
  readonly fate: Fate;
  readonly known: ReadonlyMap<string, LabelClass>;
  readonly onFate: (fate: Fate) => void;
}

export function ClassMappingRow({ source, top, height, fate, known, onFate }: ClassMappingRowProps) {
  const [open, setOpen] = useState(false);
  const target = fate.kind === 'existing' ? known.get(fate.classId) : undefined;
  const trouble = obstacle(source, target);
  const details = [
    source.annotations === 0
      ? 'no objects'
      : source.kinds.map(({ kind, count }) => countOfShapes(kind, count)).join(', '),
    source.attributes.length > 0 && `attributes: ${source.attributes.map(({ name }) => name).join(', ')}`,
    source.keypoints.length > 0 && `skeleton of ${source.keypoints.length}`,
  ].filter((text) => text !== false);
  const told =
    fate.kind === 'drop' ? 'Left out' : fate.kind === 'new' ? `New: ${fate.name}` : (target?.name ?? 'A class …');
  return (
    <li className={styles.row} style={{ top, height }} data-fate={fate.kind}>
      <div className={styles.source}>
        <Text size="sm" component="div" fw={500}>
          <MiddleEllipsis text={source.parent === null ? source.name : `${source.parent} / ${source.name}`} />
        </Text>
        <Text size="xs" c="dimmed" truncate title={details.join(' · ')} className="tabular">
          {details.join(' · ')}
        </Text>
      </div>
      {trouble === null ? (
        <IconArrowRight size={15} className={styles.arrow} aria-hidden />
      ) : (
        <Tooltip label={trouble} multiline maw={320}>
          <IconAlertTriangle size={16} className={styles.warning} role="img" aria-label={trouble} />
        </Tooltip>
      )}
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus withinPortal>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant={fate.kind === 'existing' ? 'light' : 'default'}
            className={styles.target ?? ''}
            aria-label={`${source.name} becomes: ${told}`}
            rightSection={<IconChevronDown size={13} />}
            leftSection={target && <span className={styles.dot} style={{ background: target.color }} />}
            onClick={() => setOpen(!open)}
          >
            {fate.kind === 'new' && <span className={styles.mark}>New:</span>}
            <MiddleEllipsis text={fate.kind === 'new' ? fate.name : told} />
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {open && (
            <ClassFateForm
              source={source}
              fate={fate}
              known={known}
              onFate={(chosen) => {
                onFate(chosen);
                setOpen(false);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
    </li>
  );
}
