import { Skeleton } from '@mantine/core';
import { useParams } from 'react-router';
import { useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DeleteProject } from './DeleteProject.tsx';
import { DescribeProject } from './DescribeProject.tsx';

export function SettingsPage() {
  const { id = '' } = useParams();
  const project = useProject(id).data;
  return (
    <div className={styles.narrow}>
      <PageHeader title="Settings" documentTitle={`Settings · ${project?.name ?? ''}`} />
      {project === undefined ? (
        <Skeleton height={260} />
      ) : (
        <DescribeProject key={project.id} project={project} readOnly={!atLeast(project.role, 'manager')} />
      )}
      {project?.role === 'owner' && <DeleteProject project={project} />}
    </div>
  );
}
