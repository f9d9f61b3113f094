// Mock mode in the browser: a service worker answers REST; the tail worker gets a MessagePort instead of a WebSocket,
// because a service worker does not see WebSockets of other workers.
import { setupWorker } from 'msw/browser';
import { dryRunTailClient, tailClient } from '../src/console/workers/tail/index.ts';
import { MockBackend } from './backend.ts';
import { createHandlers } from './handlers.ts';
import { replayTail } from './tail-replay.ts';
import type { RecordedRequest } from './tail-replay.ts';

export async function startMocks(): Promise<void> {
  await setupWorker(...createHandlers(new MockBackend(() => Date.now()))).start({ quiet: true, onUnhandledFrame: 'bypass' });
  const traffic = (await import('./fixtures/traffic.json')).default as readonly RecordedRequest[];
  tailClient.useSource(openTraffic(traffic));
  let last: (() => void) | null = null;
  // The dry run's tail ends its worker when it is closed: each one gets traffic of its own.
  dryRunTailClient.useSources(() => { last?.(); const { port1, port2 } = new MessageChannel(); last = replayTo(port1, traffic); return port2; });
}

function openTraffic(traffic: readonly RecordedRequest[]): MessagePort {
  const { port1, port2 } = new MessageChannel();
  replayTo(port1, traffic);
  return port2;
}

/** How to end it. */
function replayTo(port: MessagePort, traffic: readonly RecordedRequest[]): () => void {
  const replay = replayTail(traffic, data => port.postMessage(data, typeof data === 'string' ? [] : [data]));
  port.onmessage = (event: MessageEvent<string>) => replay.receive(event.data);
  return () => { replay.stop(); port.close(); };
}
