import { Button, Group, Radio, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { withJob } from '../../api/jobs-in-order.ts';
import { queries } from '../../api/queries.ts';
import type { Job, UploadIntent } from '../../api/types.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { toast } from '../../ui/toast-store.ts';
import { closeProjectDialog, openProjectDialog } from '../projects/dialog-store.ts';
import { FormatSelect } from './FormatSelect.tsx';

/** Pictures that already lie on the server's disk, under folders that its administrator opened for this. */
export function ServerFolderDialog({ projectId }: { readonly projectId: string }) {
  const folders = useQuery({
    queryKey: ['server-folders'],
    queryFn: () => api.get<{ readonly roots: readonly string[] }>('/server-folders'),
  });
  return (
    <Dialog onClose={closeProjectDialog} title="Add a folder on the server">
      {folders.isPending && <Skeleton height={260} />}
      {folders.isError && <ErrorNote error={folders.error} />}
      {folders.data?.roots.length === 0 && (
        <Text size="sm">
          No folder of the server is open for imports. Its administrator opens one by starting the server with{' '}
          <code>--folder NAME=/path</code>.
        </Text>
      )}
      {folders.data !== undefined && folders.data.roots.length > 0 && (
        <Form projectId={projectId} roots={folders.data.roots} />
      )}
    </Dialog>
  );
}

function Form({ projectId, roots }: { readonly projectId: string; readonly roots: readonly string[] }) {
  const client = useQueryClient();
  const [root, setRoot] = useState(roots[0] ?? '');
  const [folder, setFolder] = useState('');
  const [intent, setIntent] = useState<UploadIntent>('images');
  const [format, setFormat] = useState<string | null>(null);
  const begin = useMutation({
    mutationFn: () =>
      api.post<Job>(`/projects/${projectId}/server-imports`, {
        ...{ root, folder: folder.trim(), intent },
        format: intent === 'preview' ? format : null,
      }),
    onSuccess: (job) => {
      client.setQueryData(queries.jobs(projectId).queryKey, (list) => list && withJob(list, job));
      if (intent === 'preview') {
        openProjectDialog('import', job.id);
        return;
      }
      toast({ tone: 'info', title: 'The import runs', message: 'Its progress and its report are under Jobs.' });
      closeProjectDialog();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label="Open folder"
          data={[...roots]}
          value={root}
          onChange={(value) => value !== null && setRoot(value)}
        />
        <TextInput
          label="Folder below it"
          description="Empty takes all of it, with everything below"
          placeholder="2026/october"
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
          data-autofocus
        />
        <Radio.Group label="It holds" value={intent} onChange={(value) => setIntent(value as UploadIntent)}>
          <Group mt={6}>
            <Radio value="images" label="Pictures" />
            <Radio value="preview" label="A labelled dataset" />
          </Group>
        </Radio.Group>
        {intent === 'preview' && <FormatSelect value={format} onChange={setFormat} />}
        <ErrorNote error={begin.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeProjectDialog}>
            Cancel
          </Button>
          <Button type="submit" loading={begin.isPending}>
            {intent === 'preview' ? 'Look at it' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
