// A query or a redaction policy over requests: the agent's own pipeline with that rule alone, behind one with the rules before it. What
// comes out is compared with what went in. Nothing is sent anywhere. Time in the rule is the time of the data.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { createClauseCounter, createPipeline, defaultExporter, type ClauseCounter, type Flow, type OutBatch, type Pipeline, type ProcessResult } from '../../engine/index.ts';
import { codec, columnId, type RequestView, type Value } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';
import { KeyRing } from '../../redaction/index.ts';
import type { Operator } from '../../kql/index.ts';
import { CpuMeter, CpuSample } from './cpu-meter.ts';
import { HiddenBook } from './hidden.ts';
import { agentRuleOf, planOf, rulesBefore, type RecordRule } from './rule-input.ts';
import { SampleBook } from './samples.ts';
import { SeriesBook } from './series-book.ts';
import type { DryRun, DryRunOptions, DryRunRequest, QueryDryRunResult } from './types.ts';

/** As on agents. */
export const groupBound = 10_000;
const tap = { in: false, out: false };
type Attributes = Readonly<Record<string, Value>>;

/** Two pipelines in a row: what others do first (null when nobody does), and the rule. */
export interface Pair { readonly before: Pipeline | null; readonly rule: Pipeline }

export function createQueryDryRun(rule: RecordRule, options: DryRunOptions): Result<DryRun, Failure> {
  const time = { ms: 0 };
  const clock: Clock = { nowUnixNano: () => BigInt(Math.round(time.ms)) * 1_000_000n, monotonicMs: options.now };
  const pair = () => pairOf(rule, options, clock);
  const first = pair();
  if (!first.ok) return first;
  const counter = createClauseCounter({ plan: planOf(rule), targets: rule.targets, clock, ...(options.agent === undefined ? {} : { agent: options.agent }) });
  if (!counter.ok) return counter;
  const second = pair();
  if (!second.ok) return second;
  const timed = timedOf(rule, options, clock);
  return timed.ok ? ok(new QueryDryRun(rule, options, time, first.value, second.value, timed.value, counter.value)) : timed;
}

/** Budgets go by the data's time: a rule's output rate is a rate of it. */
const dataClock = ({ nowUnixNano }: Clock): Clock => ({ nowUnixNano, monotonicMs: () => Number(nowUnixNano() / 1000n) / 1000 });
/** Hashes of a dry run join with nothing: its key is nobody's. */
const dryRunKeys = new KeyRing(new Uint8Array(32), 'dry-run');
const newPipeline = (clock: Clock, agent: Attributes): Pipeline => createPipeline({ clock, budgets: { clock: dataClock(clock) }, agent, resource: {}, recorderBytes: 1 << 20, maxGroups: groupBound, redactionKeys: dryRunKeys });

function pairOf(rule: RecordRule, { others = [], ruleId, agent = {} }: DryRunOptions, clock: Clock): Result<Pair, Failure> {
  const earlier = rulesBefore(rule, others, ruleId);
  const [before, own] = [earlier.length === 0 ? null : newPipeline(clock, agent), newPipeline(clock, agent)];
  const started = before?.replaceRules(earlier) ?? ok(undefined);
  if (!started.ok) return started;
  const deployed = own.replaceRules([agentRuleOf(rule, ruleId)]);
  return deployed.ok ? ok({ before, rule: own }) : deployed;
}

/** The rule and an empty pipeline, to be timed: no budget ends a rule that gets the same records again and again. */
interface Timed { readonly rule: Pipeline; readonly empty: Pipeline }

function timedOf(rule: RecordRule, { agent = {} }: DryRunOptions, clock: Clock): Result<Timed, Failure> {
  const make = () => createPipeline({ clock, budgets: { measure: false }, agent, resource: {}, recorderBytes: 1 << 20, maxGroups: groupBound, redactionKeys: dryRunKeys });
  const [own, empty] = [make(), make()];
  const deployed = own.replaceRules([agentRuleOf(rule)]);
  return deployed.ok ? ok({ rule: own, empty }) : deployed;
}

