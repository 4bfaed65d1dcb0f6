import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface PageHeaderProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons at the far end; the obvious next step comes last. */
  readonly actions?: ReactNode;
  /** Name in the browser's tab when it is not the title. */
  readonly documentTitle?: string;
}

export function PageHeader({ title, description, actions, documentTitle }: PageHeaderProps) {
  return (
    <Group
      justify="space-between"
      align={description === undefined ? 'center' : 'flex-start'}
      wrap="nowrap"
      mb="lg"
      mih={32}
    >
      <title>{`${documentTitle ?? title} · Plumbline`}</title>
      <div>
        <Title order={1}>{title}</Title>
        {description !== undefined && (
          <Text c="dimmed" size="sm" mt={2} maw={640}>
            {description}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap">
        {actions}
      </Group>
    </Group>
  );
}
