import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { queries, useMe } from '../../api/queries.ts';
import { OutsideFrame } from './OutsideFrame.tsx';
import { SignInForm } from './SignInForm.tsx';
import { safeNext } from './safe-next.ts';

export function SignInPage() {
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const setup = useQuery(queries.setup());
  const [helpShown, setHelpShown] = useState(false);
  const me = useMe();
  const next = safeNext(parameters.get('next'));
  if (setup.data?.needsOwner) return <Navigate to="/setup" replace />;
  if (me !== null) return <Navigate to={next} replace />;
  return (
    <OutsideFrame title="Sign in">
      <SignInForm onSignedIn={() => navigate(next, { replace: true })}>
        {helpShown ? (
          <Text size="sm" c="dimmed" role="status">
            Ask an administrator of this installation for a reset link. Whoever runs the server can also type{' '}
            <code>plumbline user reset</code> there.
          </Text>
        ) : (
          <Anchor component="button" type="button" size="sm" ta="center" onClick={() => setHelpShown(true)}>
            Forgot the password?
          </Anchor>
        )}
      </SignInForm>
    </OutsideFrame>
  );
}
