import { useState } from 'react';
import { queries, useJobs } from '../../api/queries.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { ExportForm } from './ExportForm.tsx';
import { ExportProgress } from './ExportProgress.tsx';

/** From choosing a format to the file on one's disk, in one place. It may be closed at any time; the job goes on. */
export function ExportDialog({ projectId }: { readonly projectId: string }) {
  const [jobId, setJobId] = useState<string | null>(null);
  const { jobs } = useJobs(queries.jobs(projectId));
  const job = jobs.find(({ id }) => id === jobId);
  return (
    <Dialog onClose={closeProjectDialog} title="Export" size={980}>
      {jobId === null || job === undefined ? (
        <ExportForm projectId={projectId} onStarted={setJobId} />
      ) : (
        <ExportProgress job={job} />
      )}
    </Dialog>
  );
}
