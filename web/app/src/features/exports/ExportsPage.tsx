import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useParams } from 'react-router';
import { queries, useJobs, useProject } from '../../api/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import styles from '../../ui/Page.module.css';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SkeletonRows } from '../../ui/Skeletons.tsx';
import { useHeldBack } from '../../ui/use-held-back.ts';
import { dialogStore, openProjectDialog } from '../projects/dialog-store.ts';
import { ExportTable } from './ExportTable.tsx';

export function ExportsPage() {
  const { id = '' } = useParams();
  const project = useProject(id);
  const { list, jobs } = useJobs(queries.exports(id));
  const { shown, held, showAll } = useHeldBack(jobs);
  const exporting = useSyncExternalStore(dialogStore.subscribe, dialogStore.snapshot) === 'export';
  // Who closes the dialog expects the export that they have just made.
  useEffect(() => {
    if (!exporting) showAll();
  }, [exporting, showAll]);
  return (
    <div className={styles.page}>
      <PageHeader
        title="Exports"
        documentTitle={`Exports · ${project.data?.name ?? ''}`}
        description="Each is a snapshot of one moment, with a list of what its format could not say."
      />
      {list.isPending && <SkeletonRows height={52} />}
      {list.isError && jobs.length === 0 && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && jobs.length === 0 && (
        <EmptyState
          icon={IconDownload}
          title="Nothing exported yet"
          actions={
            <Button leftSection={<IconDownload size={16} />} onClick={() => openProjectDialog('export')}>
              Export
            </Button>
          }
        >
          An export is a ZIP that training scripts and other tools read, with the pictures or without.
        </EmptyState>
      )}
      {shown.length > 0 && <ExportTable list={list} jobs={shown} held={held} onShowHeld={showAll} />}
    </div>
  );
}
