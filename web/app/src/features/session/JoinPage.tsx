import { Anchor, Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api } from '../../api/client.ts';
import { queries } from '../../api/queries.ts';
import type { JoinOffer, Me } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { LinkError } from './LinkError.tsx';
import { NewPasswordFields } from './NewPasswordFields.tsx';
import { OutsideFrame } from './OutsideFrame.tsx';
import { passwordComplaint } from './password.ts';
import { becomeSignedIn } from './session-actions.ts';

/** Where an invitation link leads: a new account, or a new project for an account that exists. */
export function JoinPage() {
  const { code = '' } = useParams();
  const offer = useQuery({
    queryKey: ['join', code],
    queryFn: () => api.get<JoinOffer>(`/join/${encodeURIComponent(code)}`, { anonymous: true }),
  });
  if (offer.isError) {
    return (
      <OutsideFrame title="Invitation">
        <LinkError error={offer.error} onRetry={() => offer.refetch()} />
      </OutsideFrame>
    );
  }
  if (offer.isPending) {
    return (
      <OutsideFrame key="pending" title="Invitation">
        <Skeleton height={320} />
      </OutsideFrame>
    );
  }
  const { invitedBy, projectName, role } = offer.data;
  return (
    <OutsideFrame
      title={`Join ${projectName ?? 'this installation'}`}
      description={`${invitedBy} invites you${role === null ? '' : ` as ${role}`}.`}
    >
      <Accept code={code} offer={offer.data} />
    </OutsideFrame>
  );
}

function Accept({ code, offer }: { readonly code: string; readonly offer: JoinOffer }) {
  const navigate = useNavigate();
  const session = useQuery(queries.session());
  const me = session.data?.user ?? null;
  const [name, setName] = useState('');
  const [passwords, setPasswords] = useState({ password: '', repeated: '' });
  const [tried, setTried] = useState(false);
  const join = useMutation({
    mutationFn: async () => {
      const body = offer.needsAccount ? { name: name.trim(), password: passwords.password } : {};
      const joined = await api.post<Me>(`/join/${encodeURIComponent(code)}`, body, { anonymous: true });
      await becomeSignedIn(joined);
    },
    onSuccess: () => navigate('/projects', { replace: true }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!offer.needsAccount || passwordComplaint(passwords.password, passwords.repeated) === null) join.mutate();
  };
  if (!offer.needsAccount && me === null) {
    return (
      <Stack>
        <Text size="sm">
          There is already an account for <b>{offer.email}</b>. Sign in with it to accept.
        </Text>
        <Button component={Link} to={`/sign-in?next=${encodeURIComponent(`/join/${code}`)}`}>
          Sign in
        </Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="Email" value={offer.email} readOnly autoComplete="username" />
        {offer.needsAccount && (
          <>
            <TextInput
              label="Your name"
              autoComplete="name"
              required
              withAsterisk={false}
              autoFocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NewPasswordFields value={passwords} onChange={setPasswords} tried={tried} />
          </>
        )}
        <ErrorNote error={join.error} />
        <Button type="submit" loading={join.isPending}>
          Accept the invitation
        </Button>
        {offer.needsAccount && (
          <Anchor component={Link} to="/sign-in" size="sm" ta="center">
            I have an account already
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
