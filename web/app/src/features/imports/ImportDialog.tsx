import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFileZip, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { closeProjectDialog } from '../projects/dialog-store.ts';
import { chooseFiles } from '../uploads/choose-files.ts';
import type { PickedFile } from '../uploads/picked-files.ts';
import { uploads } from '../uploads/upload-store.ts';
import { FormatSelect } from './FormatSelect.tsx';
import { formatOrNull, type ImportFormat } from './formats.ts';

/** Pictures with labels made elsewhere. */
export function ImportDialog({ projectId }: { readonly projectId: string }) {
  const [format, setFormat] = useState<ImportFormat>('auto');
  const [files, setFiles] = useState<readonly PickedFile[]>([]);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const begin = () => {
    uploads.start({ projectId, files, intent: 'dataset', format: formatOrNull(format) });
    closeProjectDialog();
  };
  return (
    <Modal opened onClose={closeProjectDialog} title="Import a labelled dataset">
      <Stack>
        <Text size="sm" c="dimmed">
          A ZIP or a folder with pictures and their annotation files. Classes that the project does not have yet are
          added to its ontology; pictures it already has only gain annotations.
        </Text>
        <Group gap="xs" grow>
          <Button
            variant="default"
            leftSection={<IconFileZip size={16} />}
            data-autofocus
            onClick={async () => setFiles(await chooseFiles({ accept: '.zip' }))}
          >
            Choose a ZIP
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
          <Button disabled={files.length === 0} onClick={begin}>
            Import
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
