// The same handlers for component tests in jsdom.
import { setupServer } from 'msw/node';
import { MockBackend } from './backend.ts';
import { createHandlers } from './handlers.ts';

/** A fresh backend and server; the caller listens and closes. */
export function createMockServer(clock: () => number = () => Date.now()) {
  const backend = new MockBackend(clock);
  return { backend, server: setupServer(...createHandlers(backend)) };
}
