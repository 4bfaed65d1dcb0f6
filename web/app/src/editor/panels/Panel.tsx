import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Panels.module.css';

export interface PanelProps {
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** At the right end of the head. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** A section of the side: a head that folds it, and what is in it. */
export function Panel({ title, open, onToggle, extra, children }: PanelProps) {
  return (
    <section className={styles.panel} data-open={open || undefined} aria-label={title}>
      <div className={styles.head}>
        <UnstyledButton className={styles.fold} aria-expanded={open} onClick={onToggle}>
          <IconChevronRight size={14} className={styles.chevron} aria-hidden />
          <h2 className={styles.heading}>{title}</h2>
        </UnstyledButton>
        {extra}
      </div>
      {open && <div className={styles.body}>{children}</div>}
    </section>
  );
}
