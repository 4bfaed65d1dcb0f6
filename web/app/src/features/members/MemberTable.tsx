import { ActionIcon, Avatar, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconDoorExit, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import type { Member, ProjectRole } from '../../api/types.ts';
import { initialsOf } from '../../ui/initials.ts';
import styles from '../../ui/Page.module.css';
import { RoleBadge } from '../../ui/RoleBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';
import { RoleSelect } from './RoleSelect.tsx';

export interface MemberTableProps {
  readonly projectId: string;
  readonly members: readonly Member[];
  readonly myId: string;
  readonly myRole: ProjectRole;
}

export function MemberTable({ projectId, members, myId, myRole }: MemberTableProps) {
  return (
    <div className={styles.panel}>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table layout="fixed" aria-label="Members">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Person</Table.Th>
              <Table.Th w={180}>Role</Table.Th>
              <Table.Th w={150}>Member since</Table.Th>
              <Table.Th w={56} aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <MemberRow key={member.userId} {...{ projectId, member, myRole }} isMe={member.userId === myId} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

interface MemberRowProps {
  readonly projectId: string;
  readonly member: Member;
  readonly myRole: ProjectRole;
  readonly isMe: boolean;
}

function MemberRow({ projectId, member, myRole, isMe }: MemberRowProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = `/projects/${projectId}/members/${member.userId}`;
  const refresh = () => client.invalidateQueries({ queryKey: ['project', projectId] });
  const fail = (error: Error) => toast({ tone: 'bad', title: 'Not changed', message: messageOf(error) });
  const change = useMutation({
    mutationFn: (role: ProjectRole) => api.put(path, { role }),
    onSuccess: refresh,
    onError: fail,
  });
  const putBack = useMutation({
    mutationFn: () => api.put(path, { role: member.role }),
    onSuccess: refresh,
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: async () => {
      if (isMe) {
        navigate('/projects');
        await client.invalidateQueries({ queryKey: queries.projects().queryKey });
        return;
      }
      toast({
        tone: 'info',
        title: `${member.name} is no longer a member`,
        action: { label: 'Undo', run: () => putBack.mutate() },
      });
      await refresh();
    },
    onError: fail,
  });
  const editable = atLeast(myRole, 'manager') && (member.role !== 'owner' || myRole === 'owner');
  const removeLabel = isMe ? 'Leave the project' : `Remove ${member.name}`;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Avatar size={30} color="indigo">
            {initialsOf(member.name)}
          </Avatar>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {member.name}{' '}
              {isMe && (
                <Text span c="dimmed" fw={400} size="sm" inherit>
                  (you)
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed" truncate title={member.email}>
              {member.email}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        {editable ? (
          <RoleSelect
            value={change.isPending ? change.variables : member.role}
            ownerAllowed={myRole === 'owner'}
            ariaLabel={`Role of ${member.name}`}
            disabled={change.isPending}
            onChange={(role) => change.mutate(role)}
          />
        ) : (
          <RoleBadge role={member.role} />
        )}
      </Table.Td>
      <Table.Td>
        <TimeAgo time={member.addedAt} />
      </Table.Td>
      <Table.Td ta="right">
        {(editable || isMe) && (
          <Tooltip label={removeLabel}>
            <ActionIcon size={28} aria-label={removeLabel} loading={remove.isPending} onClick={() => remove.mutate()}>
              {isMe ? <IconDoorExit size={16} /> : <IconTrash size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
