import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Project } from '../../api/types.ts';
import { ConfirmByName } from '../../ui/ConfirmByName.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { formatCount } from '../../ui/format.ts';
import styles from '../../ui/Page.module.css';

export function DeleteProject({ project }: { readonly project: Project }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete(`/projects/${project.id}`, { body: { name: project.name } }),
    onSuccess: () => {
      navigate('/projects', { replace: true });
      client.invalidateQueries({ queryKey: queries.projects().queryKey });
    },
  });
  const { images, annotations } = project.counts;
  return (
    <section className={`${styles.section} ${styles.danger}`}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={2}>Delete the project</Title>
          <Text size="sm" c="dimmed">
            With its {formatCount(images, 'image')}, {formatCount(annotations, 'annotation')} and their history.
          </Text>
        </div>
        <Button color="red" variant="outline" onClick={() => setAsking(true)}>
          Delete …
        </Button>
      </Group>
      <ConfirmByName
        opened={asking}
        onClose={() => setAsking(false)}
        title="Delete the project"
        name={project.name}
        confirmLabel="Delete for good"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {formatCount(images, 'image')} and {formatCount(annotations, 'annotation')} go with it, for all members. This
        cannot be undone; export first what should live on.
        <ErrorNote error={remove.error} />
      </ConfirmByName>
    </section>
  );
}
