// The redaction audit in memory: every count of the last month, bounded, and what of it is not written down yet. It takes reports
// and forgets what is old; views/ read it, writer.ts stores it. It never sees a value: reports have none.
import type { Clean } from '../report/read-report.ts';
import { readReport, type TakenReport } from '../report/read-report.ts';
import { maxBytesPer10s, maxReportsPer10s, retentionMs } from '../bounds.ts';
import { jsonOf } from '../report/json-of.ts';
import { AgentsSeen, evidenceIn } from './agents-seen.ts';
import { Buckets } from './buckets.ts';
import { Deployments } from './deployments.ts';
import { DistinctValues } from './distinct.ts';
import { FullScans } from './full-scans.ts';
import { otherSource, Sources, Ways } from './names.ts';
import { proofNow } from './standing.ts';
import { Stands } from './stands.ts';

/** Where a report came from. `offsetMs`, for a report that was made then by the agent's clock, is what to add to its times to have them on this machine's. */
export interface ReportOrigin { readonly agent: number; readonly offsetMs: (sentUnixMs: number) => number }

/** A report is followed by the next one within this, while something leaves. */
const aliveMs = 2000;

/** The agent's times as ours: never later than now, never earlier than anything is kept. */
const clockOf = (offsetMs: number, nowMs: number) => (ms: number): number => Math.max(nowMs - retentionMs + 1, Math.min(nowMs, Math.round(ms + offsetMs)));

export class RedactionBook {
  readonly sources = new Sources();
  readonly ways = new Ways();
  readonly buckets = new Buckets();
  readonly distinct = new DistinctValues();
  readonly stands = new Stands();
  readonly agents = new AgentsSeen();
  readonly deployments = new Deployments();
  readonly fullScans = new FullScans();
  readonly #clean: Clean;
  readonly #isCanary: (service: string) => boolean;
  readonly #recent = new Map<number, { readonly window: number; reports: number; bytes: number }>();
  /** Grows with everything that is noted. */
  stamp = 0;

