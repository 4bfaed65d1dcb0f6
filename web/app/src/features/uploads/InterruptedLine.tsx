import { Button, Group, Text } from '@mantine/core';
import { formatBytes } from '../../ui/format.ts';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { chooseFiles } from './choose-files.ts';
import type { InterruptedUpload } from './interrupted-uploads.ts';
import styles from './UploadPanel.module.css';
import { uploads } from './upload-store.ts';

/** An upload that a closed page or a dead machine cut short: the same files, chosen again, finish it. */
export function InterruptedLine({ upload }: { readonly upload: InterruptedUpload }) {
  const goOn = async (folder: boolean) => {
    const files = await chooseFiles({ folder });
    uploads.start({ projectId: upload.projectId, files, intent: upload.intent, format: upload.format });
  };
  return (
    <div className={styles.line}>
      <div className={styles.title}>
        <MiddleEllipsis text={upload.title} />
      </div>
      <Text size="xs" c="dimmed">
        Interrupted <TimeAgo time={new Date(upload.touchedAt).toISOString()} /> ({formatBytes(upload.bytes)}). Choose or
        drop the same files to go on where it stopped.
      </Text>
      <Group gap={6} mt={8}>
        <Button size="compact-xs" variant="light" onClick={() => goOn(false)}>
          Choose files
        </Button>
        <Button size="compact-xs" variant="light" onClick={() => goOn(true)}>
          Choose the folder
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => uploads.discard(upload.uploadId)}>
          Discard
        </Button>
      </Group>
    </div>
  );
}
