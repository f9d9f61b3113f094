// How many log records a CPU-second the engine alone takes through 1, 10, 100 and 1,000 rules keyed by event name:
// 1,000-record requests of about 400 B a record, 40 event names over 4 services, most of which no rule names.
// Prints one JSON line. Goal: with 10 rules 2 M records per CPU-second, so that an agent can do 1 M with HTTP around it.
import { cpus } from 'node:os';
import type { Plan } from '../kql/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../testing/index.ts';
import type { LogLine } from '../testing/index.ts';
import { createPipeline } from './index.ts';

const recordsPerRequest = 1000;
const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };

function line(i: number): LogLine {
  const service = `service-${Math.floor((i * 4) / recordsPerRequest)}`;
  return {
    service, scope: 'shop', resource: { 'service.name': service, 'host.name': 'host-1', 'service.instance.id': 'a1b2c3d4', 'deployment.environment.name': 'production' },
    record: {
      timeUnixNano: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n + BigInt(i) * 1_000_000n, severityNumber: 9, severityText: 'INFO', eventName: `shop.event.${i % 40}`,
      body: `request ${i} handled in ${i % 97} ms for a customer of the shop, nothing else to be said about it`,
      traceId: (i * 2654435761).toString(16).padStart(32, 'a'), spanId: (i * 40503).toString(16).padStart(16, 'b'),
      attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.path': `/api/v1/things/${i}`, 'user.id': `user-${i}`, 'server.address': 'shop.example', duration: i / 7, 'thread.name': 'worker-3' },
    },
  };
}

/** Every tenth rule would match some records; the others name events that nothing emits. Filters and routes in turn. */
function planOf(i: number): Plan {
  const name = call('==', col('EventName'), lit(i % 10 === 0 ? `shop.event.${i % 40}` : `other.event.${i}`));
  if (i % 10 === 0) return plan('Logs', [where(call('and', name, call('==', attr('http.route'), lit('/api/v1/things/0'))))], { sink: 'drop' });
  return plan('Logs', [where(name)], i % 2 === 0 ? { sink: 'route', exporter: 'archive' } : { sink: 'drop' });
}

function measure(rules: number): { readonly perCpuSecond: number; readonly removedShare: number } {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 1000 });
  const deployed = pipeline.replaceRules(Array.from({ length: rules }, (_, i) => rule(`r${i}`, planOf(i))));
  if (!deployed.ok) throw new Error(deployed.error.message);
  const request = logRequest(Array.from({ length: recordsPerRequest }, (_, i) => line(i)));
  const once = (requests: number): number => {
    let removed = 0;
    for (let i = 0; i < requests; i++) {
      const result = pipeline.process('logs', request, { in: false, out: false });
      if (!result.ok) throw new Error(result.error.message);
      removed += result.value.removed.dropped;
    }
    return removed;
  };
  once(500);
  const runs = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    once(400);
    const { user, system } = process.cpuUsage(start);
    return (400 * recordsPerRequest) / ((user + system) / 1e6);
  });
  return { perCpuSecond: Math.round(runs.toSorted((a, b) => a - b)[2]!), removedShare: once(1) / recordsPerRequest };
}

const figures = Object.fromEntries([0, 1, 10, 100, 1000].map((rules) => [rules, measure(rules)]));
console.log(JSON.stringify({
  bench: 'rules', recordsPerCpuSecond: Object.fromEntries(Object.entries(figures).map(([rules, one]) => [rules, one.perCpuSecond])),
  removedShare: Object.fromEntries(Object.entries(figures).map(([rules, one]) => [rules, one.removedShare])),
  goal: { rules: 10, recordsPerCpuSecond: 2_000_000 }, met: figures[10]!.perCpuSecond >= 2_000_000,
  bytesPerRecord: Math.round(logRequest(Array.from({ length: recordsPerRequest }, (_, i) => line(i))).length / recordsPerRequest),
  machine: `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`,
}));
