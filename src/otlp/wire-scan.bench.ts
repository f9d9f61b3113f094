// How fast the wire is scanned: walk a request of 1,000 log records of about 400 bytes and hash each event name.
// Prints one JSON line; the median of the runs counts. `npm run bench -- wire-scan`
import { cpus } from 'node:os';
import { codec, encodeLogs } from './index.ts';

const recordsPerRequest = 1000;
const runs = 9;
const requestsPerRun = 2000;
const goalPerSecond = 5_000_000;

/** A record as a web shop's frontend writes it: eight attributes, trace context, event name. */
const record = (i: number) => ({
  timeUnixNano: 1_760_000_000_000_000_000n + BigInt(i), observedUnixNano: 1_760_000_000_000_100_000n + BigInt(i), severityNumber: 9, severityText: 'INFO',
  body: `order ${i} accepted for customer ${i * 7} in 12 ms, 3 items, paid by invoice, to be shipped on the next day`, eventName: i % 3 === 0 ? 'LogLaunch' : 'OrderAccepted', flags: 1,
  traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174',
  attributes: {
    'http.request.method': 'POST', 'http.route': '/api/v1/orders', 'http.response.status_code': 201, 'order.id': 100_000 + i,
    'code.file.path': 'src/orders/accept.ts', 'code.line.number': 42, 'cart.items': 3, 'user.tier': 'gold',
  },
});

const request = encodeLogs({ 'service.name': 'frontend', 'service.version': '1.2.3' }, 'orders', Array.from({ length: recordsPerRequest }, (_, i) => record(i)));
const cursor = codec.cursor();
const key = new TextEncoder().encode('http.route');
const severityText = codec.columnId('logs', 'SeverityText');

function walkOnly(): number {
  const walked = codec.walk('logs', request);
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value.recordCount;
}

function scan(touch: (index: number) => number): number {
  const walked = codec.walk('logs', request);
  if (!walked.ok) throw new Error(walked.error.message);
  cursor.reset(walked.value);
  let sum = 0;
  for (let i = 0; i < walked.value.recordCount; i++) { cursor.moveTo(i); sum ^= touch(i); }
  return sum;
}

function measure(once: () => number): number {
  const rates: number[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const before = process.cpuUsage();
    for (let i = 0; i < requestsPerRun; i++) once();
    const used = process.cpuUsage(before);
    rates.push((requestsPerRun * recordsPerRequest) / ((used.user + used.system) / 1e6));
  }
  // The first two runs warm the compiler.
  return rates.slice(2).toSorted((a, b) => a - b)[Math.floor(runs / 2)]!;
}

const perSecond = measure(() => scan(() => cursor.eventNameHash()));
const walkPerSecond = measure(walkOnly);
const twoFieldsPerSecond = measure(() => scan(() => {
  const hash = cursor.eventNameHash();
  return hash ^ (cursor.slice(severityText) ? cursor.sliceStart : 0) ^ (cursor.attributeSlice(key) ? cursor.sliceStart : 0);
}));

console.log(JSON.stringify({
  bench: 'wire-scan', recordsPerSecondPerCore: Math.round(perSecond), goal: goalPerSecond, ofGoal: Number((perSecond / goalPerSecond).toFixed(2)),
  walkOnly: Math.round(walkPerSecond), withSeverityAndOneAttribute: Math.round(twoFieldsPerSecond),
  bytesPerRecord: Math.round(request.length / recordsPerRequest), recordsPerRequest, runs, unit: 'records per CPU second, median',
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
