import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import type { Me } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { LockedNote } from './LockedNote.tsx';
import { becomeSignedIn } from './session-actions.ts';

export interface SignInFormProps {
  /** Fixed when a session ended: only the same person may go on with the work that waits. */
  readonly fixedEmail?: string;
  readonly onSignedIn: (me: Me) => void;
  readonly children?: ReactNode;
}

export function SignInForm({ fixedEmail, onSignedIn, children }: SignInFormProps) {
  const [email, setEmail] = useState(fixedEmail ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const signIn = useMutation({
    mutationFn: async () => {
      const me = await api.post<Me>('/session', { email: email.trim(), password, remember }, { anonymous: true });
      await becomeSignedIn(me);
      return me;
    },
    onSuccess: onSignedIn,
    onError: () => setPassword(''),
  });
  const locked = signIn.error instanceof ApiError && signIn.error.problem === 'locked' ? signIn.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={fixedEmail !== undefined}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus={fixedEmail === undefined || undefined}
          autoFocus={fixedEmail === undefined}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus={fixedEmail !== undefined || undefined}
        />
        <Checkbox
          label="Stay signed in on this machine"
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        {locked === null ? (
          <ErrorNote error={signIn.error} />
        ) : (
          <LockedNote seconds={locked.retryAfterSeconds ?? 60} since={signIn.submittedAt} onOver={signIn.reset} />
        )}
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={locked !== null}>
          Sign in
        </Button>
        {children}
      </Stack>
    </form>
  );
}
