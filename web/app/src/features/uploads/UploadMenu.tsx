import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDatabaseImport,
  IconFolder,
  IconPhotoPlus,
  IconServer,
  IconUpload,
} from '@tabler/icons-react';
import { openProjectDialog } from '../projects/dialog-store.ts';
import { chooseAndUpload } from './choose-files.ts';

export interface UploadMenuProps {
  readonly projectId: string;
  readonly variant?: 'filled' | 'default';
}

/** Every way of bringing pictures in. Dropping them anywhere on the page is the shortest. */
export function UploadMenu({ projectId, variant = 'filled' }: UploadMenuProps) {
  return (
    <Menu width={280}>
      <Menu.Target>
        <Button variant={variant} leftSection={<IconUpload size={16} />} rightSection={<IconChevronDown size={14} />}>
          Add images
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPhotoPlus size={16} />} onClick={() => chooseAndUpload(projectId, false)}>
          Files or a ZIP …
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => chooseAndUpload(projectId, true)}>
          A folder …
        </Menu.Item>
        <Menu.Item leftSection={<IconServer size={16} />} onClick={() => openProjectDialog('server-folder')}>
          A folder on the server …
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconDatabaseImport size={16} />} onClick={() => openProjectDialog('import')}>
          A labelled dataset …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
