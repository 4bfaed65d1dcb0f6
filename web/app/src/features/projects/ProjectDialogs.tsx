import { IconDatabaseImport, IconDownload, IconFolder, IconPhotoPlus, IconServer } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Command, useCommands } from '../../commands/command-store.ts';
import { chooseAndUpload } from '../uploads/choose-files.ts';
import { closeProjectDialog, dialogStore, openProjectDialog } from './dialog-store.ts';

const ImportDialog = lazy(async () => ({ default: (await import('../imports/ImportDialog.tsx')).ImportDialog }));
const ServerFolderDialog = lazy(async () => ({
  default: (await import('../imports/ServerFolderDialog.tsx')).ServerFolderDialog,
}));
const ExportDialog = lazy(async () => ({ default: (await import('../exports/ExportDialog.tsx')).ExportDialog }));

/** The dialogs that managers open from any page of the project, and their commands. */
export function ProjectDialogs({ projectId }: { readonly projectId: string }) {
  const open = useSyncExternalStore(dialogStore.subscribe, dialogStore.snapshot);
  const importJob = useSyncExternalStore(dialogStore.subscribe, dialogStore.importJob);
  useEffect(() => closeProjectDialog, []);
  useCommands(useMemo(() => commandsOf(projectId), [projectId]));
  return (
    <Suspense>
      {open === 'import' && <ImportDialog key={importJob} projectId={projectId} jobId={importJob} />}
      {open === 'server-folder' && <ServerFolderDialog projectId={projectId} />}
      {open === 'export' && <ExportDialog projectId={projectId} />}
    </Suspense>
  );
}

function commandsOf(projectId: string): readonly Command[] {
  const group = 'Command';
  return [
    {
      id: 'add-files',
      label: 'Add images …',
      group,
      icon: IconPhotoPlus,
      run: () => chooseAndUpload(projectId, false),
    },
    { id: 'add-folder', label: 'Add a folder …', group, icon: IconFolder, run: () => chooseAndUpload(projectId, true) },
    {
      ...{ id: 'add-server-folder', label: 'Add a folder on the server …', group, icon: IconServer },
      run: () => openProjectDialog('server-folder'),
    },
    {
      ...{ id: 'import', label: 'Import a labelled dataset …', group, icon: IconDatabaseImport },
      run: () => openProjectDialog('import'),
    },
    { id: 'export', label: 'Export …', group, icon: IconDownload, run: () => openProjectDialog('export') },
  ];
}
