// The proof: what was hidden and what left in a range, with everything that is needed to judge it: which agents, which rules in
// which version, how much of what left was covered and scanned, and what the book had to leave out. Pure reading.
import type { CanaryRun, FullScan, RedactionOverview, SourceAgent } from '../../../model/index.ts';
import type { Way } from '../book/names.ts';
import { coverageOf, overviewOf, type OverviewFacts } from '../views/overview.ts';
import { rangeOf, slotOf } from '../views/range.ts';
import type { Reader } from '../views/reader.ts';
import { partsOf, sourceAgents } from '../views/source-detail.ts';
import { factsOf, type SourceFacts } from '../views/source-facts.ts';
import { statesIn } from '../views/states.ts';
import { bucketsIn, isSampled, kindOf, sourceOf, sumsOf, type Sums } from '../views/sums.ts';

interface ProofHeader {
  readonly proof: 'weir.redaction'; readonly version: 1; readonly generatedAt: string; readonly by: string; readonly server: string;
  /** What was counted, in every part of the file: what was asked for, from a whole stored bucket on. */
  readonly range: { readonly seconds: number; readonly from: string; readonly to: string; readonly bucketMs: number };
  readonly agents: readonly { readonly id: string; readonly name: string; readonly connected: boolean; readonly lastSeenAt: string; readonly rules: readonly { readonly id: string; readonly version: number; readonly appliedAt: string }[] }[];
  /** What hid something in the range. */
  readonly rules: readonly { readonly id: string; readonly name: string; readonly version: number; readonly action: string }[];
  /** Share of the records that left which the independent scan looked at; null when nothing left. */
  readonly scannedShare: number | null;
  /** What left was looked at in part: counts of what was seen leaving, since a deployment too, are the least that left. */
  readonly residualIsFloor: boolean;
  /** Its coverage is of the whole range. */
  readonly summary: Omit<RedactionOverview, 'now' | 'seconds' | 'maskedPerSecond' | 'fullScans'>;
  /** Times in which all that left was scanned, newest first. */
  readonly fullScans: readonly ProofScan[];
  /** The last canary run; null when there was none. */
  readonly canary: CanaryRun | null;
  readonly sources: number; readonly rows: number;
}
/** With its times as text, too, as an auditor reads them. */
export interface ProofScan extends FullScan { readonly from: string; readonly to: string }
/** What runs on each agent stands in the header. */
interface ProofSource extends Omit<SourceFacts, 'agents'> { readonly agents: readonly Omit<SourceAgent, 'applied'>[] }
/** Of one bucket, source, agent and rule or exporter. */
export interface ProofRow { readonly t: number; readonly source: SourceFacts; readonly agent: string; readonly way: Way; readonly kind: 'masked' | 'residual' | 'ignored'; readonly count: number; readonly records: number }
export interface Proof { readonly header: ProofHeader; readonly sources: readonly ProofSource[]; readonly rows: readonly ProofRow[] }

/** Rows beyond are summed over longer buckets instead: a proof is read by people and spreadsheets. */
const mostRows = 20_000;
const finest = 360;

/** `canary`: the last run. */
export function proofOf(reader: Reader, facts: OverviewFacts & { readonly canary: CanaryRun | null }, by: string, server: string): Proof {
  const sums = sumsOf(reader.book, rangeOf(facts.seconds, reader.nowMs, finest));
  const states = statesIn(reader, sums);
  const all = states.map((state) => factsOf(reader, state, sums));
  const rows = rowsOf(reader, sums, all);
  const parts = partsOf(reader.book, sums);
  const sources = all.map((source, i) => ({ ...source, agents: sourceAgents(reader, states[i]!.source, parts.get(states[i]!.source.no)).map(withoutApplied) }));
  return { header: headerOf(reader, sums, facts, { by, server, sources: sources.length, rows: rows.length }), sources, rows };
}

function withoutApplied(agent: SourceAgent): Omit<SourceAgent, 'applied'> {
  const { applied: _, ...rest } = agent;
  return rest;
}

function headerOf(reader: Reader, sums: Sums, facts: OverviewFacts & { readonly canary: CanaryRun | null }, more: Pick<ProofHeader, 'by' | 'server' | 'sources' | 'rows'>): ProofHeader {
  const { book, fleet, nowMs } = reader;
  const { now: _, seconds: __, maskedPerSecond: ___, fullScans = [], ...summary } = { ...overviewOf(reader, sums, facts), coverageSeconds: facts.seconds, coverage: coverageOf(sums.flows) };
  const ways = new Set([...sums.sources.values()].flatMap(({ rules }) => [...rules]));
  return {
    proof: 'weir.redaction', version: 1, generatedAt: new Date(nowMs).toISOString(), range: { seconds: facts.seconds, from: new Date(sums.range.fromMs).toISOString(), to: new Date(nowMs).toISOString(), bucketMs: sums.range.bucketMs }, ...more,
    agents: fleet.all.map(({ no, id, name, connected, lastSeenAt }) => ({ id, name, connected, lastSeenAt, rules: book.agents.of(no).applied.map(({ ruleId, version, atMs }) => ({ id: ruleId, version, appliedAt: new Date(atMs).toISOString() })) })),
    rules: [...ways].flatMap((no) => { const way = book.ways.get(no); return way === undefined ? [] : [{ id: way.ruleId, name: way.name, version: way.version, action: way.action }]; }),
    scannedShare: summary.scanned.ofRecords === 0 ? null : summary.scanned.records / summary.scanned.ofRecords, residualIsFloor: isSampled(sums), summary,
    fullScans: fullScans.map((scan) => ({ from: new Date(scan.fromUnixMs).toISOString(), to: new Date(scan.toUnixMs).toISOString(), ...scan })), canary: facts.canary,
  };
}

/** As fine as the range's buckets, or coarser until they are few enough. */
function rowsOf(reader: Reader, sums: Sums, sources: readonly SourceFacts[]): readonly ProofRow[] {
  for (let coarser = 1; ; coarser *= 2) {
    const rows = summed(reader, sums, sources, coarser);
    if (rows.length <= mostRows || coarser >= finest) return rows;
  }
}

function summed({ book, fleet }: Reader, sums: Sums, sources: readonly SourceFacts[], coarser: number): readonly ProofRow[] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const rows = new Map<string, ProofRow>();
  for (const bucket of bucketsIn(book, sums.range)) {
    const t = Math.max(sums.range.fromMs, sums.range.originMs + Math.floor(slotOf(sums.range, bucket.t) / coarser) * coarser * sums.range.bucketMs);
    for (const row of bucket.rows.values()) {
      const [no, way] = [sourceOf(book, row), book.ways.get(row.way)];
      const source = byId.get(book.sources.get(no)?.id ?? '');
      if (source === undefined || way === undefined) continue;
      const key = `${t} ${no} ${row.agent} ${row.way}`;
      const known = rows.get(key);
      rows.set(key, { t, source, agent: row.agent === 0 ? 'other agents' : fleet.find(row.agent)?.name ?? `agent ${row.agent}`, way, kind: kindOf(way), count: row.count + (known?.count ?? 0), records: row.records + (known?.records ?? 0) });
    }
  }
  return [...rows.values()];
}
