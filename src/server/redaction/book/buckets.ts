// Counts over time: ten-second buckets for an hour, minutes for a day, hours for a month. Everything is additive, so folding
// loses resolution and never a count; what lost its agent or its source to a bound is counted under `other`.
import type { CoverageCell, RedactionReport } from '../../../model/index.ts';
import { maxBucketRows, maxRows, maxServices, retentionMs, widths } from '../bounds.ts';

/** `agent` 0: agents that are no longer told apart. */
export interface Row { readonly source: number; readonly agent: number; readonly way: number; count: number; records: number }
export interface Flow { bytes: number; coveredBytes: number; records: number; coveredRecords: number }
export interface Totals {
  bytes: number; ofBytes: number; records: number; ofRecords: number;
  findings: number; residual: number; services: number; fingerprints: number;
  /** Reports, cells and fingerprints that this server refused; counts whose source or agent it no longer tells apart. */
  refused: number; folded: number;
}
export const noTotals = (): Totals => ({ bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, findings: 0, residual: 0, services: 0, fingerprints: 0, refused: 0, folded: 0 });

/** The rows of one bucket without their agents. */
export type AgentlessRow = Omit<Row, 'agent'>;

export interface Bucket {
  readonly width: number; readonly t: number;
  /** Made when somebody reads; most buckets change no more. */
  summary: readonly AgentlessRow[] | null;
  readonly rows: Map<number, Row>; readonly flows: Map<string, Flow>; readonly totals: Totals;
  /** Not written down yet: keys of rows, services, and whether the totals are. */
  readonly dirtyRows: Set<number>; readonly dirtyFlows: Set<string>; dirtyTotals: boolean;
}
export interface BucketName { readonly width: number; readonly t: number }

/** Whole numbers below 2^53 for 8,192 sources, a million agents, 4,096 ways. */
const rowKey = (source: number, agent: number, way: number): number => (source * 1_048_576 + agent % 1_048_576) * 4096 + way;
const floor = (ms: number, width: number): number => Math.floor(ms / width) * width;

export class Buckets {
  readonly #buckets = new Map<string, Bucket>();
  /** Folded or past their time: to be deleted where they are stored, before what is touched is written. */
  readonly gone = new Map<string, BucketName>();
  readonly touched = new Set<Bucket>();
  #rows = 0;

