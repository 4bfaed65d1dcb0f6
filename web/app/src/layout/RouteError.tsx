import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ErrorState } from '../ui/ErrorState.tsx';

/** A page that threw, or whose chunk is gone because the server was upgraded: loading afresh mends both. */
export function RouteError() {
  const error = useRouteError();
  const shown = isRouteErrorResponse(error) ? new Error(`${error.status} ${error.statusText}`) : error;
  return <ErrorState error={shown} onRetry={() => location.reload()} />;
}
