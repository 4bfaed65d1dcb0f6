import { Button } from '@mantine/core';
import { formatCount } from './format.ts';
import styles from './Page.module.css';

export interface NewOnTopProps {
  readonly count: number;
  /** What one of them is called. */
  readonly one: string;
  readonly onShow: () => void;
}

/** Beside the first heading of a list whose newest rows are held back. Takes no room of its own. */
export function NewOnTop({ count, one, onShow }: NewOnTopProps) {
  return (
    <span role="status" className={styles.newOnTop}>
      {count > 0 && (
        <Button size="compact-xs" radius="xl" onClick={onShow}>
          Show {formatCount(count, one)}
        </Button>
      )}
    </span>
  );
}