  get rowCount(): number { return this.#rows; }
  get all(): Iterable<Bucket> { return this.#buckets.values(); }

  /** The bucket of a moment that is `nowMs` or earlier; older ones are coarser. */
  at(ms: number, nowMs: number): Bucket {
    const age = nowMs - ms;
    const width = (widths.find(({ untilMs }) => age < untilMs) ?? widths[2]).ms;
    return this.named(width, floor(Math.max(ms, nowMs - retentionMs + width), width));
  }

  named(width: number, t: number): Bucket {
    const name = `${width} ${t}`;
    const known = this.#buckets.get(name);
    if (known !== undefined) return known;
    const bucket: Bucket = { width, t, summary: null, rows: new Map(), flows: new Map(), totals: noTotals(), dirtyRows: new Set(), dirtyFlows: new Set(), dirtyTotals: false };
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /** `other()` is the number of the source that stands for all without room. */
  add(bucket: Bucket, row: Row, other: () => number): void {
    const fits = this.#fit(bucket, row);
    const { source, agent, way } = fits === 'whole' ? row : fits === 'agent' ? { ...row, agent: 0 } : { ...row, agent: 0, source: other() };
    const key = rowKey(source, agent, way);
    const known = bucket.rows.get(key);
    if (known === undefined) this.#rows++;
    bucket.rows.set(key, { source, agent, way, count: (known?.count ?? 0) + row.count, records: (known?.records ?? 0) + row.records });
    bucket.summary = null;
    bucket.dirtyRows.add(key);
    this.touched.add(bucket);
    if (fits !== 'whole') this.count(bucket, { folded: row.count });
  }

  #fit(bucket: Bucket, { source, agent, way }: Row): 'whole' | 'agent' | 'none' {
    if (bucket.rows.size < maxBucketRows || bucket.rows.has(rowKey(source, agent, way))) return 'whole';
    return bucket.rows.size < 2 * maxBucketRows || bucket.rows.has(rowKey(source, 0, way)) ? 'agent' : 'none';
  }

  addFlow(bucket: Bucket, { service, ...flow }: CoverageCell): void {
    const name = bucket.flows.has(service) || bucket.flows.size < maxServices ? service : 'other';
    const known = bucket.flows.get(name);
    bucket.flows.set(name, {
      bytes: flow.bytes + (known?.bytes ?? 0), coveredBytes: flow.coveredBytes + (known?.coveredBytes ?? 0),
      records: flow.records + (known?.records ?? 0), coveredRecords: flow.coveredRecords + (known?.coveredRecords ?? 0),
    });
    bucket.dirtyFlows.add(name);
    this.touched.add(bucket);
  }

  addReport(bucket: Bucket, scanned: RedactionReport['scanned'], overflow: RedactionReport['overflow'], refused: number): void {
    const { bytes, ofBytes, records, ofRecords } = scanned;
    this.count(bucket, { bytes, ofBytes, records, ofRecords, ...overflow, refused });
  }

  count(bucket: Bucket, more: Partial<Totals>): void {
    for (const [name, value] of Object.entries(more) as [keyof Totals, number][]) bucket.totals[name] += value;
    bucket.dirtyTotals = true;
    this.touched.add(bucket);
  }

  /** Folds what has become old, a few buckets a call, and earlier while there is too much of it. Call once a second. */
  fold(nowMs: number, other: (ms: number) => number, most = 4): void {
    for (let i = 0; i < most; i++) {
      const due = this.#due(nowMs);
      if (due === null) return;
      this.#foldInto(due.finer, due.into, () => other(nowMs));
    }
  }

  #due(nowMs: number): { readonly finer: readonly Bucket[]; readonly into: BucketName | null } | null {
    const oldest = [...this.#buckets.values()].sort((a, b) => a.t - b.t);
    for (const [i, { ms, untilMs }] of widths.entries()) {
      const into = widths[i + 1]?.ms;
      // Whole minutes and hours at once: what is younger than its next width waits.
      const limit = into === undefined ? nowMs - untilMs : floor(nowMs - untilMs, into);
      const first = oldest.find(({ width, t }) => width === ms && t + ms <= limit);
      if (first !== undefined) return dueOf(oldest, first, into);
    }
    return this.#rows > maxRows ? this.#early(oldest, nowMs) : null;
  }

  /** Too many: the oldest of the finest goes first, down to the last ten minutes; then the oldest of all. */
  #early(oldest: readonly Bucket[], nowMs: number): { readonly finer: readonly Bucket[]; readonly into: BucketName | null } | null {
    for (const [i, { ms }] of widths.entries()) {
      const into = widths[i + 1]?.ms;
      const first = oldest.find(({ width, t }) => width === ms && t + Math.max(600_000, 2 * (into ?? ms)) < nowMs);
      if (first !== undefined) return dueOf(oldest, first, into);
    }
    return null;
  }

  #foldInto(finer: readonly Bucket[], into: BucketName | null, other: () => number): void {
    const target = into === null ? null : this.named(into.width, into.t);
    for (const bucket of finer) {
      this.#drop(bucket);
      if (target === null) continue;
      // The largest find room first: the rarest become `other`.
      for (const row of [...bucket.rows.values()].sort((a, b) => b.count - a.count)) this.add(target, row, other);
      for (const [service, flow] of bucket.flows) this.addFlow(target, { service, ...flow });
      this.count(target, bucket.totals);
    }
  }

  #drop(bucket: Bucket): void {
    const name = `${bucket.width} ${bucket.t}`;
    this.#buckets.delete(name);
    this.touched.delete(bucket);
    this.#rows -= bucket.rows.size;
    this.gone.set(name, { width: bucket.width, t: bucket.t });
  }

  /** After a failed writing. */
  touchAgain(bucket: Bucket): void { if (this.#buckets.get(`${bucket.width} ${bucket.t}`) === bucket) this.touched.add(bucket); }

  /** What was stored, at the start. */
  load(width: number, t: number, part: { readonly row?: Row; readonly flow?: CoverageCell; readonly totals?: Partial<Totals> }): void {
    const bucket = this.named(width, t);
    if (part.row !== undefined) {
      bucket.rows.set(rowKey(part.row.source, part.row.agent, part.row.way), part.row);
      this.#rows++;
    }
    if (part.flow !== undefined) { const { service, ...flow } = part.flow; bucket.flows.set(service, flow); }
    Object.assign(bucket.totals, part.totals);
  }
}

/** Counts of a bucket by source and way: with many agents, far fewer than its rows. */
export function summaryOf(bucket: Bucket): readonly AgentlessRow[] {
  if (bucket.summary !== null) return bucket.summary;
  const sums = new Map<number, { readonly source: number; readonly way: number; count: number; records: number }>();
  for (const { source, way, count, records } of bucket.rows.values()) {
    const sum = sums.get(rowKey(source, 0, way));
    if (sum === undefined) sums.set(rowKey(source, 0, way), { source, way, count, records });
    else { sum.count += count; sum.records += records; }
  }
  return bucket.summary = [...sums.values()];
}

function dueOf(oldest: readonly Bucket[], first: Bucket, into: number | undefined): { readonly finer: readonly Bucket[]; readonly into: BucketName | null } {
  if (into === undefined) return { finer: [first], into: null };
  const t = floor(first.t, into);
  return { finer: oldest.filter((one) => one.width === first.width && one.t >= t && one.t < t + into), into: { width: into, t } };
}
