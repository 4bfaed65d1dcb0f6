import { Button, Group, List, Stack, Text } from '@mantine/core';
import type { ProblemItem } from '../../api/types.ts';
import { Dialog } from '../../ui/Dialog.tsx';

export interface InUseDialogProps {
  readonly errors: readonly ProblemItem[];
  readonly onRetire: () => void;
  readonly onClose: () => void;
}

/** Removed classes still have annotations: how many, and the way that keeps them. */
export function InUseDialog({ errors, onRetire, onClose }: InUseDialogProps) {
  return (
    <Dialog onClose={onClose} title="These classes are in use">
      <Stack gap="sm">
        <List size="sm" spacing={2}>
          {errors.map((error) => (
            <List.Item key={`${error.item}${error.message}`}>{error.message}</List.Item>
          ))}
        </List>
        <Text size="sm">
          Removing them would leave annotations without a class. Retired, they stay on what is labelled and are no
          longer offered for drawing.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Go back
          </Button>
          <Button data-autofocus onClick={onRetire}>
            Retire them instead
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