class QueryDryRun implements DryRun {
  readonly #time: { ms: number };
  readonly #operators: readonly Operator[];
  readonly #hidden = new HiddenBook();
  readonly #pair: Pair;
  readonly #timed: Timed;
  readonly #counter: ClauseCounter;
  readonly #cpu: CpuMeter;
  readonly #cpuSample = new CpuSample<RequestView>();
  readonly #samples: SampleBook;
  readonly #series = new SeriesBook();
  readonly #removedBy = new Map<string, number>();
  #scanned = 0; #changed = 0; #routed = 0; #emitted = 0; #malformed = 0;
  #bytesBefore = 0; #bytesAfter = 0;
  readonly #saved = { logs: { records: 0, bytes: 0 }, spans: { records: 0, bytes: 0 }, metrics: { records: 0, bytes: 0 } };
  #fromMs = Infinity; #toMs = -Infinity;
  /** The earliest time of the first request: what came before it is not at hand, whatever an odd late record says. */
  #firstMs: number | null = null;
  #error: string | null = null;
  #closed = false;

  constructor(rule: RecordRule, options: DryRunOptions, time: { ms: number }, pair: Pair, single: Pair, timed: Timed, counter: ClauseCounter) {
    this.#time = time;
    this.#operators = planOf(rule).operators;
    this.#pair = pair;
    this.#timed = timed;
    this.#counter = counter;
    this.#cpu = new CpuMeter(options.now);
    // Every record is a policy's: those of requests that it changed are looked through.
    const matching = (view: RequestView, touched: boolean): Uint8Array => (rule.kind === 'query' ? counter.matching(view) : new Uint8Array(view.recordCount).fill(touched ? 1 : 0));
    this.#samples = new SampleBook(single, matching, options.maxSamples, options.now);
  }

  feed(request: DryRunRequest): void {
    this.#time.ms = Math.max(this.#time.ms, request.sentAtMs);
    const walked = codec.walk(request.signal, request.bytes);
    if (!walked.ok) { this.#malformed++; this.#error ??= explained(walked.error); return; }
    this.#scanned += walked.value.recordCount;
    this.#noteTimes(walked.value, request.sentAtMs);
    this.#firstMs ??= this.#fromMs === Infinity ? null : this.#fromMs;
    const reached = this.#before(request);
    if (reached !== null) this.#rule(request, reached === request.bytes ? walked.value : reached);
    this.#take(this.#pair.rule.flush(BigInt(Math.round(this.#time.ms)) * 1_000_000n));
  }

  /** What earlier rules leave of the request; null when that is nothing. */
  #before({ signal, bytes }: DryRunRequest): Uint8Array | null {
    const { before } = this.#pair;
    if (before === null) return bytes;
    const processed = before.process(signal, bytes, tap);
    return processed.ok ? processed.value.out.find((batch) => batch.exporter === defaultExporter)?.bytes ?? null : bytes;
  }

  #rule(request: DryRunRequest, reached: RequestView | Uint8Array): void {
    const view = reached instanceof Uint8Array ? viewOf(request, reached) : reached;
    const { signal, bytes } = view;
    this.#counter.add(view);
    this.#bytesBefore += bytes.length;
    const processed = this.#pair.rule.process(signal, bytes, tap);
    this.#cpuSample.add(view, view.recordCount);
    if (!processed.ok) { this.#malformed++; this.#error ??= explained(processed.error); return; }
    this.#hidden.add(this.#pair.rule);
    this.#save(signal, view.recordCount, bytes.length);
    this.#count(request, processed.value);
  }

  #count(request: DryRunRequest, { removed, changed, out }: ProcessResult): void {
    let gone = 0;
    for (const [why, count] of Object.entries(removed)) { gone += count; this.#removedBy.set(why, (this.#removedBy.get(why) ?? 0) + count); }
    this.#changed += changed;
    for (const batch of out) {
      this.#bytesAfter += batch.bytes.length;
      this.#save(batch.signal, -batch.records, -batch.bytes.length);
      if (batch.exporter !== defaultExporter) { this.#routed += batch.records; gone += batch.records; }
    }
    this.#samples.note(request, gone + changed > 0);
  }

  #save(signal: Signal, records: number, bytes: number): void {
    const saved = this.#saved[signal];
    saved.records += records;
    saved.bytes += bytes;
  }

