import { ActionIcon, Avatar, Badge, Group, Menu, Modal, Stack, Table, Text } from '@mantine/core';
import { IconDots, IconKey, IconShield, IconShieldOff, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Link, User } from '../../api/types.ts';
import { CopyField } from '../../ui/CopyField.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { initialsOf } from '../../ui/initials.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';

export function UserRow({ user, isMe }: { readonly user: User; readonly isMe: boolean }) {
  const client = useQueryClient();
  const fail = (error: Error) => toast({ tone: 'bad', title: 'That did not work', message: messageOf(error) });
  const change = useMutation({
    mutationFn: (changes: { disabled?: boolean; admin?: boolean }) => api.patch(`/users/${user.id}`, changes),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.users().queryKey }),
    onError: fail,
  });
  const reset = useMutation({ mutationFn: () => api.post<Link>(`/users/${user.id}/reset-link`), onError: fail });
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Avatar size={30} color={user.disabled ? 'gray' : 'indigo'}>
            {initialsOf(user.name)}
          </Avatar>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {user.name}
            </Text>
            <Text size="xs" c="dimmed" truncate title={user.email}>
              {user.email}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {user.admin && <Badge>Administrator</Badge>}
          {user.disabled && <Badge color="red">Disabled</Badge>}
          {isMe && <Badge color="gray">You</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>{user.lastSeenAt === null ? 'Never' : <TimeAgo time={user.lastSeenAt} />}</Table.Td>
      <Table.Td>
        <TimeAgo time={user.createdAt} />
      </Table.Td>
      <Table.Td ta="right">
        <Menu width={240}>
          <Menu.Target>
            <ActionIcon size={28} aria-label={`Actions for ${user.name}`} loading={change.isPending || reset.isPending}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconKey size={16} />} onClick={() => reset.mutate()}>
              Password reset link …
            </Menu.Item>
            <Menu.Item
              disabled={isMe}
              leftSection={user.admin ? <IconShieldOff size={16} /> : <IconShield size={16} />}
              onClick={() => change.mutate({ admin: !user.admin })}
            >
              {user.admin ? 'No longer administrator' : 'Make administrator'}
            </Menu.Item>
            <Menu.Item
              disabled={isMe}
              leftSection={user.disabled ? <IconUserCheck size={16} /> : <IconUserOff size={16} />}
              onClick={() => change.mutate({ disabled: !user.disabled })}
            >
              {user.disabled ? 'Enable' : 'Disable'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Modal opened={reset.isSuccess} onClose={reset.reset} title="Password reset link">
          {reset.data && (
            <Stack ta="left">
              <Text size="sm">
                Send it to {user.name}. It works once, until {formatDateTime(reset.data.expiresAt)}.
              </Text>
              <CopyField label="Reset link" value={new URL(reset.data.url, location.href).href} />
            </Stack>
          )}
        </Modal>
      </Table.Td>
    </Table.Tr>
  );
}
