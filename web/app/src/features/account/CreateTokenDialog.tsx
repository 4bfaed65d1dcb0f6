import { Alert, Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { type IssuedToken, type TokenScope, tokenScopes } from '../../api/types.ts';
import { CopyField } from '../../ui/CopyField.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';

const meanings: Readonly<Record<TokenScope, string>> = {
  read: 'Read projects, images and annotations',
  annotate: 'Change annotations',
  review: 'Review',
  manage: 'Upload, export, edit ontologies and members',
  admin: 'Administer the installation',
};
const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'none', label: 'Without end' },
];

export interface CreateTokenDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly admin: boolean;
}

export function CreateTokenDialog({ opened, onClose, admin }: CreateTokenDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New access token" closeOnClickOutside={false}>
      <Form onClose={onClose} admin={admin} />
    </Modal>
  );
}

function Form({ onClose, admin }: Omit<CreateTokenDialogProps, 'opened'>) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [lifetime, setLifetime] = useState('90');
  const create = useMutation({
    mutationFn: () =>
      api.post<IssuedToken>('/tokens', {
        name: name.trim(),
        scopes,
        expiresAt: lifetime === 'none' ? null : new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.tokens().queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.isSuccess) {
    return (
      <Stack>
        <Alert color="yellow" icon={<IconInfoCircle size={18} />}>
          Copy it now: the server keeps no readable copy and cannot show it again.
        </Alert>
        <CopyField label={`Token “${create.data.name}”`} value={create.data.token} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="What it is for"
          placeholder="Nightly export"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox.Group label="It may" value={scopes} onChange={setScopes}>
          <Stack gap={8} mt={6}>
            {tokenScopes
              .filter((scope) => scope !== 'admin' || admin)
              .map((scope) => (
                <Checkbox key={scope} value={scope} label={meanings[scope]} />
              ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Ends after"
          data={lifetimes}
          value={lifetime}
          onChange={(value) => value && setLifetime(value)}
        />
        <ErrorNote error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === '' || scopes.length === 0} loading={create.isPending}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
