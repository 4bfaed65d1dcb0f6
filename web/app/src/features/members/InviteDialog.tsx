import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import type { IssuedInvitation, ProjectRole } from '../../api/types.ts';
import { CopyField } from '../../ui/CopyField.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { RoleSelect } from './RoleSelect.tsx';

export interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Null invites to the installation, without a project. */
  readonly projectId: string | null;
  readonly ownerAllowed: boolean;
}

/** Makes a link that lets one person in, once. The server sends no mail: the link is handed over by whoever invites. */
export function InviteDialog({ opened, onClose, ...form }: InviteDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite somebody">
      <Form onClose={onClose} {...form} />
    </Modal>
  );
}

function Form({ onClose, projectId, ownerAllowed }: Omit<InviteDialogProps, 'opened'>) {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<ProjectRole>('annotator');
  const [admin, setAdmin] = useState(false);
  const invite = useMutation({
    mutationFn: () =>
      api.post<IssuedInvitation>(
        '/invitations',
        projectId === null
          ? { email: email.trim(), projectId: null, role: null, admin }
          : { email: email.trim(), projectId, role },
      ),
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: projectId === null ? ['invitations'] : ['project', projectId, 'invitations'],
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  if (invite.isSuccess) {
    return (
      <Stack>
        <Text size="sm">
          Send this link to <b>{invite.data.email}</b>. It works once, until {formatDateTime(invite.data.expiresAt)},
          and is not shown again.
        </Text>
        <CopyField label="Invitation link" value={absolute(invite.data.url)} />
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              setEmail('');
              invite.reset();
            }}
          >
            Invite another
          </Button>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        {projectId === null ? (
          <Checkbox
            label="Administrator of the installation"
            description="Sees and manages every project and person"
            checked={admin}
            onChange={(event) => setAdmin(event.currentTarget.checked)}
          />
        ) : (
          <RoleSelect label="Role" value={role} onChange={setRole} ownerAllowed={ownerAllowed} />
        )}
        <ErrorNote error={invite.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Make the link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const absolute = (url: string): string => new URL(url, location.href).href;
