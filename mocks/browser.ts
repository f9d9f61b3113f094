// Mock mode in the browser: a service worker answers REST; the tail worker gets a MessagePort instead of a WebSocket,
// because a service worker does not see WebSockets of other workers.
import { setupWorker } from 'msw/browser';
import { tailClient } from '../src/console/workers/tail/index.ts';
import { MockBackend } from './backend.ts';
import { createHandlers } from './handlers.ts';
import { replayTail } from './tail-replay.ts';
import type { RecordedRequest } from './tail-replay.ts';

export async function startMocks(): Promise<void> {
  await setupWorker(...createHandlers(new MockBackend(() => Date.now()))).start({ quiet: true, onUnhandledFrame: 'bypass' });
  const traffic = (await import('./fixtures/traffic.json')).default as readonly RecordedRequest[];
  const { port1, port2 } = new MessageChannel();
  const replay = replayTail(traffic, data => port1.postMessage(data, typeof data === 'string' ? [] : [data]));
  port1.onmessage = (event: MessageEvent<string>) => replay.receive(event.data);
  tailClient.useSource(port2);
}
