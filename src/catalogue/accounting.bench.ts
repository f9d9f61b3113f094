// What accounting for events costs: log records (about 400 B, 1,000 to a request) are walked, named and hashed as the pipeline does, once
// without and once with `observeAll`; the difference in CPU time is the cost of a record. Two loads: named events, and bodies that a miner
// has given templates. Prints one JSON line; the median of pairs counts. `npm run bench -- accounting`
import { cpus } from 'node:os';
import { codec, columnId, durableIdHash, encodeLogs, hashBytes, type LogInput, type TemplateNames } from '../otlp/index.ts';
import { Catalogue, type TemplateTexts } from './index.ts';

const recordsPerRequest = 1000;
const requestsPerRun = 1000;
const pairs = 9;
/** The agent does a million records in a CPU-second; accounting may take 3 % of that. */
const agentNsPerRecord = 1000;
const goalShare = 0.03;
const names = 100;

const record = (i: number, isNamed: boolean): LogInput => ({
  timeUnixNano: 1_760_000_000_000_000_000n + BigInt(i), observedUnixNano: 1_760_000_000_000_100_000n + BigInt(i), severityNumber: 9, severityText: 'INFO',
  ...(isNamed ? { eventName: `shop.event.${i % names}` } : {}), body: `order ${i} accepted for customer ${i * 7} in 12 ms, 3 items`, flags: 1,
  traceId: (i * 2_654_435_761).toString(16).padStart(32, 'a'), spanId: (i * 40_503).toString(16).padStart(16, 'b'),
  attributes: {
    'http.request.method': 'POST', 'http.route': '/api/v1/orders', 'http.response.status_code': 201, 'order.id': 100_000 + i,
    ...(isNamed ? { 'code.file.path': 'src/orders/accept.ts', 'code.line.number': 42 } : { 'order.lane': 'standard', 'order.parts': 42 }), 'cart.items': 3, 'user.tier': 'gold',
  },
});
const request = (isNamed: boolean): Uint8Array => encodeLogs({ 'service.name': 'orders', 'service.version': '1.2.3', 'host.name': 'host-1' }, 'shop', Array.from({ length: recordsPerRequest }, (_, i) => record(i, isNamed)));
const serviceColumn = columnId('logs', 'ServiceName');

/** Stands for the miner, at no cost of its own: the next of a hundred templates. */
function numbered(): TemplateNames {
  let next = 0;
  return { numberOf: () => (next = (next + 1) % names), idOf: (number) => `t${number}`, hashOf: (number) => 1000 + number };
}
const texts: TemplateTexts = { describe: (ordinal) => ({ id: `t${ordinal}`, template: `order <*> accepted ${ordinal}`, aliases: [] }) };

const hashes = new Int32Array(recordsPerRequest);
const services = new Int32Array(1);
/** Nanoseconds of CPU for a record. The clock that records come with goes as fast as the CPU: as on an agent that is busy. */
function run(bytes: Uint8Array, templates: TemplateNames | null, catalogue: Catalogue | null): number {
  const cursor = codec.cursor();
  const started = process.cpuUsage();
  let sum = 0;
  for (let n = 0; n < requestsPerRun; n++) {
    const walked = codec.walk('logs', bytes);
    if (!walked.ok) throw new Error(walked.error.message);
    walked.value.templates = templates;
    const now = Date.now();
    cursor.reset(walked.value);
    cursor.moveTo(0);
    const service = cursor.slice(serviceColumn) ? hashBytes(bytes, cursor.sliceStart, cursor.sliceEnd) : 0;
    for (let i = 0; i < recordsPerRequest; i++) { cursor.moveTo(i); hashes[i] = durableIdHash(cursor); }
    sum ^= hashes[n % recordsPerRequest]!;
    if (catalogue !== null) catalogue.observeAll(cursor, hashes, services.fill(service), now);
  }
  const { user, system } = process.cpuUsage(started);
  if (sum === 1) console.error('unlikely');
  return ((user + system) * 1000) / (requestsPerRun * recordsPerRequest);
}

function measure(isNamed: boolean): { readonly without: number; readonly with: number; readonly ns: number; readonly lookedShare: number } {
  const bytes = request(isNamed);
  const templates = isNamed ? null : numbered();
  const catalogue = new Catalogue({ startedUnixMs: Date.now(), ...(templates === null ? {} : { templates: texts }) });

  for (let i = 0; i < 3; i++) { run(bytes, templates, null); run(bytes, templates, catalogue); }
  const found = Array.from({ length: pairs }, () => { const before = run(bytes, templates, null); return [before, run(bytes, templates, catalogue)] as const; });
  const looked = catalogue.all().reduce((total, event) => total + event.looked, 0);
  return { without: median(found.map(([before]) => before)), with: median(found.map(([, after]) => after)), ns: median(found.map(([before, after]) => after - before)), lookedShare: Number((looked / catalogue.records).toFixed(5)) };
}

const median = (values: readonly number[]): number => Number(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(1));

const named = measure(true);
const templates = measure(false);
const share = Number((Math.max(named.ns, templates.ns) / agentNsPerRecord).toFixed(4));
console.log(JSON.stringify({
  bench: 'accounting', nsPerRecord: Math.max(named.ns, templates.ns), share, goal: goalShare, ofGoal: Number((share / goalShare).toFixed(2)), named, templates, agentNsPerRecord,
  bytesPerRecord: Math.round(request(true).length / recordsPerRequest), recordsPerRequest, pairs, unit: 'CPU nanoseconds a record, median of pairs; share of the microsecond that the agent takes for one',
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
