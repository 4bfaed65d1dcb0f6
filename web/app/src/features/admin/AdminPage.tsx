import { Button, Tabs } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { queries, useMe } from '../../api/queries.ts';
import { NotFoundPage } from '../../layout/NotFoundPage.tsx';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { JobTable } from '../jobs/JobTable.tsx';
import { InviteDialog } from '../members/InviteDialog.tsx';
import { PendingInvitations } from '../members/PendingInvitations.tsx';
import { UserTable } from './UserTable.tsx';

/** The installation: its people and everything it does. */
export function AdminPage() {
  const me = useMe();
  const users = useQuery(queries.users());
  const [parameters, setParameters] = useSearchParams();
  const [inviting, setInviting] = useState(false);
  if (me === null || !me.admin) return <NotFoundPage />;
  return (
    <div className={styles.page}>
      <PageHeader
        title="Administration"
        actions={
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            Invite
          </Button>
        }
      />
      <Tabs
        value={parameters.get('tab') ?? 'people'}
        onChange={(tab) => setParameters(tab === 'people' ? {} : { tab: tab ?? 'people' }, { replace: true })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="jobs">All jobs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <UserTable myId={me.id} />
          <PendingInvitations query={queries.invitations()} waits={users.isPending} />
        </Tabs.Panel>
        <Tabs.Panel value="jobs">
          <JobTable query={queries.allJobs()} manages />
        </Tabs.Panel>
      </Tabs>
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} projectId={null} ownerAllowed={false} />
    </div>
  );
}
