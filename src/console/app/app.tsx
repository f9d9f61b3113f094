// The console as one element: query client, router, and nothing else. Tests pass their own history.
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { RouterHistory } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from '../api/index.ts';
import { createConsoleRouter } from './router.tsx';

export function App({ history }: { readonly history?: RouterHistory }) {
  const [client] = useState(createQueryClient);
  const [router] = useState(() => createConsoleRouter(history));
  return <QueryClientProvider client={client}><RouterProvider router={router} /></QueryClientProvider>;
}
