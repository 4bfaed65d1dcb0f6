import { ActionIcon, Button, Paper, Text } from '@mantine/core';
import { IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { formatCount, formatNumber } from '../../ui/format.ts';
import styles from './Gallery.module.css';

export interface SelectionBarProps {
  readonly selected: number;
  readonly matching: number;
  readonly mayRemove: boolean;
  readonly loadingAll: boolean;
  readonly onSelectAll: () => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

/** Floats over the grid while something is selected. */
export function SelectionBar(props: SelectionBarProps) {
  if (props.selected === 0) return null;
  return (
    <Paper className={styles.selectionBar} shadow="md" role="toolbar" aria-label="Selected images">
      <Text size="sm" fw={550} className="tabular">
        {formatCount(props.selected, 'image')} selected
      </Text>
      {props.selected < props.matching && (
        <Button variant="subtle" size="compact-sm" loading={props.loadingAll} onClick={props.onSelectAll}>
          Select all {formatNumber(props.matching)}
        </Button>
      )}
      <Button variant="default" size="compact-sm" leftSection={<IconPencil size={14} />} onClick={props.onOpen}>
        Open
      </Button>
      {props.mayRemove && (
        <Button variant="default" size="compact-sm" leftSection={<IconTrash size={14} />} onClick={props.onRemove}>
          Remove
        </Button>
      )}
      <ActionIcon aria-label="Clear the selection (Esc)" onClick={props.onClear}>
        <IconX size={16} />
      </ActionIcon>
    </Paper>
  );
}
