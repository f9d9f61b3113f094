// The rules client: what the console's main thread holds. The worker starts at the first call.
import type { FromRulesWorker, RulesCallName, RulesCalls, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import type { RulesClient, WorkOptions } from './types.ts';

type Waiting = { resolve(value: unknown): void; reject(error: unknown): void; progress?: ((share: number) => void) | undefined };

export function createRulesClient(connect: () => RulesEndpoint<ToRulesWorker, FromRulesWorker> = startWorker): RulesClient {
  const waiting = new Map<number, Waiting>();
  /** Reads that nobody waits for any more: what they come to is let go. */
  const abandoned = new Set<number>();
  let nextCall = 1;
  let endpoint: RulesEndpoint<ToRulesWorker, FromRulesWorker> | null = null;

  const receive = (message: FromRulesWorker) => {
    const call = waiting.get(message.id);
    if (message.kind === 'progress') { call?.progress?.(message.share); return; }
    waiting.delete(message.id);
    if (abandoned.delete(message.id) && message.kind === 'answer') endpoint?.post({ kind: 'release', source: (message.value as RulesCalls['read']['answer']).id });
    if (message.kind === 'answer') call?.resolve(message.value); else call?.reject(new Error(message.message));
  };
  const end = () => {
    if (endpoint === null) { endpoint = connect(); endpoint.listen(receive); }
    return endpoint;
  };
  const call = <N extends RulesCallName>(work: WorkOptions, name: N, ...args: RulesCalls[N]['args']) => new Promise<RulesCalls[N]['answer']>((resolve, reject) => {
    const id = nextCall++;
    const { signal, progress } = work;
    if (signal?.aborted === true) { reject(signal.reason); return; }
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, progress });
    signal?.addEventListener('abort', () => { if (!waiting.delete(id)) return; if (name === 'read') abandoned.add(id); end().post({ kind: 'cancel', id }); reject(signal.reason); }, { once: true });
    end().post({ kind: 'call', id, name, args });
  });

  return {
    readFile: (file, name, work = {}) => call(work, 'read', file, name),
    readText: (text, name, work = {}) => call(work, 'read', text, name),
    release: (source) => endpoint?.post({ kind: 'release', source }),
    dryRun: (source, options, work = {}) => call(work, 'dryRun', source, options),
    explain: (rules, signal, request, agent = {}) => call({}, 'explain', rules, signal, request, agent),
    expect: (rule, given) => call({}, 'expect', rule, given),
    test: (rule, tests, work = {}) => call(work, 'test', rule, tests),
    close: () => {
      endpoint?.end?.();
      endpoint = null;
      for (const { reject } of waiting.values()) reject(new Error('The work was ended.'));
      waiting.clear();
      abandoned.clear();
    },
  };
}

function startWorker(): RulesEndpoint<ToRulesWorker, FromRulesWorker> {
  const worker = new Worker(new URL('./rules.worker.ts', import.meta.url), { type: 'module', name: 'rules' });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => { worker.onmessage = (event: MessageEvent<FromRulesWorker>) => receive(event.data); },
    end: () => worker.terminate(),
  };
}
