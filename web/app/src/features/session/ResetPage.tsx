import { Button, Skeleton, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api/client.ts';
import type { Me } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { LinkError } from './LinkError.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';
import { OutsideFrame } from './OutsideFrame.tsx';
import { passwordComplaint } from './password.ts';
import { becomeSignedIn } from './session-actions.ts';

/** Where a reset link leads: a new password, and signed in with it. */
export function ResetPage() {
  const { code = '' } = useParams();
  const navigate = useNavigate();
  const path = `/password-resets/${encodeURIComponent(code)}`;
  const account = useQuery({
    queryKey: ['reset', code],
    queryFn: () => api.get<{ readonly email: string }>(path, { anonymous: true }),
  });
  const [passwords, setPasswords] = useState({ password: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const reset = useMutation({
    mutationFn: async () =>
      becomeSignedIn(await api.post<Me>(path, { password: passwords.password }, { anonymous: true })),
    onSuccess: () => navigate('/projects', { replace: true }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (passwordComplaint(passwords.password, passwords.repeated) === null) reset.mutate();
  };
  return (
    <OutsideFrame title="Choose a new password">
      {account.isError ? (
        <LinkError error={account.error} onRetry={() => account.refetch()} />
      ) : account.isPending ? (
        <Skeleton height={240} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput label="Email" value={account.data.email} readOnly autoComplete="username" />
            <NewPasswordFields value={passwords} onChange={setPasswords} tried={tried} label="New password" />
            <ErrorNote error={reset.error} />
            <Button type="submit" loading={reset.isPending}>
              Save and sign in
            </Button>
          </Stack>
        </form>
      )}
    </OutsideFrame>
  );
}
