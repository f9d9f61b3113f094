// The pipeline: one export request through all rules, in one pass per stage, redaction first. What no rule touches
// leaves as the bytes it came in. Rules that fail let the record pass and say so in their counters; a redact rule that
// fails masks all of its text.
import { clearShortfall, failure, ok, shortfall, type Failure, type Result } from '../../base/index.ts';
import type { AgentRuleInput, RuleStats, Signal, Talker } from '../../model/index.ts';
import { codec, durableIdHash, type MetricPoint, type RequestView } from '../../otlp/index.ts';
import { BudgetKeeper, type DisabledRule } from '../budget/index.ts';
import { Coverage, Ledger, Names } from '../redaction/index.ts';
import type { CreatePipeline, OutBatch, Pipeline, ProcessResult, RedactionTally } from '../types.ts';
import { redactAround } from './around-edit.ts';
import { Batch } from './batch.ts';
import { compileRule, factsOf, keyOf, type LiveRule } from './compile-rule.ts';
import { defaultExporter } from './default-exporter.ts';
import { heldBy, stateOf } from './holder.ts';
import { noteError, type SignalRule } from './live-rule.ts';
import { serviceOf } from './redact.ts';
import { Recorder, type RecorderChunk, type RecorderState } from './recorder.ts';
import { redactionStages, Stage, stagesOf } from './stage.ts';
import { serviceHashes, Talkers } from './talkers.ts';

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
  readonly #names = new Names();
  readonly #coverage = new Coverage(this.#names);
  readonly #ledger: Ledger;
  readonly #talkers = new Talkers((name, service) => this.#names.clean(name, service));
  readonly #keeper: BudgetKeeper;
  readonly #recorders = new Map<string, Recorder>();
  #rules: readonly LiveRule[] = [];
  /** Rules that are gone but whose windows have still to be handed over. */
  #retired: LiveRule[] = [];
  #stages: Readonly<Record<Signal, SignalStages>> = { logs: noStages, spans: noStages, metrics: noStages };
  /** `offs` of the keeper when the stages were made. */
  #arrangedOffs = 0;
  /** Of the record in hand: its resource, and the rules of that resource's service. */
  #resource = -1;
  #dispatch = new Stage([]).dispatch('');
  #idHashes = new Int32Array(1024);
  #serviceHashes: Int32Array = new Int32Array(16);

  constructor(options: Options) {
    this.#options = options;
    this.#ledger = new Ledger(this.#names, this.#coverage, options.redactionKeys, () => options.clock.monotonicMs());
    this.#keeper = new BudgetKeeper({ clock: options.clock, ...options.budgets });
  }

  replaceRules(rules: readonly AgentRuleInput[], disabled: readonly DisabledRule[] = []): Result<void, Failure> {
    // A rule that comes back before its windows were handed over goes on with them: two points for one window would count twice.
    const running = [...this.#retired, ...this.#rules];
    const known = new Map(running.map((rule) => [rule.key, rule]));
    const next: LiveRule[] = [];
    for (const rule of rules) {
      const same = known.get(keyOf(rule));
      const compiled = same === undefined ? compileRule(rule, { ...this.#options, ledger: this.#ledger, names: this.#names }) : ok({ ...same, order: rule.order });
      if (!compiled.ok) return compiled;
      if (next.some((other) => other.id === rule.id)) return failure('rule-duplicate', `Rule ${rule.name} is there twice.`, 'Send each rule once.');
      next.push(compiled.value);
    }
    const kept = new Set(next.map((rule) => rule.counters));
    this.#retired = running.filter((rule) => !kept.has(rule.counters) && rule.holders.length > 0);
    rules.forEach((rule, i) => { next[i]!.meter.facts = factsOf(rule, next[i]!.redacts); });
    for (const one of disabled) next.find(({ meter }) => isSame(meter.facts, one))?.meter.disable(one.disabled);
    this.#rules = next.sort(byOrder);
    this.#names.watch(next.flatMap(({ policy }) => policy ?? []));
    this.#talkers.cleanAgain();
    this.#keeper.watch(next.map(({ meter }) => meter));
    this.#arrange();
    return ok(undefined);
  }

  takeRedactions(): RedactionTally { return this.#ledger.take(); }

  takeNewlyDisabled(): readonly DisabledRule[] { return this.#keeper.takeNewlyOff(); }

  /** Stages of the rules that run. */
  #arrange(): void {
    const running = this.#rules.filter(({ meter }) => !meter.isOff);
    this.#stages = { logs: stagesFor(running, 'logs'), spans: stagesFor(running, 'spans'), metrics: stagesFor(running, 'metrics') };
    this.#arrangedOffs = this.#keeper.offs;
  }

  /** Rules that turned themselves off leave the stages; until then records pass them by. */
  #leaveOut(): void { if (this.#keeper.offs !== this.#arrangedOffs) this.#arrange(); }

  process(signal: Signal, bytes: Uint8Array, tap: { readonly in: boolean; readonly out: boolean }): Result<ProcessResult, Failure> {
    const walked = codec.walk(signal, bytes);
    if (!walked.ok) return walked;
    const batch = this.#batch;
    const received = walked.value.recordCount;
    batch.begin(walked.value, this.#options.clock.nowUnixNano());
    this.#ledger.begin(Number(batch.nowUnixNano / 1_000_000n));
    this.#note(true);
    this.#keeper.begin();
    const routed: OutBatch[] = [];
    const { redaction, rest } = this.#stages[signal];
    this.#runAll(redaction, routed);
    if (batch.covered !== null) this.#coverage.covered(batch.view, this.#serviceHashes, batch.covered);
    const afterRedaction = redaction.length > 0 || tap.in ? batch.bytes() : bytes;
    if (batch.touched && rest.length > 0) { batch.advance(afterRedaction); this.#note(false); }
    this.#runAll(rest, routed);
    this.#leaveOut();
    return ok(this.#result(received, tap, afterRedaction, routed));
  }

  #result(received: number, tap: { readonly in: boolean; readonly out: boolean }, afterRedaction: Uint8Array, routed: readonly OutBatch[]): ProcessResult {
    const { removed, changed, view } = this.#batch;
    const bytes = this.#batch.bytes();
    const elsewhere = routed.reduce((sum, batch) => sum + batch.records, 0);
    const left = received - elsewhere - removed.dropped - removed.sampled - removed.toMetric - removed.recorded - removed.deduped;
    const out = left > 0 ? [{ exporter: defaultExporter, signal: view.signal, bytes, records: left }, ...routed] : routed;
    return {
      received, out, removed: { ...removed }, changed,
      tapIn: tap.in ? afterRedaction : null,
      tapOut: tap.out && out.length > 0 ? joined(out) : null,
    };
  }

  #runAll(stages: readonly Stage[], routed: OutBatch[]): void {
    const batch = this.#batch;
    stages.forEach((stage, i) => {
      this.#runStage(stage);
      if (batch.around.size > 0 && redactAround(batch)) this.#note(false);
      if (batch.routed.size > 0) this.#takeRouted(routed);
      if (batch.recorded.size > 0) this.#takeRecorded();
      if (batch.held.size > 0) this.#takeHeld();
      if (batch.rewritten && i < stages.length - 1) { batch.advance(batch.bytes()); this.#note(false); }
    });
  }

  /** Durable id hashes of all records, which both the rule index and the talkers are keyed by. */
  #note(count: boolean): void {
    const { cursor, view } = this.#batch;
    const { recordCount } = view;
    if (this.#idHashes.length < recordCount) this.#idHashes = new Int32Array(recordCount * 2);
    const hashes = this.#idHashes;
    if (count) { this.#count(view); return; }
    for (let i = 0; i < recordCount; i++) {
      cursor.moveTo(i);
      hashes[i] = durableIdHash(cursor) | 0;
    }
  }

  /** The same for a request as it came, which is counted by talker and by service. */
  #count(view: RequestView): void {
    const { cursor } = this.#batch;
    const hashes = this.#idHashes;
    const services = (this.#serviceHashes = serviceHashes(cursor, view, this.#serviceHashes));
    let resource = -1;
    let from = 0;
    let bytes = 0;
    for (let i = 0; i < view.recordCount; i++) {
      const of = view.resourceOf(i);
      if (of !== resource) {
        if (i > from) this.#coverage.received(view, resource, services[resource]!, i - from, bytes);
        resource = of;
        from = i;
        bytes = 0;
      }
      bytes += view.recordEnd(i) - view.recordStart(i);
      cursor.moveTo(i);
      const hash = durableIdHash(cursor) | 0;
      hashes[i] = hash;
      this.#talkers.count(cursor, hash, services[of]!);
    }
    if (view.recordCount > from) this.#coverage.received(view, resource, services[resource]!, view.recordCount - from, bytes);
  }

  /** All records through one stage, in chunks: between them the clock is read, so that no rule can hold the agent up unseen. */
  #runStage(stage: Stage): void {
    const keeper = this.#keeper;
    const { view } = this.#batch;
    const { sampler } = stage;
    this.#resource = -1;
    this.#dispatch = stage.dispatch('');
    if (!keeper.measures) { this.#runChunk(stage, 0, view.recordCount, -1); return; }
    const isLarge = sampler.isLarge(view);
    if (isLarge) keeper.chunkStarts();
    for (let from = 0; from < view.recordCount;) {
      const to = isLarge ? sampler.chunkEnd(view, from) : view.recordCount;
      const timed = sampler.pick(from, to);
      if (timed >= 0 && !isLarge) keeper.chunkStarts();
      this.#runChunk(stage, from, to, timed);
      if (timed >= 0 || isLarge) keeper.chunkEnds(stage.rules);
      from = to;
    }
  }

  /** `timed` is the record to time, or -1. */
  #runChunk(stage: Stage, from: number, to: number, timed: number): void {
    const batch = this.#batch;
    const { view, cursor, outcome } = batch;
    let dispatch = this.#dispatch;
    for (let i = from; i < to; i++) {
      if (stage.namesServices && view.resourceOf(i) !== this.#resource) { this.#resource = view.resourceOf(i); dispatch = this.#dispatch = stage.dispatch(this.#serviceOf(i)); }
      if (outcome[i] === false) continue;
      cursor.moveTo(i);
      const rules = dispatch.find(this.#idHashes[i]!, cursor);
      if (rules.length === 0) continue;
      batch.adjustedCount = 1;
      if (i === timed) this.#runTimed(rules, i, stage.sampler.weight); else this.#runRules(rules, i);
      settle(batch, i);
    }
  }

  #runRules(rules: readonly SignalRule[], index: number): void {
    const batch = this.#batch;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if (rule.meter.attention === 0 ? runRule(batch, rule, index) : this.#runWatched(rule, index)) break;
    }
  }

  /** A picked record: each rule's time stands for `weight` records. */
  #runTimed(rules: readonly SignalRule[], index: number, weight: number): void {
    for (const rule of rules) {
      if (rule.meter.attention !== 0) { if (this.#runWatched(rule, index)) break; continue; }
      const start = this.#keeper.start();
      const done = runRule(this.#batch, rule, index);
      this.#keeper.sampled(rule.meter, start, weight);
      if (done) break;
    }
  }

  /** A rule that is new or was slow lately is timed at each visit; one that was cut off does not run. */
  #runWatched(rule: SignalRule, index: number): boolean {
    if (rule.meter.attention < 0) return passBy(this.#batch, rule, index);
    const start = this.#keeper.start();
    const done = runRule(this.#batch, rule, index);
    this.#keeper.exact(rule.meter, start);
    return done;
  }

  #serviceOf(index: number): string {
    const { cursor } = this.#batch;
    cursor.moveTo(index);
    return serviceOf(cursor);
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

  #takeHeld(): void {
    for (const [rule, outcome] of this.#batch.held) rule.take(copied(codec.rewrite(this.#batch.view, outcome), this.#batch.view.bytes));
    this.#batch.held.clear();
  }

  flush(nowUnixNano: bigint, all = false): readonly OutBatch[] {
    const points: MetricPoint[] = [];
    const out: OutBatch[] = [];
    for (const rule of this.#rules) this.#collect(rule, nowUnixNano, all || rule.meter.isOff, points, out);
    for (const rule of this.#retired) this.#collect(rule, nowUnixNano, true, points, out);
    this.#retired = [];
    this.#keepBudgets();
    for (let i = 0; i < points.length; i += maxPoints) {
      const some = points.slice(i, i + maxPoints);
      out.push({ exporter: defaultExporter, signal: 'metrics', bytes: codec.encodeMetrics(this.#options.resource, metricScope, some), records: some.length });
    }
    return out;
  }

  #collect(rule: LiveRule, nowUnixNano: bigint, all: boolean, points: MetricPoint[], out: OutBatch[]): void {
    for (const holder of rule.holders) {
      const start = this.#keeper.start();
      const released = holder.release(nowUnixNano, all);
      if (released.windowMs === 0) continue;
      this.#keeper.closedWindow(rule.meter, start, released.made, released.windowMs);
      (rule.would ?? rule.counters).emitted += released.made;
      if (rule.would !== null) continue;
      for (const point of released.points) points.push(point);
      for (const batch of released.batches) out.push(batch);
    }
  }

  /** Once a second, whatever the traffic: judges, and has each stage time a record of its next request. */
  #keepBudgets(): void {
    this.#keeper.calibrate();
    this.#keeper.judge();
    this.#leaveOut();
    for (const { redaction, rest } of Object.values(this.#stages)) for (const stage of [...redaction, ...rest]) stage.sampler.second();
  }

  heldRecords(): number {
    let held = 0;
    for (const rules of [this.#rules, this.#retired]) for (const { would, holders } of rules) if (would === null) held += heldBy(holders);
    return held;
  }

  stats(): readonly RuleStats[] { return this.#rules.map(statsOf); }
  talkers(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number } { return this.#talkers.top(limit); }
  recorders(): readonly RecorderState[] { return [...this.#recorders.values()].map((recorder) => recorder.state()); }
  recorder(name: string): readonly RecorderChunk[] { return this.#recorders.get(name)?.chunks() ?? []; }
}

const byOrder = (a: LiveRule, b: LiveRule): number => Number(b.redacts) - Number(a.redacts) || a.order - b.order || (a.id < b.id ? -1 : 1);

function stagesFor(rules: readonly LiveRule[], signal: Signal): SignalStages {
  const of = (redacts: boolean): readonly SignalRule[] => rules.filter((rule) => rule.redacts === redacts).flatMap((rule) => rule.bySignal.get(signal) ?? []);
  return { redaction: redactionStages(of(true)), rest: stagesOf(of(false)) };
}

/** Writes a sampled record's adjusted count, unless another effect already did. */
function settle(batch: Batch, index: number): void {
  if (batch.adjustedCount !== 1 && batch.outcome[index] === null) batch.replace(index, batch.edited({}));
}

/** True when the record is settled. A rule that throws lets it pass, unless it redacts. */
function runRule(batch: Batch, rule: SignalRule, index: number): boolean {
  try {
    clearShortfall();
    const meant = rule.steps(batch.frame);
    // Nobody knows whether the record is meant: what a rule that drops lets pass, a rule that redacts masks.
    const short = shortfall();
    if (short !== null) throw new Error(short);
    if (!meant) return false;
    const done = rule.effect(batch, index);
    rule.counters.matched++;
    return done;
  } catch (error) {
    noteError(rule.counters, error);
    rule.onError?.(batch, index);
    return batch.outcome[index] === false;
  }
}

/** A rule that does not run: the record passes it as it is, unless the rule covers secrets and is closed for this request. */
function passBy(batch: Batch, rule: SignalRule, index: number): boolean {
  if (rule.meter.isOff) return false;
  rule.onError?.(batch, index);
  return batch.outcome[index] === false;
}

/** One deployment may go on under a new version (its place among the rules changed); without a number the version tells. */
const isSame = (a: { readonly id: string; readonly version: number; readonly deployment: number }, b: typeof a): boolean =>
  a.id === b.id && a.deployment === b.deployment && (a.deployment > 0 || a.version === b.version);

function statsOf({ counters, would, holders, meter }: LiveRule): RuleStats {
  return {
    ...counters, deployment: meter.facts.deployment, cpuMs: meter.cpuMs, ...stateOf(holders),
    ...(would !== null && { would: { removed: would.removed, changed: would.changed, emitted: would.emitted, bytesRemoved: would.bytesRemoved } }),
    disabled: meter.disabled, overBudget: meter.overBudget,
  };
}

/** What is kept must not hold on to the buffer of a request, which its receiver may use again. */
const copied = (bytes: Uint8Array, of: Uint8Array): Uint8Array => (bytes.buffer === of.buffer ? bytes.slice() : bytes);

/** Export requests are one repeated field, so their concatenation is one request that holds all their records. */
function joined(batches: readonly OutBatch[]): Uint8Array {
  if (batches.length === 1) return batches[0]!.bytes;
  const bytes = new Uint8Array(batches.reduce((sum, batch) => sum + batch.bytes.length, 0));
  let at = 0;
  for (const batch of batches) { bytes.set(batch.bytes, at); at += batch.bytes.length; }
  return bytes;
}

export const createPipeline = (options: Options): RulePipeline => new RulePipeline(options);
