// What redaction costs a record in the pipeline, and what its books add: no rule, a policy that finds nothing, one that finds
// something in 2 % and in 20 % of records, live (with the ledger and 4,096 distinct values) and in shadow (without). One detector,
// so that the figure is of the engine and not of the scanner. Prints one JSON line. `npm run bench -- redaction-ledger`
import { cpus } from 'node:os';
import { encodeUtf8 } from '../../base/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import { logRequest, plan, rule } from '../../testing/index.ts';
import { createPipeline } from '../index.ts';

const recordsPerRequest = 1000;
const runs = 15;
const requestsPerRun = 60;
const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };

const request = (share: number): Uint8Array => logRequest(Array.from({ length: recordsPerRequest }, (_, i) => ({
  service: `service-${Math.floor(i / 25)}`, scope: 'shop', resource: { 'service.name': `service-${Math.floor(i / 25)}`, 'host.name': 'host-1' },
  record: {
    timeUnixNano: BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n + BigInt(i), severityNumber: 9, severityText: 'INFO', eventName: `shop.event.${i % 40}`,
    body: `request ${i} handled in ${i % 97} ms, nothing else to be said about order-${i % 40}${(i * 7919) % 1000 < share * 1000 ? ` for ann.b${i % 4096}@shop.example` : ''}`,
    attributes: { 'http.route': `/api/v1/things/${i % 10}`, 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.path': `/api/v1/things/${i}`, 'thread.name': 'worker-3' },
  },
})));

const redact = rule('mail', plan('Logs', [], { sink: 'redact', detectors: ['email'], mode: 'mask' }));
const cases = { 'no rule': { share: 0, rules: [] }, 'no hits': { share: 0, rules: [redact] }, '2 % hits': { share: 0.02, rules: [redact] }, '20 % hits': { share: 0.2, rules: [redact] }, '20 % hits, shadow': { share: 0.2, rules: [{ ...redact, mode: 'shadow' as const }] } };

function nanosPerRecord({ share, rules }: (typeof cases)[keyof typeof cases]): number {
  const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1, maxGroups: 1, redactionKeys: new KeyRing(encodeUtf8('key of the bench')), budgets: { ceiling: { cpuShare: 100, rssBytes: Number.MAX_SAFE_INTEGER } } });
  const deployed = pipeline.replaceRules(rules.map((one) => ({ ...one, bounds: { cpuShare: 1, memoryBytes: 1e9, outputPerSecond: null } })));
  if (!deployed.ok) throw new Error(deployed.error.message);
  const bytes = request(share);
  const once = (): number => {
    const before = process.cpuUsage();
    for (let i = 0; i < requestsPerRun; i++) pipeline.process('logs', bytes, { in: false, out: false });
    pipeline.takeRedactions();
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / requestsPerRun / recordsPerRequest;
  };
  for (let i = 0; i < 4; i++) once();
  return Math.round(Array.from({ length: runs }, once).toSorted((a, b) => a - b)[Math.floor(runs / 4)]!);
}

nanosPerRecord(cases['20 % hits']);
const figures = Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, nanosPerRecord(one)]));
const perHit = Math.round((figures['20 % hits']! - figures['20 % hits, shadow']!) / 0.2);
console.log(JSON.stringify({
  bench: 'redaction-ledger', unit: 'ns of CPU per record, lower quartile', ...figures, rewriteAndLedgerPerHit: perHit, goal: { rewriteAndLedgerPerHit: 15_000 }, met: perHit <= 15_000,
  runs, machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
