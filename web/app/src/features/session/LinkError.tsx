import { ApiError } from '../../api/api-error.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';

export interface LinkErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A link that does not lead in. A spent one stays spent; only what may heal offers another try. */
export function LinkError({ error, onRetry }: LinkErrorProps) {
  const mayHeal = error instanceof ApiError && error.transient;
  return <ErrorState error={error} compact {...(mayHeal ? { onRetry } : {})} />;
}
