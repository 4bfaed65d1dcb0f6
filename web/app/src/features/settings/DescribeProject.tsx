import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Project } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from '../../ui/Page.module.css';
import { toast } from '../../ui/toast-store.ts';

export interface DescribeProjectProps {
  readonly project: Project;
  readonly readOnly: boolean;
}

export function DescribeProject({ project, readOnly }: DescribeProjectProps) {
  const client = useQueryClient();
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const { queryKey } = queries.project(project.id);
  const save = useMutation({
    mutationFn: () =>
      api.put<Project>(
        `/projects/${project.id}`,
        { name: name.trim(), description: description.trim() },
        { ifMatch: project.etag },
      ),
    onSuccess: async () => {
      toast({ tone: 'good', title: 'Saved' });
      await client.invalidateQueries({ queryKey });
      client.invalidateQueries({ queryKey: queries.projects().queryKey });
    },
    // The fresh ETag comes with the others' text; what was typed here stays, and a second save means it.
    onError: (error) => error instanceof ApiError && error.status === 412 && client.invalidateQueries({ queryKey }),
  });
  const changed = name.trim() !== project.name || description.trim() !== project.description;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.section}>
      <Stack>
        <Title order={2}>Name and description</Title>
        <TextInput
          label="Name"
          maxLength={200}
          readOnly={readOnly}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          autosize
          minRows={3}
          maxRows={12}
          readOnly={readOnly}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <ErrorNote error={save.error} />
        {!readOnly && (
          <Group justify="flex-end">
            <Button type="submit" disabled={!changed || name.trim() === ''} loading={save.isPending}>
              Save
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
