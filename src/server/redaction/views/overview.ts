// The audit at a glance, and counts over time. Pure reading.
import type { z } from 'zod';
import type { FullScan, RedactionOverview, RedactionSeries, seriesBy } from '../../../model/index.ts';
import type { RedactionBook } from '../book/book.ts';
import { summaryOf, type AgentlessRow } from '../book/buckets.ts';
import { scanShown } from '../book/full-scans.ts';
import type { Source } from '../book/names.ts';
import type { Writes } from '../writer.ts';
import { rangeOf, slotOf, type Range, type RangePart } from './range.ts';
import type { Reader } from './reader.ts';
import { countedBy, kindOfSource, statesIn } from './states.ts';
import { bucketsIn, flowsIn, kindOf, sourceOf, sumsOf, type Sums } from './sums.ts';

export interface OverviewFacts { readonly seconds: number; readonly fullUntilMs: number | null; readonly period: { readonly name: string; readonly endsAtMs: number }; readonly writes: Writes }

/** "Now" of a rate and of the coverage: the last minute. */
const rateSeconds = 60;
const coverageSeconds = 60;

export function overviewOf(reader: Reader, sums: Sums, { seconds, fullUntilMs, period, writes }: OverviewFacts): RedactionOverview {
  const states = statesIn(reader, sums);
  const { leaking, unproved, clean, ignored, allowList } = countedBy(states);
  const worst = first(leaking, (a, b) => b.sums.residual - a.sums.residual);
  const stopped = first(clean.filter(({ lastLeakMs }) => lastLeakMs !== null), (a, b) => (b.standing.cleanSinceMs ?? 0) - (a.standing.cleanSinceMs ?? 0));
  const { totals } = sums;
  const distinct = reader.book.distinct.allSince(sums.range.fromMs, ({ source }) => kindOfSource(reader.book.sources.get(source)?.detector ?? '') !== 'allow-list');
  const recent = Math.min(rateSeconds, seconds);
  const { bytes, ofBytes, records, ofRecords, findings, residual, services, fingerprints } = totals;
  return {
    now: reader.nowMs, seconds, leaking: leaking.length, unproved: unproved.length, clean: clean.length, ignored: ignored.length,
    lastStopped: stopped === null ? null : { detector: stopped.source.detector, at: new Date(stopped.standing.cleanSinceMs ?? 0).toISOString() },
    worstLeak: worst === null ? null : { detector: worst.source.detector, service: worst.source.service, residual: worst.sums.residual },
    masked: sums.masked, maskedPerSecond: rateOf(reader, recent), findings: sums.masked + sums.residual, distinct: Math.min(distinct.distinct, sums.masked + sums.residual), distinctIsFloor: distinct.isFloor, dropped: sums.dropped,
    scanned: { records, ofRecords, bytes, ofBytes, found: sums.residual, foundRecords: sums.residualRecords, fullUntil: fullUntilMs === null ? null : new Date(fullUntilMs).toISOString() },
    allowList: { sources: allowList.length, removed: sums.removedByList }, fullScans: scansIn(reader, sums.range), ...downstreamOf(reader),
    coverageSeconds, coverage: coverageOf(flowsIn(reader.book, lately(reader.nowMs))),
    overflow: { findings, residual, services, fingerprints }, period: { name: period.name, endsAt: new Date(period.endsAtMs).toISOString() },
    book: { refused: totals.refused, folded: totals.folded, failedWrites: writes.failed, lastWriteError: writes.lastError, lastWrittenAt: writes.lastWrittenMs === null ? null : new Date(writes.lastWrittenMs).toISOString() },
  };
}

const scansIn = ({ book, fleet, nowMs }: Reader, { fromMs }: Range): FullScan[] =>
  book.fullScans.all.filter(({ toMs }) => toMs >= fromMs).map((scan) => scanShown(scan, nowMs, (no) => fleet.find(no)?.name ?? `agent ${no}`));

