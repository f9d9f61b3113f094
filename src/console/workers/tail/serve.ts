// Wires a TailService to one end of a message channel: the worker's entry uses it, and tests do without a worker.
import { codec } from '../../../otlp/index.ts';
import { portSource, webSocketSource, type OpenFrameSource } from './frame-source.ts';
import type { Endpoint, FromTailWorker, ToTailWorker } from './protocol.ts';
import { Queries } from './queries.ts';
import { fetchFile } from './recording.ts';
import type { TailLimits } from './store/tail-store.ts';
import { TailService } from './tail-service.ts';

export function serveTail(endpoint: Endpoint<FromTailWorker, ToTailWorker>, limits?: TailLimits): TailService {
  let openSource: OpenFrameSource = webSocketSource;
  const monotonicMs = () => performance.now();
  const service = new TailService(codec, {
    openSource: (url) => openSource(url),
    nowMs: () => Date.now(),
    random: () => Math.random(),
    later: (run, ms) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); },
    monotonicMs,
    soon: newSoon(),
    readFile: fetchFile,
  }, (state) => endpoint.post({ kind: 'state', state }), limits);
  const queries = new Queries(service, monotonicMs);

  endpoint.listen((message) => {
    if (message.kind === 'command') service.do(message.command);
    else if (message.kind === 'source') openSource = () => portSource(message.port);
    else if (message.kind === 'cancel') queries.cancel(message.id);
    else queries.answer(message.name, message.args as never, { id: message.id, progress: (share) => endpoint.post({ kind: 'progress', id: message.id, share }) }).then(
      (value) => endpoint.post({ kind: 'answer', id: message.id, value }),
      (error: unknown) => endpoint.post({ kind: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) }),
    );
  });
  service.startTicking();
  return service;
}

/** A message to oneself comes after the messages that wait already, and without setTimeout's four milliseconds. */
function newSoon(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (run) => { waiting.push(run); port2.postMessage(null); };
}
