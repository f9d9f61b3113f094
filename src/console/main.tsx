// The browser's entry. In mock mode (`npm run dev:mock`) the backend is played by mocks/ before anything is drawn.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/index.ts';
import { followTheme } from './state/index.ts';

async function start(): Promise<void> {
  followTheme(document.documentElement);
  if (import.meta.env.MODE === 'mock') await (await import('../../mocks/browser.ts')).startMocks();
  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element #root');
  createRoot(root).render(<StrictMode><App /></StrictMode>);
}

void start();
