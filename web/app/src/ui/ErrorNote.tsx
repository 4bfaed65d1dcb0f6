import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { ApiError, messageOf } from '../api/api-error.ts';

/** Above a form's buttons: what the server would not accept, and why. Nothing while there is no error. */
export function ErrorNote({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const items = error instanceof ApiError ? error.errors.slice(0, 5) : [];
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
      {messageOf(error)}
      {items.map((item) => (
        <div key={`${item.item ?? item.pointer}${item.message}`}>{item.message}</div>
      ))}
    </Alert>
  );
}
