import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Me } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from '../../ui/Page.module.css';
import { toast } from '../../ui/toast-store.ts';

export function Profile({ me }: { readonly me: Me }) {
  const client = useQueryClient();
  const [name, setName] = useState(me.name);
  const save = useMutation({
    mutationFn: () => api.put<Me>('/account', { name: name.trim() }),
    onSuccess: (user) => {
      client.setQueryData(queries.session().queryKey, (session) => session && { ...session, user });
      toast({ tone: 'good', title: 'Saved' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={styles.section} onSubmit={submit}>
      <Stack>
        <Title order={2}>Profile</Title>
        <TextInput
          label="Name"
          description="As others see it beside your work"
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label="Email" value={me.email} readOnly />
        <ErrorNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === '' || name.trim() === me.name} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
