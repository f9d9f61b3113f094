// A KQL filter over a million buffered rows, as the tail worker runs it, in Node. Typical filters, each over the whole
// buffer; the slowest median counts against the goal. `npm run bench -- tail-filter`
import { cpus } from 'node:os';
import { ManualClock } from '../../../base/index.ts';
import type { Expr } from '../../../kql/index.ts';
import type { SubscriptionId } from '../../../model/index.ts';
import { codec, encodeLogs, type LogInput } from '../../../otlp/index.ts';
import { compileRowFilter } from './store/row-filter.ts';
import { computeFacets } from './store/facets.ts';
import { computeHistogram } from './store/histogram.ts';
import { FilteredView } from './store/filtered-view.ts';
import { TailStore } from './store/tail-store.ts';
import { attribute, call, column, isService, literal, severityAtLeast, where } from './testing/plans.ts';

const rows = 1_000_000;
const perFrame = 500;
/** Frames built anew; the rest of the buffer are copies of their bytes at other addresses. */
const distinctFrames = 50;
const runs = 7;
const goalMs = 150;
const startNano = 1_760_000_000_000_000_000n;

/** About 250 bytes, so that a million rows fit the tail's 256 MB. */
const record = (i: number): LogInput => ({
  timeUnixNano: startNano + BigInt(i) * 50_000n, severityNumber: i % 97 === 0 ? 17 : i % 13 === 0 ? 13 : 9, severityText: 'INFO',
  body: `item ${i % 1000} added to the cart of customer ${i * 7}${i % 200 === 0 ? ', timeout' : ''}`, eventName: ['CartItemAdded', 'QueueDepth', 'CheckoutStarted', ''][i % 4]!,
  traceId: '5b8efff798038103d269b633813fc60c', attributes: { 'http.route': '/api/v1/cart', sku: `MUG-${i % 500}`, qty: i % 5, 'code.file.path': 'src/cart/add.ts', 'code.line.number': 42 },
});

function fill(): TailStore {
  const store = new TailStore(codec, { maxRows: rows, maxBytes: 2 ** 31 });
  const payloads = Array.from({ length: distinctFrames }, (_, f) => encodeLogs({ 'service.name': `service-${f % 8}`, 'host.name': `host-${f}` }, 'bench', Array.from({ length: perFrame }, (_, i) => record(f * perFrame + i))));
  for (let at = 0, f = 0; at < rows; at += perFrame, f++) {
    store.append({ signal: 'logs', stage: 'out', subscription: 1 as SubscriptionId, records: perFrame, shedByAgent: 0, shedByServer: 0, agentOrdinal: f % 4, ratio: 1, sentUnixMs: 1_760_000_000_000 + at / 20, payload: payloads[f % distinctFrames]!.slice() });
  }
  return store;
}

const filters: Readonly<Record<string, Expr>> = {
  'SeverityNumber >= 13': severityAtLeast(13),
  'ServiceName == "service-3" and SeverityNumber >= 9': call('and', isService('service-3'), severityAtLeast(9)),
  'EventName == "QueueDepth"': call('==', column('EventName'), literal('QueueDepth')),
  'Body has "timeout"': call('has', column('Body', 'dynamic'), literal('timeout')),
  'SeverityNumber >= 9 and Attributes.sku == "MUG-7"': call('and', severityAtLeast(9), call('==', attribute('sku'), literal('MUG-7'))),
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const timed = (run: () => void): number => { const before = performance.now(); run(); return performance.now() - before; };
const rounded = (ms: number): number => Math.round(ms * 10) / 10;

const fillStarted = performance.now();
const store = fill();
const ingestPerSecond = Math.round(rows / ((performance.now() - fillStarted) / 1000));
const view = new FilteredView(store);
const now = () => performance.now();
const result: Record<string, { ms: number; matched: number }> = {};
for (const [text, predicate] of Object.entries(filters)) {
  const times = Array.from({ length: runs }, () => timed(() => {
    const filter = compileRowFilter(where(predicate), store.ring, new ManualClock(startNano));
    if (!filter.ok) throw new Error(filter.error.message);
    view.setFilter(filter.value);
    while (!view.advance(now() + 8, now));
  }));
  result[text] = { ms: rounded(median(times)), matched: view.matches.length };
}
view.setFilter(null);
while (!view.advance(now() + 8, now));
const facetsMs = rounded(median(Array.from({ length: runs }, () => timed(() => computeFacets(store, view.matches, view.matches.length, [])))));
const histogramMs = rounded(median(Array.from({ length: runs }, () => timed(() => computeHistogram(store, view.matches, view.matches.length, 150)))));
console.log(JSON.stringify({
  bench: 'tail-filter', rows: store.ring.length, heldMiB: Math.round(store.heldBytes / 2 ** 20), worstMs: Math.max(...Object.values(result).map((one) => one.ms)), goalMs, filters: result,
  facetsMs, histogramMs, ingestPerSecond, machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.versions.node}`,
}));
