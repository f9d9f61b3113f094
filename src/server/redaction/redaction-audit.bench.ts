// How long the redaction audit holds the server up: each of its answers over a book that is full, and reading one report of 800 KB.
import { cpus } from 'node:os';
import type { RedactionReport } from '../../model/index.ts';
import { leakedCell, maskedCell, redactionReport } from '../testing/redaction.ts';
import { RedactionBook } from './book/book.ts';
import { dayMs, maxRows } from './bounds.ts';
import { secondLook } from './report/second-look.ts';
import { overviewOf, seriesOf } from './views/overview.ts';
import { rangeOf } from './views/range.ts';
import { readerOf } from './views/reader.ts';
import { sourceDetail } from './views/source-detail.ts';
import { shown } from './views/source-facts.ts';
import { statesIn } from './views/states.ts';
import { sumsOf } from './views/sums.ts';

const goalMs = 50;
const nowMs = Date.parse('2027-01-15T08:00:00Z');
const agents = Array.from({ length: 50 }, (_, i) => ({ no: i + 1, id: `a${i}`, name: `agent-${i}`, connected: true, lastSeenAt: new Date(nowMs).toISOString() }));
const fleet = { all: agents, find: (no: number) => agents[no - 1] ?? null };
const sources = 5000;
const hex = (i: number): string => i.toString(16).padStart(16, '0');

/** As long as real ones, with names that no report had before. */
const names = (i: number, mark = '') => ({ durableId: `src/services/catalog/sync-${mark}${i % sources}.ts:${i % 97}`, source: `src/services/catalog/sync-${mark}${i % sources}.ts:${i % 97}`, context: `sync ${mark}${i % sources} failed with •••• at step four`, key: `http.request.header.x-${i % 13}` });

function fullBook(): RedactionBook {
  const book = new RedactionBook(secondLook(), () => false);
  const take = (agent: number, atMs: number, more: Partial<RedactionReport>) => book.take(Buffer.from(JSON.stringify(redactionReport(atMs, more))), { agent, offsetMs: () => 0 }, atMs);
  for (let agent = 1; agent <= 50; agent++) take(agent, nowMs - dayMs, { cells: Array.from({ length: 100 }, (_, i) => maskedCell(nowMs - dayMs, names(agent * 100 + i))), residual: Array.from({ length: 100 }, (_, i) => leakedCell(nowMs - dayMs, names(agent * 100 + i))) });
  const known = [...book.sources.all].map(({ no }) => no);
  const ways = [book.ways.rule({ id: 'r1', name: 'hide-tokens', version: 1 }, 'mask'), book.ways.exporter('otlp-main')];
  for (let i = 0; book.buckets.rowCount < maxRows; i++) {
    const bucket = book.buckets.at(nowMs - (i * 10_000) % (dayMs / 4), nowMs);
    book.buckets.add(bucket, { source: known[i % known.length]!, agent: 1 + i % 50, way: ways[i % 2]!, count: 1 + i % 9, records: 1 }, () => 0);
    if (i > maxRows * 4) break;
  }
  return book;
}

const slowest = (times: number, what: (i: number) => unknown): number => Math.max(...Array.from({ length: times }, (_, i) => { const start = performance.now(); what(i); return performance.now() - start; }));

const book = fullBook();
/** As each request makes it anew. */
const readerNow = () => readerOf(book, fleet, nowMs, { endOf: () => null });
const reader = readerNow();
const ask = (seconds: number) => sumsOf(book, rangeOf(seconds, nowMs, 60));
const facts = { seconds: 900, fullUntilMs: null, period: { name: 'd', endsAtMs: nowMs }, writes: { failed: 0, lastError: null, lastWrittenMs: null } };
const [one] = book.sources.all;
const first = performance.now();
statesIn(reader, ask(604_800));
const cold = performance.now() - first;
const answers = Object.fromEntries([900, 86_400, 604_800].flatMap((seconds) => [
  [`overview ${seconds}`, slowest(5, () => overviewOf(readerNow(), ask(seconds), { ...facts, seconds }))], [`sources ${seconds}`, slowest(5, () => { const [asked, sums] = [readerNow(), ask(seconds)]; return JSON.stringify(shown(asked, sums, statesIn(asked, sums).slice(0, 500))); })],
  [`series ${seconds}`, slowest(5, () => JSON.stringify(seriesOf(reader, { seconds }, 'detector', null)))], [`detail ${seconds}`, slowest(5, () => sourceDetail(reader, one!, ask(seconds), () => null))],
]));

const cells = (n: number, mark: string) => ({ cells: Array.from({ length: n }, (_, i) => maskedCell(nowMs, { ...names(i, mark), fingerprints: [hex(i), hex(i + 7)] })) });
const bytesOf = (n: number, mark: string): Buffer => Buffer.from(JSON.stringify(redactionReport(nowMs, cells(n, mark))));
const take = (book: RedactionBook, data: Buffer, agent: number): void => { if (!book.take(data, { agent, offsetMs: () => 0 }, nowMs)) throw new Error('The report was refused.'); };
const large = 1700;
const ingest = {
  bytes: bytesOf(large, 'n').length, 'ms, new names': slowest(3, (i) => { take(new RedactionBook(secondLook(), () => false), bytesOf(large, `n${i}-`), 1); }),
  'ms, known names': (() => { const book = new RedactionBook(secondLook(), () => false); take(book, bytesOf(large, 'k'), 1); return slowest(5, (i) => { take(book, bytesOf(large, 'k'), i + 2); }); })(),
  'ms, one part of 500 cells, new names': (() => { const book = new RedactionBook(secondLook(), () => false); return slowest(5, (i) => { take(book, bytesOf(500, `p${i}-`), i + 1); }); })(),
};
const round = (figures: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]));
console.log(JSON.stringify({ bench: 'redaction-audit', goal: `< ${goalMs} ms each`, slowest: Math.round(Math.max(...Object.values(answers))), rows: book.buckets.rowCount, cold: Math.round(cold), answers: round(answers), ingest: round(ingest), machine: `${cpus().length} x ${cpus()[0]?.model ?? ''}` }));
