import { Button, Group, PasswordInput, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from '../../ui/Page.module.css';
import { toast } from '../../ui/toast-store.ts';
import { NewPasswordFields } from '../session/NewPasswordFields.tsx';
import { passwordComplaint } from '../session/password.ts';

const empty = { password: '', repeated: '' };

export function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [passwords, setPasswords] = useState(empty);
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => api.put('/account/password', { current, new: passwords.password }),
    onSuccess: () => {
      // Changing it renews the session, and the token that belongs to it.
      api.forgetAntiForgery();
      setCurrent('');
      setPasswords(empty);
      setTried(false);
      toast({ tone: 'good', title: 'The password is changed' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (passwordComplaint(passwords.password, passwords.repeated) === null) change.mutate();
  };
  return (
    <form className={styles.section} onSubmit={submit}>
      <Stack>
        <Title order={2}>Password</Title>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields value={passwords} onChange={setPasswords} tried={tried} label="New password" />
        <ErrorNote error={change.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={current === ''} loading={change.isPending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
