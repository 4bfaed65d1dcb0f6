import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { followEvents } from '../../api/live-queries.ts';
import { queries } from '../../api/queries.ts';
import { StartSkeleton } from '../../layout/StartSkeleton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';

/** Lets signed-in people through and sends everybody else to sign in, to come back here after. */
export function SignedIn() {
  const session = useQuery(queries.session());
  const location = useLocation();
  if (session.isPending) return <StartSkeleton />;
  if (session.isError) return <ErrorState error={session.error} onRetry={() => session.refetch()} />;
  if (session.data.user === null) {
    const next = location.pathname + location.search;
    return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  return <Live />;
}

function Live() {
  const client = useQueryClient();
  useEffect(() => followEvents(client), [client]);
  return <Outlet />;
}
