import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import styles from '../../ui/Page.module.css';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { UserRow } from './UserRow.tsx';

export function UserTable({ myId }: { readonly myId: string }) {
  const users = useQuery(queries.users());
  if (users.isPending) return <SkeletonRows rows={4} height={52} />;
  if (users.isError) return <ErrorState error={users.error} onRetry={() => users.refetch()} />;
  return (
    <div className={styles.panel}>
      <Table.ScrollContainer minWidth={680} type="native">
        <Table layout="fixed" aria-label="People">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Person</Table.Th>
              <Table.Th w={210}>Standing</Table.Th>
              <Table.Th w={150}>Last seen</Table.Th>
              <Table.Th w={150}>Joined</Table.Th>
              <Table.Th w={56} aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {users.data.items.map((user) => (
              <UserRow key={user.id} user={user} isMe={user.id === myId} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
