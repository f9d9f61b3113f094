// `weir rules run`: rules over recorded telemetry, by the agent's own pipeline. Resulting OTLP JSON on stdout, one export
// request a line; counts per rule as one JSON object on stderr.
import { createPipeline, type OutBatch } from '../../engine/index.ts';
import { signals, type Signal } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { readRequests, type InputFormat } from './otlp-input.ts';
import { printLines, toJson } from './output.ts';
import { loadRule } from './rule-file.ts';

interface Options { readonly rule: readonly string[]; readonly input: string; readonly format?: string; readonly signal?: string }
/** Windows of a file stay open until its end, so the groups of all of them are there at once. */
const maxGroups = 1_000_000;
const formats: readonly InputFormat[] = ['otlp-json', 'otlp-proto', 'jsonl'];
const tableSignals: Readonly<Record<string, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics' };

export async function rulesRunCommand(options: Options): Promise<void> {
  const format = chosen('--format', options.format, formats) ?? formatOf(options.input);
  const named = chosen('--signal', options.signal, signals);
  const rules = await Promise.all(options.rule.map((path, index) => loadRule(path, `rule-${index + 1}`)));
  const signal = named ?? tableSignals[(rules[0]?.plan as { table?: string })?.table ?? ''] ?? 'logs';
  const now = BigInt(Date.now()) * 1_000_000n;
  const clock = { nowUnixNano: () => now, monotonicMs: () => performance.now() };
  // Budgets are for fleets: what is read from a file as fast as it goes is no flood.
  const pipeline = createPipeline({ clock, budgets: { measure: false }, resource: { 'service.name': 'weir' }, recorderBytes: 64 << 20, recorded: true, maxGroups });
  unwrap(pipeline.replaceRules(rules));

  let received = 0;
  let out = 0;
  const run = async function* (): AsyncGenerator<string> {
    for await (const request of readRequests(options.input, format, signal)) {
      const result = unwrap(pipeline.process(request.signal, request.bytes, { in: false, out: false }));
      received += result.received;
      if (result.out.length === 0) yield toJson({ [requestKeys[request.signal]]: [] });
      for (const batch of result.out) yield print(batch);
    }
    for (const batch of pipeline.flush(clock.nowUnixNano(), true)) yield print(batch);
  };
  const print = (batch: OutBatch): string => {
    out += batch.records;
    return JSON.stringify(unwrap(codec.protobufToJson(batch.signal, batch.bytes)));
  };
  await printLines(run());

  const names = new Map(rules.map((rule) => [rule.id, rule.name]));
  const counts = pipeline.stats().map(({ id, matched, removed, changed, emitted, errors, lastError }) => ({ rule: names.get(id) ?? id, matched, removed, changed, emitted, errors, ...(lastError === null ? {} : { lastError }) }));
  process.stderr.write(`${JSON.stringify({ received, out, rules: counts })}\n`);
}

const requestKeys: Readonly<Record<Signal, string>> = { logs: 'resourceLogs', spans: 'resourceSpans', metrics: 'resourceMetrics' };

const formatOf = (path: string): InputFormat => (/\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : /\.(pb|bin|proto|binpb)$/i.test(path) ? 'otlp-proto' : 'otlp-json');

function chosen<T extends string>(name: string, value: string | undefined, known: readonly T[]): T | undefined {
  if (value === undefined || known.includes(value as T)) return value as T | undefined;
  throw new CommandFailure({ code: 'cli.bad-option', message: `${name} "${value}" is not known.`, help: `Use one of: ${known.join(', ')}.` });
}
