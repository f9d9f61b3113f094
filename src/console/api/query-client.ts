// TanStack Query as the console uses it: quick retries for a lost server, none for a refusal, and a session that ended is noticed at once.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { noteSessionEnded } from './connection.ts';
import { ApiFailure } from './errors.ts';

const watchSession = (error: unknown) => { if (error instanceof ApiFailure && error.kind === 'unauthorized') noteSessionEnded(); };

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: watchSession }),
    defaultOptions: {
      queries: { retry: false, staleTime: 500, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always', onError: watchSession },
    },
  });
}
