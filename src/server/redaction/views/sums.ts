// Sums over a range, by source: one pass over the buckets that several views share. Pure reading of the book.
import { noTotals, summaryOf, type AgentlessRow, type Bucket, type Flow, type Totals } from '../book/buckets.ts';
import type { RedactionBook } from '../book/book.ts';
import { otherSource, type Way } from '../book/names.ts';
import { slotOf, type Range } from './range.ts';

export interface SourceSums {
  masked: number; residual: number; ignored: number; dropped: number;
  /** Numbers of ways. */
  readonly rules: Set<number>;
  readonly ignoring: Set<number>;
}
export interface Sums {
  readonly range: Range; readonly sources: ReadonlyMap<number, SourceSums>; readonly flows: ReadonlyMap<string, Flow>; readonly totals: Totals;
  readonly masked: number; readonly residual: number; readonly dropped: number;
}

/** The buckets of a range, oldest first; of a part of it those that begin there. */
export const bucketsIn = (book: RedactionBook, { fromMs, toMs, part }: Range): readonly Bucket[] =>
  [...book.buckets.all].filter(({ t, width }) => t + width > fromMs && t <= toMs && (part === undefined || (Math.max(t, fromMs) >= part.fromMs && t < part.toMs))).sort((a, b) => a.t - b.t);

/** What a row counts: a finding that a rule hid, one that left, or one that was let pass by name. */
export const kindOf = (way: Way | undefined): 'masked' | 'residual' | 'ignored' => (way?.kind === 'exporter' ? 'residual' : way === undefined || way.action === 'ignore' ? 'ignored' : 'masked');

/** A source that was forgotten counts as `other`. */
export const sourceOf = (book: RedactionBook, row: AgentlessRow): number => (book.sources.get(row.source) === undefined ? otherSource : row.source);

export function sumsOf(book: RedactionBook, range: Range): Sums {
  const sources = new Map<number, SourceSums>();
  const [flows, totals] = [new Map<string, Flow>(), noTotals()];
  for (const bucket of bucketsIn(book, range)) {
    for (const row of summaryOf(bucket)) addRow(sumsAt(sources, sourceOf(book, row)), row, book.ways.get(row.way));
    for (const [service, flow] of bucket.flows) addFlow(flows, service, flow);
    for (const [name, value] of Object.entries(bucket.totals) as [keyof Totals, number][]) totals[name] += value;
  }
  const all = (of: (source: SourceSums) => number): number => [...sources.values()].reduce((sum, source) => sum + of(source), 0);
  return { range, sources, flows, totals, masked: all((s) => s.masked), residual: all((s) => s.residual), dropped: all((s) => s.dropped) };
}

function sumsAt(sources: Map<number, SourceSums>, no: number): SourceSums {
  const known = sources.get(no);
  if (known !== undefined) return known;
  const begun = { masked: 0, residual: 0, ignored: 0, dropped: 0, rules: new Set<number>(), ignoring: new Set<number>() };
  sources.set(no, begun);
  return begun;
}

function addRow(into: SourceSums, row: AgentlessRow, way: Way | undefined): void {
  const kind = kindOf(way);
  into[kind] += row.count;
  if (kind === 'ignored') { into.ignoring.add(row.way); return; }
  if (kind === 'masked') into.rules.add(row.way);
  if (way?.action === 'drop') into.dropped += row.records;
}

export type Spark = readonly { readonly masked: number; readonly residual: number }[];

/** Counts per bucket of the range: of some sources, for of all they would be most of the work. */
export function sparksOf(book: RedactionBook, range: Range, of: Iterable<number>): ReadonlyMap<number, Spark> {
  const sparks = new Map([...of].map((no) => [no, Array.from({ length: range.buckets }, () => ({ masked: 0, residual: 0 }))]));
  for (const bucket of bucketsIn(book, range)) {
    const slot = slotOf(range, bucket.t);
    for (const row of summaryOf(bucket)) {
      const at = sparks.get(sourceOf(book, row))?.[slot];
      const kind = kindOf(book.ways.get(row.way));
      if (at !== undefined && kind !== 'ignored') at[kind] += row.count;
    }
  }
  return sparks;
}

function addFlow(flows: Map<string, Flow>, service: string, flow: Flow): void {
  const known = flows.get(service) ?? { bytes: 0, coveredBytes: 0, records: 0, coveredRecords: 0 };
  flows.set(service, { bytes: known.bytes + flow.bytes, coveredBytes: known.coveredBytes + flow.coveredBytes, records: known.records + flow.records, coveredRecords: known.coveredRecords + flow.coveredRecords });
}
