import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Outlet, useParams } from 'react-router';
import { useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { DropOverlay } from '../uploads/DropOverlay.tsx';
import { UploadMenu } from '../uploads/UploadMenu.tsx';
import { useFileDrop } from '../uploads/use-file-drop.ts';
import { openProjectDialog } from './dialog-store.ts';
import { ProjectDialogs } from './ProjectDialogs.tsx';
import styles from './ProjectLayout.module.css';
import { ProjectTabs } from './ProjectTabs.tsx';

/** A project: its tabs, the two things one does with it, and a whole window that takes files. */
export function ProjectLayout() {
  const { id = '' } = useParams();
  const project = useProject(id);
  const manages = atLeast(project.data?.role, 'manager');
  const dropping = useFileDrop(id, manages);
  if (project.isError) return <ErrorState error={project.error} onRetry={() => project.refetch()} />;
  return (
    <div className={styles.project}>
      <div className={styles.head}>
        <ProjectTabs project={project.data} />
        {manages && (
          <div className={styles.actions}>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => openProjectDialog('export')}
            >
              Export
            </Button>
            <UploadMenu projectId={id} />
          </div>
        )}
      </div>
      <div className={styles.content}>
        <Outlet />
      </div>
      {manages && <ProjectDialogs projectId={id} />}
      {dropping && <DropOverlay projectName={project.data?.name ?? ''} />}
    </div>
  );
}
