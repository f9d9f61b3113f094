// The rules client: what the console's main thread holds. Two workers of one kind, each started at its first call: one holds what was read and
// runs what always ends; in the other run scripts, and it is ended when one of them does not come back.
import type { CompiledRule } from '../../../rules/index.ts';
import type { FromRulesWorker, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import type { RulesClient } from './types.ts';
import { WorkerLine } from './worker-line.ts';

/** An agent gives one call less. */
const scriptSilentMs = 2000;

export function createRulesClient(connect: (name: string) => RulesEndpoint<ToRulesWorker, FromRulesWorker> = startWorker, silentMs = scriptSilentMs): RulesClient {
  const plain = new WorkerLine(() => connect('rules'));
  const scripts = new WorkerLine(() => connect('scripts'), { silentMs });
  const lineOf = ({ kind }: CompiledRule): WorkerLine => (kind === 'language' ? scripts : plain);
  return {
    readFile: (file, name, work = {}) => plain.call(work, 'read', file, name),
    readText: (text, name, work = {}) => plain.call(work, 'read', text, name),
    release: (source) => plain.release(source),
    dryRun: async (source, options, work = {}) => (options.rule.kind === 'language' ? scripts.call(work, 'dryRunOver', await plain.call(work, 'requests', source), options) : plain.call(work, 'dryRun', source, options)),
    dryRunScript: (requests, options, work = {}) => scripts.call(work, 'dryRunOver', requests, options),
    checkScript: (script) => scripts.call({}, 'script', script),
    explain: (rules, signal, request, agent = {}) => plain.call({}, 'explain', rules, signal, request, agent),
    expect: (rule, given) => lineOf(rule).call({}, 'expect', rule, given),
    test: (rule, tests, work = {}) => lineOf(rule).call(work, 'test', rule, tests),
    close: () => { for (const line of [plain, scripts]) line.end('The work was ended.'); },
  };
}

function startWorker(name: string): RulesEndpoint<ToRulesWorker, FromRulesWorker> {
  const worker = new Worker(new URL('./rules.worker.ts', import.meta.url), { type: 'module', name });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => { worker.onmessage = (event: MessageEvent<FromRulesWorker>) => receive(event.data); },
    end: () => worker.terminate(),
  };
}
