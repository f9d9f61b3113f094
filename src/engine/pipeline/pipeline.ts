// The pipeline: one export request through all rules, in one pass per stage, redaction first. What no rule touches
// leaves as the bytes it came in. Rules that fail let the record pass and say so in their counters; a redact rule that
// fails masks all of its text.
import { decodeUtf8, failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { AgentRule, RuleStats, Signal, Talker } from '../../model/index.ts';
import { codec, columnId, type MetricPoint, type RequestView } from '../../otlp/index.ts';
import type { CreatePipeline, OutBatch, Pipeline, ProcessResult } from '../types.ts';
import { Batch } from './batch.ts';
import { compileRule, type LiveRule } from './compile-rule.ts';
import { noteError, type SignalRule } from './live-rule.ts';
import { redactAround } from './redact.ts';
import { Recorder, type RecorderChunk, type RecorderState } from './recorder.ts';
import { stagesOf, type Stage } from './stage.ts';
import { RuleTimer } from './stats.ts';
import { serviceHashes, Talkers } from './talkers.ts';

/** Where records go that no rule routes elsewhere, and the metrics that rules make. */
export const defaultExporter = 'default';
/** Instrumentation scope of the metrics that rules make. */
export const metricScope = 'io.weir.rules';

type Options = Parameters<CreatePipeline>[0];
interface SignalStages { readonly redaction: readonly Stage[]; readonly rest: readonly Stage[] }

const noStages: SignalStages = { redaction: [], rest: [] };
/** Points per emitted request. */
const maxPoints = 5000;

export class RulePipeline implements Pipeline {
  readonly #options: Options;
  readonly #batch = new Batch();
  readonly #talkers = new Talkers();
  readonly #timer: RuleTimer;
  readonly #recorders = new Map<string, Recorder>();
  #rules: readonly LiveRule[] = [];
  /** Rules that are gone but whose windows have still to be handed over. */
  #retired: LiveRule[] = [];
  #stages: Readonly<Record<Signal, SignalStages>> = { logs: noStages, spans: noStages, metrics: noStages };
  #nameHashes = new Int32Array(1024);
  #serviceHashes: Int32Array = new Int32Array(16);

  constructor(options: Options) {
    this.#options = options;
    this.#timer = new RuleTimer(options.clock);
  }

  replaceRules(rules: readonly AgentRule[]): Result<void, Failure> {
    // A rule that comes back before its windows were handed over goes on with them: two points for one window would count twice.
    const running = [...this.#retired, ...this.#rules];
    const known = new Map(running.map((rule) => [`${rule.id}@${rule.version}`, rule]));
    const next: LiveRule[] = [];
    for (const rule of rules) {
      const same = known.get(`${rule.id}@${rule.version}`);
      const compiled = same === undefined ? compileRule(rule, this.#options) : ok({ ...same, order: rule.order });
      if (!compiled.ok) return compiled;
      if (next.some((other) => other.id === rule.id)) return failure('rule-duplicate', `Rule ${rule.name} is there twice.`, 'Send each rule once.');
      next.push(compiled.value);
    }
    const kept = new Set(next.map((rule) => rule.counters));
    this.#retired = running.filter((rule) => !kept.has(rule.counters) && rule.metrics.length > 0);
    this.#rules = next.sort(byOrder);
    this.#stages = { logs: stagesFor(next, 'logs'), spans: stagesFor(next, 'spans'), metrics: stagesFor(next, 'metrics') };
    return ok(undefined);
  }

  process(signal: Signal, bytes: Uint8Array, tap: { readonly in: boolean; readonly out: boolean }): Result<ProcessResult, Failure> {
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) return walked;
    const batch = this.#batch;
    const received = walked.value.recordCount;
    batch.begin(walked.value, this.#options.clock.nowUnixNano());
    this.#note(true);
    const timed = this.#timer.next();
    const routed: OutBatch[] = [];
    const { redaction, rest } = this.#stages[signal];
    this.#runAll(redaction, timed, routed);
    const afterRedaction = redaction.length > 0 || tap.in ? batch.bytes() : bytes;
    if (batch.touched && rest.length > 0) { batch.advance(afterRedaction); this.#note(false); }
    this.#runAll(rest, timed, routed);
    return ok(this.#result(received, tap, afterRedaction, routed));
  }

  #result(received: number, tap: { readonly in: boolean; readonly out: boolean }, afterRedaction: Uint8Array, routed: readonly OutBatch[]): ProcessResult {
    const { removed, changed, view } = this.#batch;
    const bytes = this.#batch.bytes();
    const elsewhere = routed.reduce((sum, batch) => sum + batch.records, 0);
    const left = received - elsewhere - removed.dropped - removed.sampled - removed.toMetric - removed.recorded;
    const out = left > 0 ? [{ exporter: defaultExporter, signal: view.signal, bytes, records: left }, ...routed] : routed;
    return {
      received, out, removed: { ...removed }, changed,
      tapIn: tap.in ? afterRedaction : null,
      tapOut: tap.out && out.length > 0 ? joined(out) : null,
    };
  }

  #runAll(stages: readonly Stage[], timed: boolean, routed: OutBatch[]): void {
    const batch = this.#batch;
    stages.forEach((stage, i) => {
      this.#runStage(stage, timed);
      if (batch.around.size > 0 && redactAround(batch)) this.#note(false);
      if (batch.routed.size > 0) this.#takeRouted(routed);
      if (batch.recorded.size > 0) this.#takeRecorded();
      if (batch.rewritten && i < stages.length - 1) { batch.advance(batch.bytes()); this.#note(false); }
    });
  }

  /** Name hashes of all records, which both the rule index and the talkers are keyed by. */
  #note(count: boolean): void {
    const { cursor, view } = this.#batch;
    const { recordCount } = view;
    if (this.#nameHashes.length < recordCount) this.#nameHashes = new Int32Array(recordCount * 2);
    const hashes = this.#nameHashes;
    const services = count ? (this.#serviceHashes = serviceHashes(cursor, view, this.#serviceHashes)) : this.#serviceHashes;
    for (let i = 0; i < recordCount; i++) {
      cursor.moveTo(i);
      const hash = cursor.eventNameHash() | 0;
      hashes[i] = hash;
      if (count) this.#talkers.count(cursor, hash, services[view.resourceOf(i)]!);
    }
  }

  #runStage(stage: Stage, timed: boolean): void {
    const batch = this.#batch;
    const { view, cursor, outcome } = batch;
    const { recordCount } = view;
    let resource = -1;
    let dispatch = stage.dispatch('');
    for (let i = 0; i < recordCount; i++) {
      if (stage.namesServices && view.resourceOf(i) !== resource) { resource = view.resourceOf(i); dispatch = stage.dispatch(this.#serviceOf(view, i)); }
      const rules = dispatch.find(this.#nameHashes[i]!);
      if (rules.length === 0 || outcome[i] === false) continue;
      cursor.moveTo(i);
      if (timed) this.#runTimed(rules, i); else runRules(batch, rules, i);
    }
  }

  #runTimed(rules: readonly SignalRule[], index: number): void {
    this.#batch.adjustedCount = 1;
    for (const rule of rules) {
      const start = this.#timer.start();
      const done = runRule(this.#batch, rule, index);
      rule.counters.cpuMs += this.#timer.since(start);
      if (done) break;
    }
    settle(this.#batch, index);
  }

  #serviceOf(view: RequestView, index: number): string {
    const { cursor } = this.#batch;
    cursor.moveTo(index);
    return cursor.slice(columnId(view.signal, 'ServiceName')) ? decodeUtf8(view.bytes, cursor.sliceStart, cursor.sliceEnd) : '';
  }

  #takeRouted(routed: OutBatch[]): void {
    const { view } = this.#batch;
    for (const [exporter, outcome] of this.#batch.routed) {
      routed.push({ exporter, signal: view.signal, bytes: codec.rewrite(view, outcome), records: outcome.filter((one) => one !== false).length });
    }
    this.#batch.routed.clear();
  }

  #takeRecorded(): void {
    const { view, nowUnixNano } = this.#batch;
    for (const [name, outcome] of this.#batch.recorded) {
      let recorder = this.#recorders.get(name);
      if (recorder === undefined) this.#recorders.set(name, (recorder = new Recorder(name, this.#options.recorderBytes)));
      recorder.push({ signal: view.signal, bytes: codec.rewrite(view, outcome), records: outcome.filter((one) => one !== false).length, atUnixMs: Number(nowUnixNano / 1_000_000n) });
    }
    this.#batch.recorded.clear();
  }

  flush(nowUnixNano: bigint, all = false): readonly OutBatch[] {
    const points: MetricPoint[] = [];
    for (const rule of this.#rules) collect(rule, nowUnixNano, all, points);
    for (const rule of this.#retired) collect(rule, nowUnixNano, true, points);
    this.#retired = [];
    const out: OutBatch[] = [];
    for (let i = 0; i < points.length; i += maxPoints) {
      const some = points.slice(i, i + maxPoints);
      out.push({ exporter: defaultExporter, signal: 'metrics', bytes: codec.encodeMetrics(this.#options.resource, metricScope, some), records: some.length });
    }
    return out;
  }

  heldRecords(): number {
    let held = 0;
    for (const rules of [this.#rules, this.#retired]) for (const rule of rules) for (const metric of rule.metrics) held += metric.windows.held;
    return held;
  }

  stats(): readonly RuleStats[] { return this.#rules.map((rule) => ({ ...rule.counters, late: rule.metrics.reduce((sum, metric) => sum + metric.windows.late, 0) })); }
  talkers(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number } { return this.#talkers.top(limit); }
  recorders(): readonly RecorderState[] { return [...this.#recorders.values()].map((recorder) => recorder.state()); }
  recorder(name: string): readonly RecorderChunk[] { return this.#recorders.get(name)?.chunks() ?? []; }
}

const byOrder = (a: LiveRule, b: LiveRule): number => Number(b.redacts) - Number(a.redacts) || a.order - b.order || (a.id < b.id ? -1 : 1);

function stagesFor(rules: readonly LiveRule[], signal: Signal): SignalStages {
  const of = (redacts: boolean): readonly Stage[] => stagesOf(rules.filter((rule) => rule.redacts === redacts).flatMap((rule) => rule.bySignal.get(signal) ?? []));
  return { redaction: of(true), rest: of(false) };
}

function runRules(batch: Batch, rules: readonly SignalRule[], index: number): void {
  batch.adjustedCount = 1;
  for (let i = 0; i < rules.length; i++) if (runRule(batch, rules[i]!, index)) break;
  settle(batch, index);
}

/** Writes a sampled record's adjusted count, unless another effect already did. */
function settle(batch: Batch, index: number): void {
  if (batch.adjustedCount !== 1 && batch.outcome[index] === null) batch.replace(index, batch.edited({}));
}

/** True when the record is settled. A rule that throws lets it pass, unless it redacts. */
function runRule(batch: Batch, rule: SignalRule, index: number): boolean {
  try {
    if (!rule.steps(batch.frame)) return false;
    const done = rule.effect(batch, index);
    rule.counters.matched++;
    return done;
  } catch (error) {
    noteError(rule.counters, error);
    rule.onError?.(batch, index);
    return batch.outcome[index] === false;
  }
}

function collect(rule: LiveRule, nowUnixNano: bigint, all: boolean, points: MetricPoint[]): void {
  for (const { windows, maker } of rule.metrics) {
    for (const window of windows.close(nowUnixNano, all)) {
      const made = maker.points(window);
      rule.counters.emitted += made.length;
      points.push(...made);
    }
  }
}

/** Export requests are one repeated field, so their concatenation is one request that holds all their records. */
function joined(batches: readonly OutBatch[]): Uint8Array {
  if (batches.length === 1) return batches[0]!.bytes;
  const bytes = new Uint8Array(batches.reduce((sum, batch) => sum + batch.bytes.length, 0));
  let at = 0;
  for (const batch of batches) { bytes.set(batch.bytes, at); at += batch.bytes.length; }
  return bytes;
}

export const createPipeline = (options: Options): RulePipeline => new RulePipeline(options);
