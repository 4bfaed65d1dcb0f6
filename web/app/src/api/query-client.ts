import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** Live events say what changed, so what was read stays fresh for a minute; only what may heal is asked for again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      retry: (failures, error) => error instanceof ApiError && error.transient && failures < 2,
      refetchOnWindowFocus: false,
    },
  },
});
