import { Button, Group, Notification, Stack } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import styles from './Toasts.module.css';
import { type ToastTone, toastStore } from './toast-store.ts';

const colors: Record<ToastTone, string> = { info: 'indigo', good: 'teal', bad: 'red' };

export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot);
  return (
    <Stack className={styles.place} gap="xs" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Notification
          key={toast.id}
          className={styles.toast}
          color={colors[toast.tone]}
          title={toast.title}
          onClose={() => toastStore.dismiss(toast.id)}
          closeButtonProps={{ 'aria-label': 'Dismiss' }}
        >
          {toast.message}
          {toast.action && (
            <Group mt={4}>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => {
                  toast.action?.run();
                  toastStore.dismiss(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            </Group>
          )}
        </Notification>
      ))}
    </Stack>
  );
}
