// What measuring rules costs: the engine's throughput with measuring as a share of its throughput without, in one process.
// Requests of 1,000 and of 10 records through ten rules; the two pipelines take turns every few milliseconds, so that what the
// machine does meanwhile meets both. Prints one JSON line. Goal: at least 0.99.
import { cpus } from 'node:os';
import type { Plan } from '../../kql/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where, type LogLine } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';
import type { Pipeline } from '../types.ts';

const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };
const bounds = { cpuShare: 1, memoryBytes: 1e9, outputPerSecond: null };

const line = (i: number): LogLine => ({
  service: `service-${i % 4}`, scope: 'shop', resource: { 'service.name': `service-${i % 4}`, 'host.name': 'host-1', 'deployment.environment.name': 'production' },
  record: {
    severityNumber: 9, severityText: 'INFO', eventName: `shop.event.${i % 40}`, body: `request ${i} handled in ${i % 97} ms for a customer of the shop, nothing else to be said about it`,
    traceId: (i * 2654435761).toString(16).padStart(32, 'a'), spanId: (i * 40503).toString(16).padStart(16, 'b'),
    attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.request.method': 'GET', 'http.response.status_code': 200, 'user.id': `user-${i}`, duration: i / 7, 'thread.name': 'worker-3' },
  },
});

/** Every record meets two of the ten rules: half of them ask for a part of the text, half for an event by name. */
function planOf(i: number): Plan {
  if (i % 5 === 0) return plan('Logs', [where(call('and', call('>', col('SeverityNumber', 'int'), lit(8)), call('==', attr('http.route'), lit(`/nowhere/${i}`))))], { sink: 'drop' });
  return plan('Logs', [where(call('==', col('EventName'), lit(`shop.event.${i * 4}`)))], { sink: 'drop' });
}

function pipelineOf(measure: boolean): Pipeline {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 1000, budgets: { measure, ceiling: { cpuShare: 1e9, rssBytes: 1e15 } } });
  const deployed = pipeline.replaceRules(Array.from({ length: 10 }, (_, i) => ({ ...rule(`r${i}`, planOf(i)), bounds })));
  if (!deployed.ok) throw new Error(deployed.error.message);
  return pipeline;
}

/** CPU microseconds of one turn. */
function turn(pipeline: Pipeline, request: Uint8Array, requests: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < requests; i++) pipeline.process('logs', request, { in: false, out: false });
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

const warmUp = 100;
const blocks = 9;
const pairs = 160;

/** The two take turns, each first in every other pair. What else the machine does only adds time, so the faster turns of a block tell. */
function ratioOf(records: number): { readonly ratio: number; readonly nanosPerRecord: number } {
  const request = logRequest(Array.from({ length: records }, (_, i) => line(i)));
  const pipelines = [pipelineOf(true), pipelineOf(false)] as const;
  const requests = Math.ceil(10_000 / records);
  const block = (count: number): { readonly measured: number; readonly plain: number } => {
    const turns: [number[], number[]] = [[], []];
    for (let pair = 0; pair < count; pair++) for (const which of pair % 2 === 0 ? [0, 1] as const : [1, 0] as const) turns[which].push(turn(pipelines[which], request, requests));
    for (const pipeline of pipelines) pipeline.flush(clock.nowUnixNano());
    return { measured: fast(turns[0]), plain: fast(turns[1]) };
  };
  block(warmUp);
  const all = Array.from({ length: blocks }, () => block(pairs));
  return { ratio: Number(median(all.map(({ measured, plain }) => plain / measured)).toFixed(4)), nanosPerRecord: Math.round((median(all.map(({ plain }) => plain)) * 1000) / (requests * records)) };
}

/** Mean of the faster quarter. */
function fast(values: readonly number[]): number {
  const quarter = values.toSorted((a, b) => a - b).slice(0, Math.floor(values.length / 4));
  return quarter.reduce((a, b) => a + b, 0) / quarter.length;
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const [large, small] = [ratioOf(1000), ratioOf(10)];
console.log(JSON.stringify({
  bench: 'rule-metering', throughputWithMeasuringToWithout: { requestsOf1000: large.ratio, requestsOf10: small.ratio },
  nanosPerRecordWithout: { requestsOf1000: large.nanosPerRecord, requestsOf10: small.nanosPerRecord }, goal: 0.99, met: Math.min(large.ratio, small.ratio) >= 0.99,
  machine: `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`,
}));
