import { ActionIcon, Paper, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { useParams } from 'react-router';
import { formatCount } from '../../ui/format.ts';
import { InterruptedLine } from './InterruptedLine.tsx';
import { UploadLine } from './UploadLine.tsx';
import styles from './UploadPanel.module.css';
import { uploads } from './upload-store.ts';

/** In the corner while something is on its way, on whatever page one goes to. */
export function UploadPanel() {
  const views = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const { id } = useParams();
  const [open, setOpen] = useState(true);
  const interrupted = id === undefined ? [] : uploads.interrupted(id);
  if (views.length + interrupted.length === 0) return null;
  const sending = views.filter(({ phase }) => phase.kind === 'sending' || phase.kind === 'ingesting').length;
  return (
    <Paper component="section" aria-label="Uploads" className={styles.panel} shadow="lg">
      <div className={styles.head}>
        <Text fw={550} size="sm">
          {sending === 0 ? 'Uploads' : `${formatCount(sending, 'upload')} under way`}
        </Text>
        <ActionIcon
          size={26}
          aria-label={open ? 'Fold the uploads' : 'Unfold the uploads'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </ActionIcon>
      </div>
      {open && (
        <Stack gap={0} className={styles.body}>
          {views.map((view) => (
            <UploadLine key={view.key} view={view} />
          ))}
          {interrupted.map((upload) => (
            <InterruptedLine key={upload.uploadId} upload={upload} />
          ))}
        </Stack>
      )}
    </Paper>
  );
}
