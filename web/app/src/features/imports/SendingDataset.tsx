import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { type UploadView, uploads } from '../uploads/upload-store.ts';
import { uploadText } from '../uploads/upload-text.ts';

export interface SendingDatasetProps {
  readonly view: UploadView | undefined;
  /** It was begun again under another key. */
  readonly onSending: (key: string | null) => void;
}

/** Files on their way to the server. */
export function SendingDataset({ view, onSending }: SendingDatasetProps) {
  if (view === undefined) {
    return <Text size="sm">The upload was given up. Close this and begin again.</Text>;
  }
  const giveUp = () => {
    uploads.cancel(view.key);
    closeProjectDialog();
  };
  return (
    <Stack>
      <Text size="sm" fw={500} component="div">
        <MiddleEllipsis text={view.title} />
      </Text>
      <Progress value={(view.sentBytes / Math.max(1, view.bytes)) * 100} aria-label={`Sending ${view.title}`} />
      <Text size="xs" c={view.phase.kind === 'failed' ? 'red' : 'dimmed'} className="tabular">
        {uploadText(view)}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={giveUp}>
          Cancel
        </Button>
        {view.phase.kind === 'failed' ? (
          <Button onClick={() => onSending(uploads.retry(view.key))}>Try again</Button>
        ) : (
          <Button onClick={closeProjectDialog}>Go on working</Button>
        )}
      </Group>
    </Stack>
  );
}
