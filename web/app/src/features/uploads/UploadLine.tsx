import { ActionIcon, Button, Progress, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { ReportOutcome } from '../imports/ReportOutcome.tsx';
import { JobBar } from '../jobs/JobBar.tsx';
import { openProjectDialog } from '../projects/dialog-store.ts';
import styles from './UploadPanel.module.css';
import { type UploadView, uploads } from './upload-store.ts';
import { uploadText } from './upload-text.ts';

export function UploadLine({ view }: { readonly view: UploadView }) {
  const { phase } = view;
  const active = phase.kind === 'sending' || phase.kind === 'ingesting';
  const fraction = phase.kind === 'sending' ? view.sentBytes / Math.max(1, view.bytes) : null;
  const label = active ? 'Cancel' : 'Dismiss';
  const toldByReport = phase.kind === 'over' && (phase.job.state === 'succeeded' || phase.job.error !== null);
  return (
    <div className={styles.line}>
      <div className={styles.title}>
        <MiddleEllipsis text={view.title} />
        <Tooltip label={label}>
          <ActionIcon
            size={24}
            aria-label={`${label} ${view.title}`}
            onClick={() => (active ? uploads.cancel(view.key) : uploads.dismiss(view.key))}
          >
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      {phase.kind === 'sending' && (
        <Progress size="sm" my={6} value={(fraction ?? 0) * 100} aria-label={`Sending ${view.title}`} />
      )}
      {phase.kind === 'ingesting' && <JobBar job={phase.job} label={`Taking in ${view.title}`} my={6} />}
      {!toldByReport && (
        <Text size="xs" c={phase.kind === 'failed' ? 'red' : 'dimmed'} className="tabular">
          {view.resumed && phase.kind === 'sending' ? 'Going on where it stopped · ' : ''}
          {uploadText(view)}
        </Text>
      )}
      {phase.kind === 'failed' && (
        <Button size="compact-xs" variant="light" mt={6} onClick={() => uploads.retry(view.key)}>
          Try again
        </Button>
      )}
      {phase.kind === 'over' && phase.job.kind === 'preview' && phase.job.state !== 'cancelled' && (
        <Button
          size="compact-xs"
          variant="light"
          mt={6}
          onClick={() => {
            uploads.dismiss(view.key);
            openProjectDialog('import', phase.job.id);
          }}
        >
          Look at it
        </Button>
      )}
      {phase.kind === 'over' && <ReportOutcome projectId={view.projectId} job={phase.job} />}
    </div>
  );
}
