import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** What is missing and what to do next. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** In a card rather than on a page. */
  readonly compact?: boolean;
}

export function EmptyState({ icon: PageIcon, title, children, actions, compact = false }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" className={compact ? styles.compact : styles.frame}>
      <div className={styles.icon}>
        <PageIcon size={24} stroke={1.5} aria-hidden />
      </div>
      <Title order={2} ta="center">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" ta="center" maw={440} size="sm" component="div">
          {children}
        </Text>
      )}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </Stack>
  );
}