  #noteTimes(view: RequestView, sentAtMs: number): void {
    const cursor = codec.cursor();
    const column = columnId(view.signal, 'Timestamp');
    cursor.reset(view);
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      const time = cursor.column(column);
      const ms = typeof time === 'bigint' && time > 0n ? Number(time / 1000n) / 1000 : sentAtMs;
      if (ms < this.#fromMs) this.#fromMs = ms;
      if (ms > this.#toMs) this.#toMs = ms;
    }
  }

  /** What the rule itself made. */
  #take(batches: readonly OutBatch[]): void {
    for (const batch of batches) {
      this.#emitted += batch.records;
      this.#bytesAfter += batch.bytes.length;
      this.#save(batch.signal, -batch.records, -batch.bytes.length);
      if (batch.signal === 'metrics') this.#series.add(batch.bytes);
    }
  }

  settle(deadline: number): boolean {
    if (!this.#closed) this.#take(this.#pair.rule.flush(BigInt(Math.round(this.#time.ms)) * 1_000_000n, true));
    this.#closed = true;
    this.#hidden.close(this.#pair.rule);
    return this.#samples.collect(deadline) && this.#measure(deadline);
  }

  #measure(deadline: number): boolean {
    const { requests, records } = this.#cpuSample;
    // Windows are closed after each pass: making groups and sending them is work of the rule too.
    const now = BigInt(Math.round(this.#time.ms)) * 1_000_000n;
    const pass = (pipeline: Pipeline) => () => { for (const { signal, bytes } of requests) pipeline.process(signal, bytes, tap); pipeline.flush(now, true); };
    return this.#cpu.measure({ records, rule: pass(this.#timed.rule), baseline: pass(this.#timed.empty) }, deadline);
  }

  result(): QueryDryRunResult {
    const stats = this.#pair.rule.stats()[0];
    const flow = wholeFlow(this.#counter.flow(), this.#operators, this.#emitted);
    const covered = { fromMs: this.#firstMs ?? 0, toMs: Math.min(this.#toMs, this.#time.ms) };
    const { series, leftOut } = this.#series.series(covered);
    const removedBy = Object.fromEntries(this.#removedBy);
    return {
      kind: 'query', scanned: this.#scanned, reached: flow.seen, matched: stats?.matched ?? 0,
      removed: Object.values(removedBy).reduce((sum, count) => sum + count, 0), removedBy, changed: this.#changed, routed: this.#routed, emitted: this.#emitted,
      bytesBefore: this.#bytesBefore, bytesAfter: this.#bytesAfter, saved: this.#saved, fromMs: this.#fromMs === Infinity ? 0 : this.#fromMs, toMs: this.#toMs === -Infinity ? 0 : this.#toMs,
      cpu: this.#cpu.estimate(), flow, clauses: this.#counter.counts(), hidden: this.#hidden.counts(), hiddenLeftOut: this.#hidden.leftOut, samples: this.#samples.samples(),
      metrics: this.#series.points(covered), series, windows: this.#series.windows(covered), groups: this.#series.groups, groupBound, seriesLeftOut: leftOut,
      overflowed: stats?.overflowed ?? 0, late: stats?.late ?? 0, breach: stats?.disabled?.reason ?? null,
      malformed: this.#malformed, errors: stats?.errors ?? 0, error: this.#error ?? stats?.lastError ?? null,
    };
  }
}

/** Behind the operators that work record by record, rows of closed windows flow: only what comes out at the end is counted. */
function wholeFlow(flow: Flow, operators: readonly Operator[], emitted: number): Flow {
  const first = flow.operators.length;
  const rest = operators.slice(first).map(({ op }, i) => ({ operator: first + i, op, in: i === 0 ? flow.reached : emitted, out: emitted }));
  return { ...flow, operators: [...flow.operators, ...rest] };
}

function viewOf({ signal }: DryRunRequest, bytes: Uint8Array): RequestView {
  const walked = codec.walk(signal, bytes);
  // Bytes that a pipeline made.
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

export function explained(error: Failure): string { return error.help === undefined ? error.message : `${error.message} ${error.help}`; }
