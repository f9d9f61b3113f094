// The pipeline: one export request through all rules, in one pass per stage, redaction first. What no rule touches
// leaves as the bytes it came in. Rules that fail let the record pass and say so in their counters; a redact rule that
// fails masks all of its text.
import { ok, type Failure, type Result } from '../../base/index.ts';
import { isTemplateBook } from '../../mining/index.ts';
import type { AgentRecorder, AgentRuleInput, RecorderState, RuleStats, Signal, Talker } from '../../model/index.ts';
import { attributeKey, codec, durableIdHash, type MetricPoint, type RequestView } from '../../otlp/index.ts';
import { BudgetKeeper, type DisabledRule } from '../budget/index.ts';
import { Coverage, Ledger, Names } from '../redaction/index.ts';
import type { CreatePipeline, OutBatch, Pipeline, ProcessResult, RedactionTally, ReplaceManner } from '../types.ts';
import { redactAround } from './around-edit.ts';
import { Batch } from './batch.ts';
import { compileRule, type LiveRule } from './compile-rule.ts';
import { defaultExporter } from './default-exporter.ts';
import { heldBy, stateOf } from './holder.ts';
import type { SignalRule } from './live-rule.ts';
import { madeBytes } from './made-bytes.ts';
import { NamedTemplates } from './named-templates.ts';
import { refusedStats, ruleSet, type Refusal } from './rule-set.ts';
import { NetSet } from '../nets/index.ts';
import { ofItsOwn, RecorderSet, type FramesAsked, type KeyState, type RecorderFrame } from '../recorders/index.ts';
import { statsOf } from './rule-stats.ts';
import { StageRunner } from './stage-runner.ts';
import { redactionStages, Stage, stagesOf } from './stage.ts';
import { EventAccounts } from './event-accounts.ts';
import { serviceHashes } from './service-hashes.ts';
import { Valves, type Valve } from './valves.ts';

/** Instrumentation scope of the metrics that rules make. */
export const metricScope = 'io.weir.rules';

type Options = Parameters<CreatePipeline>[0];
interface MadePoint { readonly point: MetricPoint; readonly hasNewText: boolean }
interface SignalStages { readonly redaction: readonly Stage[]; readonly rest: readonly Stage[] }

const noStages: SignalStages = { redaction: [], rest: [] };
/** Points per emitted request. */
const maxPoints = 5000;
/** Event times further ahead of the wall clock than this open no window (`windows.ts`). */
const maxAheadNanos = 60_000_000_000n;

