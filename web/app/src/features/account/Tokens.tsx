import { Badge, Button, Group, Skeleton, Table, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { AccessToken } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatDate } from '../../ui/format.ts';
import styles from '../../ui/Page.module.css';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toast } from '../../ui/toast-store.ts';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';

/** Keys for scripts and the command line. */
export function Tokens({ admin }: { readonly admin: boolean }) {
  const tokens = useQuery(queries.tokens());
  const [creating, setCreating] = useState(false);
  return (
    <section className={styles.section} aria-labelledby="tokens">
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <div>
          <Title order={2} id="tokens">
            Access tokens
          </Title>
          <Text size="sm" c="dimmed">
            For scripts and the command line. A token never may more than you.
          </Text>
        </div>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
          New token
        </Button>
      </Group>
      {tokens.isPending && <Skeleton height={42} />}
      <ErrorNote error={tokens.error} />
      {tokens.data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          No tokens.
        </Text>
      )}
      {tokens.data !== undefined && tokens.data.items.length > 0 && (
        <Table.ScrollContainer minWidth={520} type="native">
          <Table layout="fixed" aria-labelledby="tokens">
            <Table.Tbody>
              {tokens.data.items.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <CreateTokenDialog opened={creating} onClose={() => setCreating(false)} admin={admin} />
    </section>
  );
}

function TokenRow({ token }: { readonly token: AccessToken }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(`/tokens/${token.id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: queries.tokens().queryKey }),
    onError: (error) => toast({ tone: 'bad', title: 'Not revoked', message: messageOf(error) }),
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500} truncate title={token.name}>
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          {token.lastUsedAt ? (
            <>
              Used <TimeAgo time={token.lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {token.scopes.map((scope) => (
            <Badge key={scope} color="gray">
              {scope}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td w={150} c="dimmed" fz="xs">
        {token.expiresAt === null ? 'Does not end' : `Ends ${formatDate(token.expiresAt)}`}
      </Table.Td>
      <Table.Td w={90} ta="right">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Revoke ${token.name}`}
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
