import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { ProjectSummary } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';

export interface CreateProjectDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CreateProjectDialog({ opened, onClose }: CreateProjectDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New project">
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useMutation({
    mutationFn: () => api.post<ProjectSummary>('/projects', { name: name.trim(), description: description.trim() }),
    onSuccess: (project) => {
      client.invalidateQueries({ queryKey: queries.projects().queryKey });
      navigate(`/projects/${project.id}/images`);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          placeholder="Street scenes, autumn"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label="Description"
          description="What is labelled here, and for whom. Optional."
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <ErrorNote error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            Make the project
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
