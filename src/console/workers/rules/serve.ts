// Wires a RulesService to one end of a message channel: the worker's entry uses it, and tests do without a worker.
import type { NewVm } from '../../../rules/index.ts';
import type { FromRulesWorker, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import { RulesService } from './rules-service.ts';
import { Work } from './work.ts';

export function serveRules(endpoint: RulesEndpoint<FromRulesWorker, ToRulesWorker>, newVm: NewVm): void {
  const monotonicMs = () => performance.now();
  const service = new RulesService({ monotonicMs, nowMs: () => Date.now(), newVm });
  const running = new Map<number, Work>();
  const soon = newSoon();

  const call = async ({ id, name, args }: Extract<ToRulesWorker, { kind: 'call' }>) => {
    const work = new Work({ monotonicMs, soon, tell: (share) => endpoint.post({ kind: 'progress', id, share }), beat: () => endpoint.post({ kind: 'beat', id }) });
    running.set(id, work);
    try {
      endpoint.post({ kind: 'answer', id, value: await service.answer(name, args, work) });
    } catch (error) {
      // Of a cancelled call, too: the other side then knows that nothing comes any more.
      endpoint.post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    } finally { running.delete(id); }
  };

  endpoint.listen((message) => {
    if (message.kind === 'call') void call(message);
    else if (message.kind === 'release') service.release(message.source);
    else { const work = running.get(message.id); if (work !== undefined) work.cancelled = true; }
  });
}

/** A message to oneself comes after the messages that wait already, and without setTimeout's four milliseconds. */
function newSoon(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () => new Promise((resolve) => { waiting.push(resolve); port2.postMessage(null); });
}