/** Nothing while no agent that is there has said. */
function downstreamOf({ fleet }: Reader): Pick<RedactionOverview, 'downstream'> {
  const said = fleet.all.flatMap(({ connected, downstream }) => (connected && downstream !== undefined ? [downstream] : []));
  return said.length === 0 ? {} : { downstream: said.includes(true) };
}

const first = <T>(list: readonly T[], order: (a: T, b: T) => number): T | null => list.reduce<T | null>((best, one) => (best === null || order(one, best) < 0 ? one : best), null);

/** The most first. */
export const coverageOf = (flows: Sums['flows']): RedactionOverview['coverage'] => [...flows].map(([service, flow]) => ({ service, ...flow })).sort((a, b) => b.bytes - a.bytes || (a.service < b.service ? -1 : 1));

/** The buckets that began in the last minute. */
const lately = (nowMs: number): Range => ({ fromMs: Math.ceil((nowMs - coverageSeconds * 1000) / 10_000) * 10_000, originMs: 0, toMs: nowMs, bucketMs: 10_000, buckets: 1 });

/** Of whole buckets alone: the running one is not full yet. */
function rateOf({ book, nowMs }: Reader, seconds: number): number {
  const endMs = Math.floor(nowMs / 10_000) * 10_000;
  const range: Range = { fromMs: endMs - Math.max(10, Math.floor(seconds / 10) * 10) * 1000, originMs: 0, toMs: endMs - 1, bucketMs: 10_000, buckets: 1 };
  return Math.round(sumsOf(book, range).masked / ((endMs - range.fromMs) / 1000) * 100) / 100;
}

const mostSeries = 12;
const mostPoints = 360;
const other = 'other';

/** What was found, hidden or not, by detector, service, key or rule (what left has none); by state the two apart. `source` null: of all but what
 *  an allow-list took away. */
export function seriesOf({ book, nowMs }: Reader, { seconds, part }: { readonly seconds: number; readonly part?: RangePart | undefined }, by: z.infer<typeof seriesBy>, source: Source | null): RedactionSeries {
  const range = rangeOf(seconds, nowMs, mostPoints, part);
  const series = new Map<string, number[]>();
  for (const bucket of bucketsIn(book, range)) {
    const slot = slotOf(range, bucket.t);
    for (const row of summaryOf(bucket)) {
      if (source !== null && row.source !== source.no) continue;
      const name = nameOf(book, row, by);
      if (name === null || (source === null && kindOfSource(book.sources.get(sourceOf(book, row))?.detector ?? '') === 'allow-list')) continue;
      const counts = series.get(name) ?? Array.from<number>({ length: range.buckets }).fill(0);
      series.set(name, counts);
      counts[slot] = (counts[slot] ?? 0) + row.count;
    }
  }
  return { bucketMs: range.bucketMs, times: Array.from({ length: range.buckets }, (_, i) => range.originMs + i * range.bucketMs), series: largest(series) };
}

function nameOf(book: RedactionBook, row: AgentlessRow, by: z.infer<typeof seriesBy>): string | null {
  const way = book.ways.get(row.way);
  const kind = kindOf(way);
  if (kind === 'ignored') return null;
  if (by === 'state') return kind;
  if (by === 'rule') return kind === 'residual' ? 'no rule' : way?.name ?? other;
  return book.sources.get(sourceOf(book, row))?.[by] ?? other;
}

function largest(series: ReadonlyMap<string, number[]>): RedactionSeries['series'] {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const sorted = [...series].map(([name, counts]) => ({ name, counts })).sort((a, b) => Number(a.name === other) - Number(b.name === other) || total(b.counts) - total(a.counts));
  const [first, rest] = [sorted.slice(0, mostSeries), sorted.slice(mostSeries)];
  return rest.length === 0 ? first : [...first.filter(({ name }) => name !== other), { name: other, counts: (first[0]?.counts ?? []).map((_, i) => [...rest, ...first.filter(({ name }) => name === other)].reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0)) }];
}
