import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import type { queries } from '../../api/queries.ts';
import styles from '../../ui/Page.module.css';
import { RoleBadge } from '../../ui/RoleBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';

export interface PendingInvitationsProps {
  readonly query: ReturnType<typeof queries.projectInvitations> | ReturnType<typeof queries.invitations>;
  /** What stands above is still being read: to appear before it would be to be pushed down by it. */
  readonly waits: boolean;
}

/** Links that were made and not used yet. Nothing at all when there are none. */
export function PendingInvitations({ query, waits }: PendingInvitationsProps) {
  const client = useQueryClient();
  const invitations = useQuery(query as ReturnType<typeof queries.invitations>);
  const withdraw = useMutation({
    mutationFn: (id: string) => api.delete(`/invitations/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
    onError: (error) => toast({ tone: 'bad', title: 'Not withdrawn', message: messageOf(error) }),
  });
  const items = invitations.data?.items ?? [];
  if (waits || items.length === 0) return null;
  return (
    <section aria-labelledby="pending">
      <Group mt="xl" mb="sm">
        <Title order={2} id="pending">
          Invitations not used yet
        </Title>
      </Group>
      <div className={styles.panel}>
        <Table.ScrollContainer minWidth={560} type="native">
          <Table layout="fixed" aria-labelledby="pending">
            <Table.Tbody>
              {items.map((invitation) => (
                <Table.Tr key={invitation.id}>
                  <Table.Td>
                    <Text size="sm" truncate title={invitation.email}>
                      {invitation.email}
                    </Text>
                    {invitation.projectName && (
                      <Text size="xs" c="dimmed" truncate>
                        {invitation.projectName}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td w={180}>{invitation.role && <RoleBadge role={invitation.role} />}</Table.Td>
                  <Table.Td w={170} c="dimmed">
                    Ends <TimeAgo time={invitation.expiresAt} />
                  </Table.Td>
                  <Table.Td w={110} ta="right">
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Withdraw the invitation of ${invitation.email}`}
                      loading={withdraw.isPending && withdraw.variables === invitation.id}
                      onClick={() => withdraw.mutate(invitation.id)}
                    >
                      Withdraw
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </div>
    </section>
  );
}
