import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { chooseFiles } from '../uploads/choose-files.ts';
import type { PickedFile } from '../uploads/picked-files.ts';
import { uploads } from '../uploads/upload-store.ts';
import { FormatSelect } from './FormatSelect.tsx';

export interface ChooseDatasetProps {
  readonly projectId: string;
  /** The key of the upload that began. */
  readonly onSending: (key: string | null) => void;
}

export function ChooseDataset({ projectId, onSending }: ChooseDatasetProps) {
  const [format, setFormat] = useState<string | null>(null);
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        A ZIP, a label file or a folder, with pictures or without: labels find the pictures that the project has. You
        see what is in it before anything changes.
      </Text>
      <Group gap="xs" grow>
        <Button
          variant="default"
          leftSection={<IconFile size={16} />}
          data-autofocus
          onClick={async () => setFiles(await chooseFiles())}
        >
          Choose a ZIP or files
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolder size={16} />}
          onClick={async () => setFiles(await chooseFiles({ folder: true }))}
        >
          Choose a folder
        </Button>
      </Group>
      <Text size="sm" className="tabular" mih={20} aria-live="polite">
        {files.length === 0 ? 'Nothing chosen yet' : `${formatCount(files.length, 'file')}, ${formatBytes(bytes)}`}
      </Text>
      <FormatSelect value={format} onChange={setFormat} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={closeProjectDialog}>
          Cancel
        </Button>
        <Button
          disabled={files.length === 0}
          onClick={() => onSending(uploads.start({ projectId, files, intent: 'preview', format }))}
        >
          Look at it
        </Button>
      </Group>
    </Stack>
  );
}
