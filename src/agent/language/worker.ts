// The worker thread of all language rules: takes rules, batches and ticks one after the other, and says after each what happened.
import { parentPort, workerData } from 'node:worker_threads';
import { broken, createLanguageRule, type LanguageStop } from '../../engine/language/index.ts';
import { codec } from '../../otlp/index.ts';
import { newVmModule } from './load-quickjs.ts';
import { progressPlaces, type Batch, type FromWorker, type NumberedRule, type RuleDelta, type ToWorker, type WorkerSetup } from './protocol.ts';
import { RuleRun } from './rule-run.ts';

const { progress: shared, limits } = workerData as WorkerSetup;
const progress = new Int32Array(shared);
const runs = new Map<number, RuleRun>();
/** Rules that did not load; told once. */
const unloaded = new Map<number, LanguageStop>();

async function setRules(rules: readonly NumberedRule[]): Promise<void> {
  const wanted = new Set(rules.map(({ number }) => number));
  for (const number of runs.keys()) if (!wanted.has(number)) runs.delete(number);
  for (const one of rules) if (!runs.has(one.number)) await load(one);
}

async function load({ number, rule }: NumberedRule): Promise<void> {
  const module = await newVmModule();
  Atomics.store(progress, progressPlaces.loading, 1);
  Atomics.add(progress, progressPlaces.call, 1);
  Atomics.store(progress, progressPlaces.rule, number);
  try {
    const { name, javascript, actions, limits: bounds } = rule;
    const loaded = createLanguageRule(module, { name, javascript, actions, ...(bounds !== undefined && { limits: bounds }) });
    if (loaded.ok) runs.set(number, new RuleRun(number, loaded.value, rule.cpuShare, limits, progress));
    else unloaded.set(number, { kind: 'load', reason: loaded.error.message });
  } catch (cause) {
    unloaded.set(number, broken(cause));
  } finally {
    Atomics.store(progress, progressPlaces.rule, 0);
    Atomics.store(progress, progressPlaces.loading, 0);
  }
}

function runBatch({ signal, bytes, wants }: Batch): void {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) return;
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  for (const { number, records } of wants) runs.get(number)?.run(cursor, records);
}

async function answer(message: ToWorker): Promise<FromWorker> {
  if (message.kind === 'rules') await setRules(message.rules);
  else if (message.kind === 'batch') runBatch(message.batch);
  else for (const run of runs.values()) run.tick(message.unixNano);
  return { kind: message.kind, batch: message.kind === 'batch' ? message.batch.id : null, rules: [...failures(), ...deltas(message.kind === 'tick')] };
}

const deltas = (withState: boolean): RuleDelta[] => [...runs.values()].map((run) => run.take(withState)).filter((delta) => delta !== null);

function failures(): RuleDelta[] {
  const all = [...unloaded].map(([number, stop]) => ({ number, records: 0, skipped: 0, errors: 0, lastError: stop.reason, cpuMs: 0, ticks: 0, refused: 0, overSeconds: 0, state: null, outputs: [], stop }));
  unloaded.clear();
  return all;
}

let before: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: ToWorker) => { before = before.then(async () => { parentPort?.postMessage(await answer(message)); }); });