export class RulePipeline implements Pipeline {
  readonly #options: Options;
  readonly #batch = new Batch();
  readonly #names = new Names();
  readonly #coverage = new Coverage(this.#names);
  readonly #ledger: Ledger;
  /** What every line of code sends: counted, and its schema looked at. */
  readonly events: EventAccounts;
  /** Those that redact rules name by id. */
  readonly #templates: NamedTemplates;
  readonly #isTrial: boolean;
  readonly #keeper: BudgetKeeper;
  /** State machines: they look at records after redaction, and take none. */
  readonly nets: NetSet;
  readonly #recorders: RecorderSet;
  readonly #valves = new Valves(attributeKey('process.pid'));
  #rules: readonly LiveRule[] = [];
  /** Rules that cannot run here. */
  #refused: readonly Refusal[] = [];
  /** Rules that are gone but whose windows have still to be handed over. */
  #retired: LiveRule[] = [];
  #stages: Readonly<Record<Signal, SignalStages>> = { logs: noStages, spans: noStages, metrics: noStages };
  /** `offs` of the keeper when the stages were made. */
  #arrangedOffs = 0;
  readonly #runner: StageRunner;
  #serviceHashes: Int32Array = new Int32Array(16);
  /** Rises when other rules redact: what was kept until then was not looked at by these. */
  #redactions = { names: '', epoch: 0 };
  /** Windows that start up to here may hold what came before the redact rules of now; Unix nanoseconds, null when none can. */
  #clearUpTo: bigint | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#isTrial = options.isTrial === true || options.recorded === true;
    this.#ledger = new Ledger(this.#names, this.#coverage, options.redactionKeys, () => options.clock.monotonicMs());
    this.events = new EventAccounts({ names: this.#names, startedUnixMs: Number(options.clock.nowUnixNano() / 1_000_000n), counts: options.recorded !== true, learnsAll: this.#isTrial, templateBounds: options.templateBounds });
    this.#templates = new NamedTemplates(this.events.templates);
    this.#batch.onTaken = (index) => { this.events.taken(this.#batch, this.#runner.hashes()[index]!, index); };
    this.#keeper = new BudgetKeeper({ clock: options.clock, ...options.budgets });
    this.#runner = new StageRunner(this.#batch, this.#keeper);
    this.nets = new NetSet(this.#keeper);
    this.#recorders = new RecorderSet({ maxBytes: options.recorderBytes, clock: options.clock, openDisk: options.openDisk });
  }

  replaceRules(rules: readonly AgentRuleInput[], disabled: readonly DisabledRule[] = [], manner: ReplaceManner = 'all-or-nothing'): Result<void, Failure> {
    // A rule that comes back before its windows were handed over goes on with them: two points for one window would count twice.
    const running = [...this.#retired, ...this.#rules];
    const set = ruleSet(rules, {
      running, refused: this.#refused, nowUnixMs: Number(this.#options.clock.nowUnixNano() / 1_000_000n), strict: manner === 'all-or-nothing',
      compile: (rule, before) => compileRule(rule, { ...this.#options, isTrial: this.#isTrial, ledger: this.#ledger, names: this.#names, templates: this.#templates, before }),
    });
    if (!set.ok) return set;
    const next = [...set.value.live];
    this.#refused = set.value.refused;
    const kept = new Set(next.map(({ key }) => key));
    this.#retired = running.filter(({ key, holders }) => !kept.has(key) && holders.length > 0);
    for (const one of disabled) next.find(({ meter }) => isSame(meter.facts, one))?.meter.disable(one.disabled);
    this.#rules = next.sort(byOrder);
    this.nets.replace(next.flatMap(({ net }) => net ?? []), this.#options.clock.nowUnixNano());
    this.#names.watch(next.flatMap(({ policy }) => policy ?? []));
    this.#templates.replace(next.filter(({ minedIds }) => minedIds.length > 0), new Map(rules.flatMap(({ id, templates }) => (isTemplateBook(templates) ? [[id, templates] as const] : []))));
    this.#noteRedactions(next);
    this.events.cleanAgain();
    this.#keeper.watch(next.map(({ meter }) => meter));
    this.#arrange();
    return ok(undefined);
  }

  #noteRedactions(rules: readonly LiveRule[]): void {
    const names = rules.filter(({ redacts, would }) => redacts && would === null).map(({ key }) => key).toSorted().join('\n');
    if (names === this.#redactions.names) return;
    this.#redactions = { names, epoch: this.#redactions.epoch + 1 };
    if ([...this.#rules, ...this.#retired].some(({ holders }) => stateOf(holders).groups > 0)) this.#clearUpTo = this.#options.clock.nowUnixNano() + maxAheadNanos;
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
    this.#knowTemplates();
    const { redaction, rest } = this.#stages[signal];
    const isRedacted = redaction.length > 0;
    this.events.name(walked.value, !isRedacted);
    batch.begin(walked.value, this.#options.clock.nowUnixNano());
    this.#ledger.begin(Number(batch.nowUnixNano / 1_000_000n));
    this.#receive(batch.view, !isRedacted);
    if (this.#isTrial) this.#knowWhatCame();
    this.#keeper.begin();
    const routed: OutBatch[] = [];
    this.#runAll(redaction, noStages.rest, routed);
    this.#ledger.settle();
    if (batch.covered !== null) this.#coverage.covered(batch.view, this.#serviceHashes, batch.covered);
    const afterRedaction = isRedacted || tap.in ? batch.bytes() : bytes;
    const { watch } = this.#options;
    if (isRedacted) this.#accountRedacted(afterRedaction, received);
    watch?.(batch.view, batch.nowUnixNano);
    this.nets.offer(batch.view, batch.nowUnixNano, this.#runner.hashes());
    if (this.#valves.isAnyOpen && rest.length > 0) this.#letThrough(routed);
    this.#runAll(rest, redaction, routed);
    this.#leaveOut();
    return ok(this.#result(received, tap, afterRedaction, routed));
  }

  /** Before records come: what redact rules name may have been generalised, or forgotten. */
  #knowTemplates(): void { if (this.#templates.refresh()) this.#arrange(); }

  /** In a trial the bodies of the request taught something already. */
  #knowWhatCame(): void {
    if (!this.#templates.refresh()) return;
    this.#arrange();
    this.#runner.note();
  }

  /** What redaction left is what is counted and learned, and what nets and rules see. */
  #accountRedacted(afterRedaction: Uint8Array, received: number): void {
    const batch = this.#batch;
    if (batch.touched) batch.advance(afterRedaction);
    // Records that redaction dropped move the others up: then what was found in any is taken out of the names of all.
    const { hiders } = this.#ledger;
    const found = [...hiders.values()];
    const hiderOf = hiders.size === 0 ? null : batch.view.recordCount === received ? (index: number) => hiders.get(index) : () => (text: string) => found.reduce((left, hide) => hide(left), text);
    this.#serviceHashes = serviceHashes(batch.cursor, batch.view, this.#serviceHashes);
    this.events.count(batch, this.#runner.hashes(), this.#serviceHashes, hiderOf);
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

  /** Records of open valves leave at once; the other rules see the rest. */
  #letThrough(routed: OutBatch[]): void {
    const batch = this.#batch;
    const { view, cursor } = batch;
    const passing = this.#valves.through(view, cursor, Number(batch.nowUnixNano / 1_000_000n));
    if (passing.length === 0) return;
    for (const index of passing) batch.copyTo(batch.routed, defaultExporter, index);
    this.#takeRouted(routed);
    for (const index of passing) batch.remove(index);
    batch.advance(batch.bytes());
    this.#runner.note();
  }

  openValve(valve: Valve): void { this.#valves.open(valve); }
  closeValve(id: string): number { return this.#valves.close(id); }

  /** `redaction`: what records go through again that a rule of these stages wrote to. */
  #runAll(stages: readonly Stage[], redaction: readonly Stage[], routed: OutBatch[]): void {
    const batch = this.#batch;
    stages.forEach((stage, i) => {
      this.#runner.run(stage);
      if (batch.around.size > 0 && redactAround(batch)) this.#runner.note();
      if (batch.routed.size > 0) this.#takeRouted(routed);
      if (batch.recorded.size > 0) this.#takeRecorded();
      if (batch.held.size > 0) this.#takeHeld();
      const written = redaction.length > 0 ? batch.takeWritten() : null;
      if (written !== null) this.#redactWritten(written);
      if (batch.rewritten && i < stages.length - 1) { batch.advance(batch.bytes()); this.#runner.note(); }
    });
  }

  /** A rule may make a secret of two halves, or decode one: nothing behind it sees the record before redaction does, nor is its body learnt. */
  #redactWritten(written: Uint8Array): void {
    const batch = this.#batch;
    batch.advance(batch.bytes());
    this.events.name(batch.view, false);
    this.#knowTemplates();
    this.#runner.note();
    this.#redactAgain(this.#stages[batch.view.signal].redaction, written);
    this.events.name(batch.view, true);
  }

  /** The records of the batch past redact rules that may have met them before; `only`: those that it is for, null for all. */
  #redactAgain(redaction: readonly Stage[], only: Uint8Array | null): void {
    const batch = this.#batch;
    batch.again = true;
    batch.only = only;
    try {
      this.#runAll(redaction, noStages.rest, []);
      this.#ledger.settle();
    } finally {
      batch.again = false;
      batch.only = null;
    }
  }

  /** What was kept, past the redact rules of now. Null when nothing of it is left. Between requests only. */
  #redacted<T extends { readonly signal: Signal; readonly bytes: Uint8Array; readonly records: number }>(kept: T, run: (() => void) | null = null): T | null {
    this.#knowTemplates();
    const { redaction } = this.#stages[kept.signal];
    if (redaction.length === 0 && run === null) return kept;
    const walked = codec.walk(kept.signal, kept.bytes);
    // The bytes are of our own making; if they do not walk, the codec has a bug.
    if (!walked.ok) throw new Error(walked.error.message);
    const batch = this.#batch;
    this.events.name(walked.value, false);
    batch.begin(walked.value, this.#options.clock.nowUnixNano());
    this.#ledger.begin(Number(batch.nowUnixNano / 1_000_000n));
    this.#runner.note();
    this.#keeper.begin();
    if (run === null) this.#redactAgain(redaction, null); else run();
    if (!batch.touched) return batch.view === walked.value ? kept : { ...kept, bytes: batch.view.bytes };
    const records = batch.outcome.filter((one) => one !== false).length;
    return records === 0 ? null : { ...kept, bytes: batch.bytes(), records };
  }

  /** Notes a request as it came, by service; `isSettled`: redaction has no part in it, so its events are counted, too. */
  #receive(view: RequestView, isSettled: boolean): void {
    const { cursor } = this.#batch;
    const hashes = this.#runner.hashes();
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
      hashes[i] = durableIdHash(cursor) | 0;
    }
    if (isSettled) this.events.countAll(this.#batch, hashes, services);
    this.events.received(view.recordCount);
    if (view.recordCount > from) this.#coverage.received(view, resource, services[resource]!, view.recordCount - from, bytes);
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
    for (const [name, outcome] of this.#batch.recorded) this.#recorders.take(name, view, outcome, Number(nowUnixNano / 1_000_000n), this.#redactions.epoch);
    this.#batch.recorded.clear();
  }

  #takeHeld(): void {
    for (const [rule, outcome] of this.#batch.held) rule.take(ofItsOwn(codec.rewrite(this.#batch.view, outcome), this.#batch.view.bytes));
    this.#batch.held.clear();
  }

  flush(nowUnixNano: bigint, all = false): readonly OutBatch[] {
    const points: MadePoint[] = [];
    const out: OutBatch[] = [];
    for (const rule of this.#rules) this.#collect(rule, nowUnixNano, all || rule.meter.isOff, points, out);
    for (const rule of this.#retired) this.#collect(rule, nowUnixNano, true, points, out);
    this.#retired = [];
    this.#keepBudgets();
    const released = out.flatMap((batch) => this.#redacted(batch) ?? []);
    const upTo = this.#clearUpTo;
    const isUnseen = ({ point, hasNewText }: MadePoint): boolean => hasNewText || (upTo !== null && point.startUnixNano <= upTo);
    const batches = (some: readonly MadePoint[], run: (() => void) | null): readonly OutBatch[] => this.#pointBatches(some.map(({ point }) => point), run);
    return [...released, ...batches(points.filter((one) => !isUnseen(one)), null), ...batches(points.filter(isUnseen), () => this.#redactPoints())];
  }

  #pointBatches(points: readonly MetricPoint[], run: (() => void) | null): readonly OutBatch[] {
    const batches: OutBatch[] = [];
    for (let i = 0; i < points.length; i += maxPoints) {
      const some = points.slice(i, i + maxPoints);
      const made = this.#redacted({ exporter: defaultExporter, signal: 'metrics', bytes: codec.encodeMetrics(this.#options.resource, metricScope, some), records: some.length }, run);
      if (made !== null) batches.push(made);
    }
    return batches;
  }

  /** Points that hold text which no redact rule has seen: of windows that were open before the redact rules of now, and of rules that
   *  make text. It comes from records of any signal, so every redact rule looks at it, whichever records it is for. */
  #redactPoints(): void {
    const running = this.#rules.filter(({ meter }) => !meter.isOff).flatMap(({ ofPoints }) => ofPoints ?? []);
    if (running.length > 0) this.#redactAgain([new Stage(running)], null);
  }

  #collect(rule: LiveRule, nowUnixNano: bigint, all: boolean, points: MadePoint[], out: OutBatch[]): void {
    for (const holder of rule.holders) {
      const start = this.#keeper.start();
      const released = holder.release(nowUnixNano, all);
      if (released.windowMs === 0) continue;
      this.#keeper.closedWindow(rule.meter, start, released.made, released.windowMs);
      (rule.would ?? rule.counters).emitted += released.made;
      if (rule.would !== null) continue;
      rule.counters.bytesMade += madeBytes(released);
      for (const point of released.points) points.push({ point, hasNewText: rule.makesText });
      for (const batch of released.batches) out.push(batch);
    }
  }

  /** Once a second, whatever the traffic: judges, and has each stage time a record of its next request. */
  #keepBudgets(): void {
    this.#keeper.calibrate();
    this.#keeper.judge();
    this.#leaveOut();
    for (const { redaction, rest } of Object.values(this.#stages)) for (const stage of [...redaction, ...rest]) stage.sampler.second();
    this.#recorders.second(Number(this.#options.clock.nowUnixNano() / 1_000_000n));
  }

  heldRecords(): number {
    let held = 0;
    for (const rules of [this.#rules, this.#retired]) for (const { would, holders } of rules) if (would === null) held += heldBy(holders);
    return held;
  }

  stats(): readonly RuleStats[] {
    const stats = this.#rules.map((rule) => this.#told(statsOf(rule)));
    if (this.#refused.length === 0) return stats;
    const refused = new Set(this.#refused.map(({ key }) => key));
    const standIns = new Map(this.#rules.flatMap((rule, i) => (refused.has(rule.key) ? [[rule.key, stats[i]!]] : [])));
    return [...stats.filter((_, i) => !refused.has(this.#rules[i]!.key)), ...this.#refused.map((one) => refusedStats(one, standIns))];
  }

  /** An error may quote the record that it is about. */
  #told(stats: RuleStats): RuleStats { return stats.lastError === null ? stats : { ...stats, lastError: this.#names.clean(stats.lastError, '') }; }

  talkers(limit: number): { readonly talkers: readonly Talker[]; readonly otherRecords: number } { return this.events.talkers(limit); }
  defineRecorders(recorders: readonly AgentRecorder[]): Result<void, Failure> { return this.#recorders.define(recorders); }
  runRecorder(name: string, running: boolean): boolean { return this.#recorders.run(name, running); }
  recorders(): { readonly states: readonly RecorderState[]; readonly bytes: number; readonly maxBytes: number } { return { states: this.#recorders.states(), bytes: this.#recorders.bytes, maxBytes: this.#recorders.maxBytes }; }
  recorderKeys(name: string, limit: number): readonly KeyState[] { return this.#recorders.keys(name, limit); }
  recorder(name: string, key?: string): Iterable<RecorderFrame> | null { return this.#recorders.collect(name, this.#redactions.epoch, (frame) => this.#redacted(frame), key); }
  readRecorder(name: string, asked: FramesAsked): Iterable<RecorderFrame | null> | null { return this.#recorders.read(name, this.#redactions.epoch, (frame) => this.#redacted(frame), asked); }
  closeRecorders(): void { this.#recorders.close(); }
}

const byOrder = (a: LiveRule, b: LiveRule): number => Number(b.redacts) - Number(a.redacts) || a.order - b.order || (a.id < b.id ? -1 : 1);

function stagesFor(rules: readonly LiveRule[], signal: Signal): SignalStages {
  const now = (rule: SignalRule): SignalRule => (rule.hashesNow === undefined ? rule : { ...rule, nameHashes: rule.hashesNow() });
  const of = (redacts: boolean): readonly SignalRule[] => rules.filter((rule) => rule.redacts === redacts).flatMap((rule) => rule.bySignal.get(signal) ?? []).map(now);
  return { redaction: redactionStages(of(true)), rest: stagesOf(of(false)) };
}

/** One deployment may go on under a new version (its place among the rules changed); without a number the version tells. */
const isSame = (a: { readonly id: string; readonly version: number; readonly deployment: number }, b: typeof a): boolean =>
  a.id === b.id && a.deployment === b.deployment && (a.deployment > 0 || a.version === b.version);

/** Export requests are one repeated field, so their concatenation is one request that holds all their records. */
function joined(batches: readonly OutBatch[]): Uint8Array {
  if (batches.length === 1) return batches[0]!.bytes;
  const bytes = new Uint8Array(batches.reduce((sum, batch) => sum + batch.bytes.length, 0));
  let at = 0;
  for (const batch of batches) { bytes.set(batch.bytes, at); at += batch.bytes.length; }
  return bytes;
}

export const createPipeline = (options: Options): RulePipeline => new RulePipeline(options);
