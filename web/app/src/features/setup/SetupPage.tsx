import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { Me } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { NewPasswordFields } from '../session/NewPasswordFields.tsx';
import { OutsideFrame } from '../session/OutsideFrame.tsx';
import { passwordComplaint } from '../session/password.ts';
import { becomeSignedIn } from '../session/session-actions.ts';

/** The first visit to a new installation: whoever reads the server's console becomes its owner. */
export function SetupPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery(queries.setup());
  const [form, setForm] = useState({ code: '', name: '', email: '' });
  const [passwords, setPasswords] = useState({ password: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const become = useMutation({
    mutationFn: async () => {
      const body = {
        code: form.code.trim(),
        name: form.name.trim(),
        email: form.email.trim(),
        password: passwords.password,
      };
      const me = await api.post<Me>('/setup', body, { anonymous: true });
      await becomeSignedIn(me);
      return me;
    },
    onSuccess: () => {
      client.setQueryData(queries.setup().queryKey, (known) => known && { ...known, needsOwner: false });
      navigate('/projects', { replace: true });
    },
  });
  if (setup.data?.needsOwner === false && !become.isSuccess) return <Navigate to="/sign-in" replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (passwordComplaint(passwords.password, passwords.repeated) === null) become.mutate();
  };
  const field = (name: keyof typeof form) => ({
    value: form[name],
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  return (
    <OutsideFrame
      title="Set up this installation"
      description="You become its owner: you invite people and decide what they may do."
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Setup code"
            description="Printed in the console where the server was started"
            autoComplete="off"
            autoFocus
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            {...field('code')}
          />
          <TextInput label="Your name" autoComplete="name" {...field('name')} />
          <TextInput
            label="Email"
            description="You sign in with it"
            type="email"
            autoComplete="username"
            {...field('email')}
          />
          <NewPasswordFields value={passwords} onChange={setPasswords} tried={tried} />
          <ErrorNote error={become.error} />
          <Button type="submit" fullWidth loading={become.isPending}>
            Become the owner
          </Button>
        </Stack>
      </form>
    </OutsideFrame>
  );
}
