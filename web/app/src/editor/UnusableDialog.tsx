import { Button, Chip, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import type { Submit } from './use-submit.ts';

const common = ['Blurred', 'Too dark', 'Nothing to recognise', 'Corrupt picture', 'Duplicate', 'Wrong subject'];

/** Why the image cannot be used: a common reason or one's own words. */
export function UnusableDialog({ submit, onClose }: { readonly submit: Submit; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <Dialog onClose={onClose} title="Unusable, because">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') return;
          submit('unusable', reason.trim());
          onClose();
        }}
      >
        <Stack gap="sm">
          <Group gap={6}>
            {common.map((text) => (
              <Chip key={text} size="xs" checked={reason === text} onChange={() => setReason(text)}>
                {text}
              </Chip>
            ))}
          </Group>
          <TextInput
            data-autofocus
            label="Reason"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={reason.trim() === ''}>
              Mark unusable
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
