// How many log records a CPU-second the engine alone takes through 1, 10, 100 and 1,000 rules: 1,000-record requests of about
// 400 B a record, 40 event names over 40 services, a quarter of the records without a name. Five mixes: rules found by event
// name, by durable id (names and code locations), by service, by none (Body has, contains, matches regex, attributes), and all of
// them in turn. In each mix the same few records match, so that the figures tell what it costs to find out.
// Prints one JSON line. Goal: with 10 rules found by name 2 M records per CPU-second, so that an agent can do 1 M with HTTP
// around it; and in each mix 1,000 rules cost at most 5 times what one costs.
import { cpus } from 'node:os';
import type { Expr, Plan } from '../kql/index.ts';
import { attr, call, col, lit, logRequest, plan, rule, where } from '../testing/index.ts';
import type { LogLine } from '../testing/index.ts';
import { createPipeline } from './index.ts';

const recordsPerRequest = 1000;
const counts = [0, 1, 10, 100, 1000];
const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };

function line(i: number): LogLine {
  const service = `service-${Math.floor((i * 40) / recordsPerRequest)}`;
  const named = i % 4 !== 0;
  return {
    service, scope: 'shop', resource: { 'service.name': service, 'host.name': 'host-1', 'service.instance.id': 'a1b2c3d4', 'deployment.environment.name': 'production' },
    record: {
      timeUnixNano: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n + BigInt(i) * 1_000_000n, severityNumber: 5 + (i % 4) * 4, severityText: 'INFO', ...(named && { eventName: `shop.event.${i % 40}` }),
      body: `request ${i} handled in ${i % 97} ms for a customer of the shop, nothing else to be said about order-${i % 40}`,
      traceId: (i * 2654435761).toString(16).padStart(32, 'a'), spanId: (i * 40503).toString(16).padStart(16, 'b'),
      attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.path': `/api/v1/things/${i}`, 'user.id': `user-${i}`, duration: i / 7, 'thread.name': 'worker-3', ...(!named && { 'code.file.path': `src/shop/file-${i % 40}.ts`, 'code.line.number': 40 + (i % 40) }) },
    },
  };
}

const body = col('Body', 'dynamic');
const isLoud = call('>=', col('SeverityNumber', 'int'), lit(9));
const slow = call('>', attr('duration'), lit(1));

/** Of every tenth rule the key is one that some records have, and the same in all of them. */
const key = (i: number): string => (i % 10 === 0 ? '14' : `${i}-of-others`);
const mixes: Readonly<Record<string, (i: number) => readonly Expr[]>> = {
  name: (i) => [call('==', col('EventName'), lit(`shop.event.${key(i)}`)), slow],
  durableId: (i) => [call('in', col('DurableId'), lit(`src/shop/file-${key(i)}.ts:54`), lit(`shop.event.${key(i)}`)), slow],
  service: (i) => [call('==', col('ServiceName'), lit(`service-${key(i)}`)), isLoud, call('has', body, lit(`order-${key(i)}`))],
  unkeyed: (i) => [[call('has', body, lit(`order-${key(i)}`))], [call('contains', body, lit(`about order-${key(i)}`)), isLoud], [call('matches regex', body, lit(`in \\d+ ms.*order-${key(i)}$`))], [call('==', attr('user.id'), lit(`user-${key(i)}`))], [call('startswith', attr('url.path'), lit(`/api/v1/things/${key(i)}`)), slow]][i % 5]!,
  mixed: (i) => mixes[['name', 'durableId', 'service', 'unkeyed'][i % 4]!]!(i),
};

function planOf(mix: string, i: number): Plan {
  const predicate = mixes[mix]!(i).reduce((a, b) => call('and', a, b));
  return plan('Logs', [where(predicate)], i % 2 === 0 ? { sink: 'drop' } : { sink: 'route', exporter: 'archive' });
}

const request = logRequest(Array.from({ length: recordsPerRequest }, (_, i) => line(i)));

interface Figure { readonly perCpuSecond: number; readonly takenShare: number; readonly deployMs: number }

function measure(mix: string, rules: number): Figure {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1e6, maxGroups: 1000, budgets: { ceiling: { cpuShare: 100, rssBytes: Number.MAX_SAFE_INTEGER } } });
  const bounds = { cpuShare: 1, memoryBytes: 1e9, outputPerSecond: null };
  const deployStart = performance.now();
  const deployed = pipeline.replaceRules(Array.from({ length: rules }, (_, i) => ({ ...rule(`r${String(i).padStart(4, '0')}`, planOf(mix, i)), bounds })));
  if (!deployed.ok) throw new Error(deployed.error.message);
  const deployMs = performance.now() - deployStart;
  const once = (requests: number): number => {
    let taken = 0;
    for (let i = 0; i < requests; i++) {
      const result = pipeline.process('logs', request, { in: false, out: false });
      if (!result.ok) throw new Error(result.error.message);
      taken += recordsPerRequest - (result.value.out.find(({ exporter }) => exporter === 'default')?.records ?? 0);
    }
    return taken;
  };
  once(150);
  const runs = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    once(100);
    const { user, system } = process.cpuUsage(start);
    return (100 * recordsPerRequest) / ((user + system) / 1e6);
  });
  return { perCpuSecond: Math.round(runs.toSorted((a, b) => a - b)[2]!), takenShare: once(1) / recordsPerRequest, deployMs: Math.round(deployMs) };
}

// The first pipeline of a process is measured while it is still being compiled; its figure is thrown away.
for (const mix of Object.keys(mixes)) measure(mix, 10);
const figures = Object.entries(mixes).map(([mix]) => [mix, Object.fromEntries(counts.map((rules) => [rules, measure(mix, rules)]))] as const);
const of = <T>(pick: (figure: Figure) => T) => Object.fromEntries(figures.map(([mix, byCount]) => [mix, Object.fromEntries(Object.entries(byCount).map(([rules, figure]) => [rules, pick(figure)]))]));
const costRatio = Object.fromEntries(figures.map(([mix, byCount]) => [mix, Number((byCount[1]!.perCpuSecond / byCount[1000]!.perCpuSecond).toFixed(2))]));
console.log(JSON.stringify({
  bench: 'rules', recordsPerCpuSecond: of(({ perCpuSecond }) => perCpuSecond), costOf1000RulesTo1: costRatio, takenShare: of(({ takenShare }) => takenShare), deployMs: of(({ deployMs }) => deployMs),
  goal: { mix: 'name', rules: 10, recordsPerCpuSecond: 2_000_000, costOf1000RulesTo1: 5 },
  met: Object.fromEntries(figures)['name']![10]!.perCpuSecond >= 2_000_000 && Object.values(costRatio).every((ratio) => ratio <= 5),
  bytesPerRecord: Math.round(request.length / recordsPerRequest), machine: `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`,
}));
