import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMapQuestion, IconRefresh } from '@tabler/icons-react';
import { ApiError, messageOf } from '../api/api-error.ts';
import { EmptyState } from './EmptyState.tsx';

export interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** In a card rather than on a page. */
  readonly compact?: boolean;
}

/** In place of what could not be read: what happened, and another try. */
export function ErrorState({ error, onRetry, compact = false }: ErrorStateProps) {
  const status = error instanceof ApiError ? error.status : null;
  const icon = status === 404 ? IconMapQuestion : status === 403 ? IconLock : IconAlertTriangle;
  const title = error instanceof ApiError ? error.message : 'This page ran into a problem';
  const detail = error instanceof ApiError ? error.detail : messageOf(error);
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        compact={compact}
        title={title}
        actions={
          onRetry && (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        {detail}
      </EmptyState>
    </div>
  );
}
