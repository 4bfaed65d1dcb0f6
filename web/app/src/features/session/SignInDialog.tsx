import { Anchor, Modal, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useMe } from '../../api/queries.ts';
import { signInGate } from '../../api/sign-in-gate.ts';
import { SignInForm } from './SignInForm.tsx';

/** Over the page when a session ended while somebody worked: what they were doing goes on where it stopped. */
export function SignInDialog() {
  const closed = useSyncExternalStore(signInGate.subscribe, signInGate.isClosed);
  const me = useMe();
  return (
    <Modal
      opened={closed && me !== null}
      onClose={() => signInGate.giveUp()}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title="Sign in again"
      zIndex={500}
    >
      <Text size="sm" c="dimmed" mb="md">
        Your session has ended. Nothing is lost: the page goes on where it stopped.
      </Text>
      {me !== null && (
        <SignInForm fixedEmail={me.email} onSignedIn={() => signInGate.open()}>
          <Anchor size="sm" ta="center" href="/sign-in">
            Leave this page and sign in as somebody else
          </Anchor>
        </SignInForm>
      )}
    </Modal>
  );
}