  /** `isCanary`: services that a canary run made up; they are no leaks of anything real. */
  constructor(clean: Clean, isCanary: (service: string) => boolean) { this.#clean = clean; this.#isCanary = isCanary; }

  /** One message of an agent, as it came. False: refused, and counted. */
  take(data: Uint8Array, { agent, offsetMs }: ReportOrigin, nowMs: number): boolean {
    const report = this.#mayReport(agent, data.length, nowMs) ? readReport(jsonOf(data), this.#clean) : null;
    this.stamp++;
    if (report === null) { this.buckets.count(this.buckets.at(nowMs, nowMs), { refused: 1 }); this.agents.lost(agent); return false; }
    // What was proved before it came stays so, unless it tells of a leak.
    this.settle(agent, Math.min(nowMs, this.agents.of(agent).lastReportMs + aliveMs));
    this.#note(report, agent, clockOf(offsetMs(report.toUnixMs), nowMs), nowMs);
    this.settle(agent, nowMs);
    return true;
  }

  /** Notes which sources are proved by now to leave that agent, which is connected, no more. With each report, and once a second. */
  settle(agent: number, nowMs: number): void {
    const open = this.stands.open(agent);
    if (open.length === 0) return;
    const evidence = { connected: true, lastSeenMs: nowMs, ...evidenceIn(this.agents.of(agent)) };
    for (const stand of open) {
      const proof = proofNow(stand, evidence, nowMs);
      if (proof !== null) { this.stands.proved(stand, proof); this.stamp++; }
    }
  }

  /** Once a second: folds and forgets what is old. */
  tidy(nowMs: number): void {
    this.buckets.fold(nowMs, (ms) => this.sources.other(ms));
    this.distinct.fold(nowMs, retentionMs);
    this.fullScans.tidy(nowMs);
    for (const no of this.sources.unseenSince(nowMs - this.sources.idleMs(retentionMs))) this.#forget(no);
  }

  #note(report: TakenReport, agent: number, ours: (ms: number) => number, nowMs: number): void {
    const other = () => this.sources.other(nowMs);
    const atMs = ours(report.toUnixMs);
    const bucket = this.buckets.at(atMs, nowMs);
    this.buckets.addReport(bucket, report.scanned, report.overflow, report.refused);
    const fromMs = Math.min(atMs, ours(report.fromUnixMs));
    const missed = this.agents.scanned(agent, report.scanned, { fromMs, atMs, isFull: report.overflow.residual === 0 });
    const waiting = this.agents.of(agent).waiting ?? 0;
    this.fullScans.report(agent, { fromMs, atMs, ofRecords: report.scanned.ofRecords, missed, waiting, full: report.scanned.full && missed === 0 && report.overflow.residual === 0 });
    for (const flow of report.coverage) {
      if (this.#isCanary(flow.service)) continue;
      this.buckets.addFlow(bucket, flow);
      if (flow.records > 0) this.agents.passes(agent, flow.service, atMs);
    }
    this.#passed(report, agent, atMs);
    // What leaked first: what was hidden in the same second may have been hidden after it.
    for (const cell of report.residual) {
      if (this.#isCanary(cell.service)) continue;
      const span = { firstMs: ours(cell.firstUnixMs), lastMs: ours(cell.lastUnixMs) };
      const source = this.sources.seen(cell, agent, span.firstMs, span.lastMs);
      this.buckets.add(this.buckets.at(span.lastMs, nowMs), { source, agent, way: this.ways.exporter(cell.exporter), count: cell.count, records: cell.records }, other);
      const { scanned } = this.agents.of(agent);
      this.fullScans.found(agent, span.lastMs, cell.count);
      this.stands.leaked(source, agent, span, { ...scanned, waiting }, this.deployments.after(span, cell.count), { records: cell.records, scannedBefore: scanned.records - report.scanned.records });
      this.distinct.add(source, report.period, cell.fingerprints ?? [], cell.moreDistinct ?? false, span.lastMs);
    }
    for (const cell of report.cells) {
      if (this.#isCanary(cell.service)) continue;
      const span = { firstMs: ours(cell.firstUnixMs), lastMs: ours(cell.lastUnixMs) };
      const source = this.sources.seen(cell, agent, span.firstMs, span.lastMs);
      this.buckets.add(this.buckets.at(span.lastMs, nowMs), { source, agent, way: this.ways.rule(cell.rule, cell.action), count: cell.count, records: cell.records }, other);
      // A suppression hides nothing; it is counted under its rule and action.
      if (cell.action === 'ignore') { this.stands.ignored(source, agent, cell.rule, span); continue; }
      const appliedMs = this.agents.appliedMs(agent, cell.rule.id, cell.rule.version);
      this.stands.masked(source, agent, cell.rule, span, appliedMs, ({ id, version }) => appliedMs !== null && this.agents.appliedMs(agent, id, version) === null);
      for (const beside of this.sources.beside(source)) this.stands.hiddenBeside(beside, agent, cell.rule, span, appliedMs);
      this.distinct.add(source, report.period, cell.fingerprints, cell.moreDistinct, span.lastMs);
    }
  }

  /** What leaked before and has left no more: its service still sends. */
  #passed({ coverage }: TakenReport, agent: number, atMs: number): void {
    const services = new Set(coverage.flatMap(({ service, records }) => (records > 0 ? [service] : [])));
    for (const source of this.stands.waiting(agent)) if (services.has(this.sources.get(source)?.service ?? '')) this.stands.passed(source, agent, atMs);
  }

  /** A flood of reports costs its sender their content. */
  #mayReport(agent: number, bytes: number, nowMs: number): boolean {
    const window = Math.floor(nowMs / 10_000);
    const known = this.#recent.get(agent);
    const recent = known?.window === window ? known : { window, reports: 0, bytes: 0 };
    this.#recent.set(agent, recent);
    recent.bytes += bytes;
    return ++recent.reports <= maxReportsPer10s && recent.bytes <= maxBytesPer10s;
  }

  #forget(no: number): void {
    if (no === otherSource) return;
    this.sources.forget(no);
    this.stands.forgetSource(no);
    this.distinct.forgetSource(no);
  }
}
