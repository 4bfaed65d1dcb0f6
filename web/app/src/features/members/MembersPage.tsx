import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { queries, useMe, useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { MemberTable } from './MemberTable.tsx';
import { PendingInvitations } from './PendingInvitations.tsx';

export function MembersPage() {
  const { id = '' } = useParams();
  const project = useProject(id);
  const members = useQuery(queries.members(id));
  const me = useMe();
  const [parameters, setParameters] = useSearchParams();
  const role = project.data?.role;
  const manages = atLeast(role, 'manager');
  const pending = members.isPending || project.isPending;
  return (
    <div className={styles.page}>
      <PageHeader
        title="Members"
        documentTitle={`Members · ${project.data?.name ?? ''}`}
        description="Who may see and change this project. Each role may do what the ones below it may."
        actions={
          manages && (
            <Button
              leftSection={<IconUserPlus size={16} />}
              onClick={() => setParameters({ invite: '' }, { replace: true })}
            >
              Invite
            </Button>
          )
        }
      />
      {pending && !members.isError && <SkeletonRows rows={3} height={52} />}
      {members.isError && <ErrorState error={members.error} onRetry={() => members.refetch()} />}
      {members.data && !pending && (
        <MemberTable projectId={id} members={members.data.items} myId={me?.id ?? ''} myRole={role ?? 'viewer'} />
      )}
      {manages && <PendingInvitations query={queries.projectInvitations(id)} waits={pending} />}
      {manages && (
        <InviteDialog
          opened={parameters.has('invite')}
          onClose={() => setParameters({}, { replace: true })}
          projectId={id}
          ownerAllowed={role === 'owner'}
        />
      )}
    </div>
  );
}
