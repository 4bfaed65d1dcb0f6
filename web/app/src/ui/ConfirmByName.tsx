import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

export interface ConfirmByNameProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What has to be typed, exactly. */
  readonly name: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}

/** For what cannot be undone: nothing happens until the name is typed. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === props.name.trim();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) props.onConfirm();
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {props.children}
          </Text>
          <TextInput
            label={`Type “${props.name}” to go on`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Keep it
            </Button>
            <Button color="red" type="submit" disabled={!matches} loading={props.busy}>
              {props.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
