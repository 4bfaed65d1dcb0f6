import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { isOver } from '../../api/jobs-in-order.ts';
import { queries, useJobs } from '../../api/queries.ts';
import type { Job } from '../../api/types.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { uploads } from '../uploads/upload-store.ts';
import { ChooseDataset } from './ChooseDataset.tsx';
import { ImportPreviewPanel } from './ImportPreviewPanel.tsx';
import { ImportRunning } from './ImportRunning.tsx';
import { LookFailed } from './LookFailed.tsx';
import { LookRunning } from './LookRunning.tsx';
import { SendingDataset } from './SendingDataset.tsx';

export interface ImportDialogProps {
  readonly projectId: string;
  /** The job that looked at the dataset; null to choose files first. */
  readonly jobId: string | null;
}

/** Pictures with labels made elsewhere: choose them, see what they are, decide on their classes, import them. May be closed at any time before the end; the uploads and jobs lead back to it. */
export function ImportDialog({ projectId, jobId }: ImportDialogProps) {
  const [sending, setSending] = useState<string | null>(null);
  const [lookId, setLookId] = useState(jobId);
  const [importId, setImportId] = useState<string | null>(null);
  const look = useJob(projectId, lookId);
  const running = useJob(projectId, importId);
  const views = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const view = views.find(({ key }) => key === sending);
  const sent = view?.phase.kind === 'ingesting' || view?.phase.kind === 'over' ? view.phase.job : null;
  useEffect(() => {
    if (sent !== null && lookId === null) setLookId(sent.id);
  }, [sent, lookId]);
  useEffect(() => {
    if (sending !== null && look !== undefined && isOver(look)) uploads.dismiss(sending);
  }, [sending, look]);
  const wide = look?.state === 'succeeded' && importId === null;
  return (
    <Dialog onClose={closeProjectDialog} title="Import a labelled dataset" size={wide ? 'min(1720px, 92vw)' : 560}>
      {importId !== null ? (
        <ImportRunning job={running} projectId={projectId} />
      ) : lookId === null ? (
        sending === null ? (
          <ChooseDataset projectId={projectId} onSending={setSending} />
        ) : (
          <SendingDataset view={view} onSending={setSending} />
        )
      ) : look === undefined || !isOver(look) ? (
        <LookRunning jobId={lookId} job={look} />
      ) : look.state === 'succeeded' ? (
        <ImportPreviewPanel
          key={lookId}
          projectId={projectId}
          jobId={lookId}
          onLook={setLookId}
          onStarted={setImportId}
        />
      ) : (
        <LookFailed job={look} onLook={setLookId} />
      )}
    </Dialog>
  );
}

const askEveryMs = 2_000;

/** A job as the live list has it; asked for by itself where it is too old for the list. */
function useJob(projectId: string, id: string | null): Job | undefined {
  const listed = useJobs(queries.jobs(projectId)).jobs.find((job) => job.id === id);
  const asked = useQuery({
    ...queries.job(id ?? ''),
    enabled: id !== null && listed === undefined,
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : askEveryMs),
  });
  return listed ?? asked.data;
}
