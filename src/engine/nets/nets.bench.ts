// What 100 armed nets cost an agent at 10,000 records a second: the CPU time of one second's records through a pipeline, and through
// one like it that has the nets as well, with their timers and their report, side by side, as shares of one core. Requests of 500 records of about 400 B, 40 event names over 10 services; of the
// nets, 90 wait for names of their own (10 of which come), 10 for a text in the body or an attribute. Prints one JSON line. Goal: at most 2 % of a
// core on top: the agent's 5 % at this rate are for receiving and forwarding as well.
import { cpus } from 'node:os';
import type { AgentRuleInput } from '../../model/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where, type LogLine } from '../../testing/index.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import { act, after, limits, machine, named, netRule, on, state } from './testing/nets-for-tests.ts';

const [perSecond, perRequest, rounds, seconds, nets] = [10_000, 500, 7, 3, 100];
const goalShare = 0.02;
const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };

const line = (i: number): LogLine => ({
  service: `service-${Math.floor((i * 10) / perRequest)}`, scope: 'shop', resource: { 'service.name': `service-${Math.floor((i * 10) / perRequest)}`, 'host.name': 'host-1', 'process.pid': 800 },
  record: {
    timeUnixNano: clock.nowUnixNano(), severityNumber: 9, severityText: 'INFO', eventName: `shop.event.${i % 40}`, body: `request ${i} handled in ${i % 97} ms for a customer of the shop, nothing else to be said about order-${i % 40}`,
    traceId: (i * 2654435761).toString(16).padStart(32, 'a'), spanId: (i * 40503).toString(16).padStart(16, 'b'),
    attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.response.status_code': 200, 'user.id': `user-${i}`, depth: i % 250, queue: `q${i % 20}` },
  },
});
const request = logRequest(Array.from({ length: perRequest }, (_, i) => line(i)));

const isDeep = call('>', call('toint', attr('depth')), lit(240));
const guards = (i: number) => (i < 90 ? call('and', named(i < 10 ? `shop.event.${i}` : `other.event.${i}`), isDeep) : i < 95 ? call('has', col('Body', 'dynamic'), lit(`trouble-${i}`)) : call('==', attr('error.type'), lit(`e${i}`)));
const netOf = (i: number) => netRule(`net-${i}`, machine([
  state('idle', { on: [on('growing', guards(i))] }), state('growing', { after: [after(60_000, 'idle')], on: [on('stuck', guards(i), 5, 30_000)] }), state('stuck', { enter: [act('cpu-sample')], after: [after(30_000, 'idle')] }),
], { limits: { ...limits, maxKeys: 1000 } }), { bounds: { cpuShare: 1, memoryBytes: 1 << 28, outputPerSecond: null } });

const budgets = { ceiling: { cpuShare: 100, rssBytes: Number.MAX_SAFE_INTEGER } };
const drop = rule('drop', plan('Logs', [where(call('==', col('EventName'), lit('shop.event.39')))], { sink: 'drop' }));

function pipelineOf(rules: readonly AgentRuleInput[]): ReturnType<typeof createPipeline> {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 1000, budgets });
  const ready = pipeline.replaceRules(rules);
  if (!ready.ok) throw new Error(ready.error.message);
  return pipeline;
}
const bare = pipelineOf([drop]);
const armed = pipelineOf([drop, ...Array.from({ length: nets }, (_, i) => netOf(i))]);

/** CPU milliseconds of one second's records, timers and report. */
function second(pipeline: typeof bare): number {
  const start = process.threadCpuUsage();
  for (let i = 0; i < perSecond / perRequest; i++) {
    const made = pipeline.process('logs', request, { in: false, out: false });
    if (!made.ok) throw new Error(made.error.message);
    if (i % 5 === 0) pipeline.nets.advance(clock.nowUnixNano());
  }
  pipeline.nets.report(clock.nowUnixNano());
  pipeline.nets.takeFirings();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const several = (pipeline: typeof bare): number => Array.from({ length: seconds }, () => second(pipeline)).reduce((a, b) => a + b, 0) / seconds;
several(armed);
several(bare);
const measured = Array.from({ length: rounds }, () => ({ without: several(bare), with: several(armed) }));
const [without, withNets] = [median(measured.map((one) => one.without)), median(measured.map((one) => one.with))];
const looked = armed.nets.report(clock.nowUnixNano()).reduce((sum, one) => sum + one.looked, 0);
const round = (value: number, digits: number): number => Number(value.toFixed(digits));
console.log(JSON.stringify({
  bench: 'nets', nets, recordsPerSecond: perSecond, cpuShareWithout: round(without / 1000, 5), cpuShareWith: round(withNets / 1000, 5), added: round((withNets - without) / 1000, 5), ratio: round(withNets / without, 2),
  lookedPerRecord: round(looked / ((rounds * seconds + seconds) * perSecond), 3), goal: { added: goalShare }, ok: (withNets - without) / 1000 <= goalShare, machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
}));
