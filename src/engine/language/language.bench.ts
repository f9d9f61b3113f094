// Calls a CPU-second of one language rule: QuickJS in WebAssembly, called once for each log record of about 250 B with six attributes. Scripts:
// one that builds an object of what it reads (the figure), one that keeps a count in weir.state, one that emits a record per call, and one
// that takes the record as a whole. Prints one JSON line. Goal: about 100,000.
import { cpus } from 'node:os';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { codec } from '../../otlp/index.ts';
import { logRequest } from '../../testing/index.ts';
import { createLanguageRule, type VmModule } from './index.ts';

const scripts: Readonly<Record<string, string>> = {
  object: 'function onRecord(record, weir) { const seen = { name: record.EventName, depth: record.Attributes.depth }; if (seen.depth > 300) weir.emit({ EventName: "deep", Attributes: seen }); }',
  state: 'function onRecord(record, weir) { weir.state.set(record.EventName, (weir.state.get(record.EventName) ?? 0) + 1); }',
  emit: 'function onRecord(record, weir) { weir.emit({ EventName: "deep", Attributes: { depth: record.Attributes.depth } }); }',
  whole: 'function onRecord(record, weir) { const seen = { ...record }; if (seen.Attributes.depth > 300) weir.emit({ EventName: "deep" }); }',
};
const request = logRequest(Array.from({ length: 1000 }, (_, i) => ({
  service: `s-${i % 3}`, scope: 'shop', resource: { 'service.name': `s-${i % 3}`, 'host.name': 'host-1' },
  record: { timeUnixNano: BigInt(Date.UTC(2026, 0, 1) + i) * 1_000_000n, severityNumber: 9, eventName: 'QueueDepth', body: `queue orders has ${i} waiting`, attributes: { depth: i % 300, 'queue.name': 'orders', 'thread.name': 'worker-3', ratio: i / 7, ok: true, 'user.id': `user-${i}` } },
})));

const cpuMs = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

async function callsPerCpuSecond(javascript: string): Promise<number> {
  const module = (await newQuickJSWASMModuleFromVariant(variant as unknown as QuickJSSyncVariant)) as unknown as VmModule;
  const rule = createLanguageRule(module, { name: 'bench', javascript, actions: { actions: 1, perMs: 1000, cooldownMs: 0 } });
  const view = codec.walk('logs', request);
  if (!rule.ok || !view.ok) throw new Error('The bench is broken.');
  const cursor = codec.cursor();
  const round = (): void => {
    cursor.reset(view.value);
    for (let i = 0; i < view.value.recordCount; i++) { cursor.moveTo(i); if (rule.value.record(cursor)?.stop != null) throw new Error('The rule was stopped.'); }
  };
  for (let i = 0; i < 20; i++) round();
  const before = cpuMs();
  let calls = 0;
  // Reading the clock of a process can take long itself.
  for (; cpuMs() - before < 1500; calls += 10 * view.value.recordCount) for (let i = 0; i < 10; i++) round();
  return Math.round(calls / ((cpuMs() - before) / 1000));
}

const figures: Record<string, number> = {};
for (const [name, javascript] of Object.entries(scripts)) figures[name] = await callsPerCpuSecond(javascript);
console.log(JSON.stringify({ bench: 'language', callsPerCpuSecond: figures, goal: { object: 100_000 }, met: figures['object']! >= 100_000, machine: `${cpus()[0]?.model ?? '?'}, Node ${process.version}` }));
