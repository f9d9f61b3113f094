// The browser's entry. In mock mode (`npm run dev:mock`) the backend is played by mocks/ before anything is drawn.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { knownNames } from './api/index.ts';
import { App } from './app/index.ts';
import { sharedKqlClient } from './editor/index.ts';
import { followTheme } from './state/index.ts';

async function start(): Promise<void> {
  followTheme(document.documentElement);
  if (import.meta.env.MODE === 'mock') await (await import('../../mocks/browser.ts')).startMocks();
  sharedKqlClient().setNames?.(knownNames);
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element #root');
  createRoot(root).render(<StrictMode><App /></StrictMode>);
}

void start();
