// Sums over a range, by source: one pass over the buckets that several views share. Pure reading of the book.
import { allowListName } from '../../../redaction/index.ts';
import { noTotals, summaryOf, type AgentlessRow, type Bucket, type Flow, type Totals } from '../book/buckets.ts';
import type { RedactionBook } from '../book/book.ts';
import { otherSource, type Way } from '../book/names.ts';
import { slotOf, type Range } from './range.ts';

export interface SourceSums {
  masked: number; residual: number; ignored: number; dropped: number;
  /** Records that left with what `residual` counts. */
  residualRecords: number;
  /** Numbers of ways. */
  readonly rules: Set<number>;
  readonly ignoring: Set<number>;
}
export interface Sums {
  readonly range: Range; readonly sources: ReadonlyMap<number, SourceSums>; readonly flows: ReadonlyMap<string, Flow>; readonly totals: Totals;
  /** What an allow-list took away is in none of these: nobody knows of a secret in it. */
  readonly masked: number; readonly residual: number; readonly residualRecords: number; readonly dropped: number; readonly removedByList: number;
}

/** Whether something left in the range that the independent scan did not look at: then what it saw leaving is a floor. */
export const isSampled = ({ totals: { bytes, ofBytes, records, ofRecords } }: Sums): boolean => bytes < ofBytes || records < ofRecords;

/** The buckets of a range, oldest first; of a part of it those that begin there. */
export const bucketsIn = (book: RedactionBook, { fromMs, toMs, part }: Range): readonly Bucket[] =>
  [...book.buckets.all].filter(({ t, width }) => t + width > fromMs && t <= toMs && (part === undefined || (Math.max(t, fromMs) >= part.fromMs && t < part.toMs))).sort((a, b) => a.t - b.t);

/** What a row counts: a finding that a rule hid, one that left, or one that was let pass by name. */
export const kindOf = (way: Way | undefined): 'masked' | 'residual' | 'ignored' => (way?.kind === 'exporter' ? 'residual' : way === undefined || way.action === 'ignore' ? 'ignored' : 'masked');

/** A source that was forgotten counts as `other`. */
export const sourceOf = (book: RedactionBook, row: AgentlessRow): number => (book.sources.get(row.source) === undefined ? otherSource : row.source);

export function sumsOf(book: RedactionBook, range: Range): Sums {
  const found = new Map<number, SourceSums>();
  const [flows, totals, wayOf] = [new Map<string, Flow>(), noTotals(), knownWays(book)];
  for (const bucket of bucketsIn(book, range)) {
    for (const row of summaryOf(bucket)) addRow(sumsAt(found, row.source), row, wayOf(row.way));
    for (const [service, flow] of bucket.flows) addFlow(flows, service, flow);
    for (const [name, value] of Object.entries(bucket.totals) as [keyof Totals, number][]) totals[name] += value;
  }
  const sources = withoutForgotten(book, found);
  const isListed = (no: number): boolean => book.sources.get(no)?.detector === allowListName;
  const all = (of: (source: SourceSums) => number, listed = false): number => [...sources].reduce((sum, [no, source]) => (isListed(no) === listed ? sum + of(source) : sum), 0);
  // Counted when it left and when it was scanned, which may be later: at the edges of a range more may have been scanned than left in it.
  const scanned = { ...totals, bytes: Math.min(totals.bytes, totals.ofBytes), records: Math.min(totals.records, totals.ofRecords) };
  return {
    range, sources, flows, totals: scanned, masked: all((s) => s.masked), residual: all((s) => s.residual), residualRecords: Math.min(scanned.records, all((s) => s.residualRecords)), dropped: all((s) => s.dropped) + all((s) => s.dropped, true),
    removedByList: all((s) => s.masked, true),
  };
}

interface KnownWay { readonly kind: ReturnType<typeof kindOf>; readonly drops: boolean }

/** There are few ways and very many rows: each way is looked at once. */
function knownWays(book: RedactionBook): (no: number) => KnownWay {
  const ways: KnownWay[] = [];
  return (no) => {
    const known = ways[no];
    if (known !== undefined) return known;
    const way = book.ways.get(no);
    return ways[no] = { kind: kindOf(way), drops: way?.action === 'drop' };
  };
}

function sumsAt(sources: Map<number, SourceSums>, no: number): SourceSums {
  const known = sources.get(no);
  if (known !== undefined) return known;
  const begun = { masked: 0, residual: 0, ignored: 0, dropped: 0, residualRecords: 0, rules: new Set<number>(), ignoring: new Set<number>() };
  sources.set(no, begun);
  return begun;
}

function addRow(into: SourceSums, row: AgentlessRow, { kind, drops }: KnownWay): void {
  into[kind] += row.count;
  if (kind === 'ignored') { into.ignoring.add(row.way); return; }
  if (kind === 'residual') into.residualRecords += row.records;
  if (kind === 'masked') into.rules.add(row.way);
  if (drops) into.dropped += row.records;
}

/** Sources that were forgotten count as `other`. */
function withoutForgotten(book: RedactionBook, found: Map<number, SourceSums>): Map<number, SourceSums> {
  for (const [no, sums] of found) {
    if (no === otherSource || book.sources.get(no) !== undefined) continue;
    found.delete(no);
    const other = sumsAt(found, otherSource);
    for (const count of ['masked', 'residual', 'residualRecords', 'ignored', 'dropped'] as const) other[count] += sums[count];
    for (const way of sums.rules) other.rules.add(way);
    for (const way of sums.ignoring) other.ignoring.add(way);
  }
  return found;
}

export type Spark = { masked: number; residual: number }[];

/** Counts per bucket of the range: of some sources, for of all they would be most of the work. */
export function sparksOf(book: RedactionBook, range: Range, of: Iterable<number>): ReadonlyMap<number, Spark> {
  const wayOf = knownWays(book);
  const sparks = new Map([...of].map((no) => [no, Array.from({ length: range.buckets }, () => ({ masked: 0, residual: 0 }))]));
  for (const bucket of bucketsIn(book, range)) {
    const slot = slotOf(range, bucket.t);
    for (const row of summaryOf(bucket)) {
      const at = sparks.get(sourceOf(book, row))?.[slot];
      if (at === undefined) continue;
      const { kind } = wayOf(row.way);
      if (kind !== 'ignored') at[kind] += row.count;
    }
  }
  return sparks;
}

/** What passed in a range, by service, and how much of it under a rule. */
export function flowsIn(book: RedactionBook, range: Range): Sums['flows'] {
  const flows = new Map<string, Flow>();
  for (const bucket of bucketsIn(book, range)) for (const [service, flow] of bucket.flows) addFlow(flows, service, flow);
  return flows;
}

function addFlow(flows: Map<string, Flow>, service: string, flow: Flow): void {
  const known = flows.get(service) ?? { bytes: 0, coveredBytes: 0, records: 0, coveredRecords: 0 };
  flows.set(service, { bytes: known.bytes + flow.bytes, coveredBytes: known.coveredBytes + flow.coveredBytes, records: known.records + flow.records, coveredRecords: known.coveredRecords + flow.coveredRecords });
}
