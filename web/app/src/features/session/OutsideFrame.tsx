import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../layout/Logo.tsx';
import { PlainHttpBanner } from '../../layout/PlainHttpBanner.tsx';
import styles from './OutsideFrame.module.css';

export interface OutsideFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of pages for people who are not signed in: one card, one thing to do. */
export function OutsideFrame({ title, description, children }: OutsideFrameProps) {
  return (
    <div className={styles.frame}>
      <title>{`${title} · Plumbline`}</title>
      <PlainHttpBanner />
      <main className={styles.middle}>
        <div className={styles.brand}>
          <Logo size={28} />
          <span>Plumbline</span>
        </div>
        <Paper withBorder className={styles.card}>
          <Title order={1}>{title}</Title>
          {description !== undefined && (
            <Text c="dimmed" size="sm" mt={4} component="div">
              {description}
            </Text>
          )}
          <div className={styles.body}>{children}</div>
        </Paper>
      </main>
    </div>
  );
}
