// AgentRule -> what the pipeline runs: per signal the steps and the sink's effect, and for to_metric the windows.
import type { Clock, Result, Failure } from '../../base/index.ts';
import { failure } from '../../base/index.ts';
import { parsePlan, type Plan, type Sink } from '../../kql/index.ts';
import type { AgentRule, Signal } from '../../model/index.ts';
import { CompileError } from '../expr/index.ts';
import { badPlan, compiling } from '../filter.ts';
import { compileRecordSteps, type Bindings, type RecordSteps } from '../record/index.ts';
import { bindingsFor, tableSignals } from '../tables.ts';
import * as effects from './effects.ts';
import { newCounters, type Counters, type Effect, type SignalRule } from './live-rule.ts';
import { compilePoints, type PointMaker } from './metric-points.ts';
import { compileRedaction } from './redact.ts';
import { nameColumn, ruleKeys } from './rule-keys.ts';
import { Sampler } from './sample.ts';
import { hashesOf } from './stage.ts';
import { compileUpdate } from './update.ts';
import { compileWindows, MetricWindows } from './windows.ts';

export interface MetricOutput { readonly windows: MetricWindows; readonly maker: PointMaker }

export interface LiveRule {
  readonly id: string;
  readonly version: number;
  readonly order: number;
  readonly redacts: boolean;
  readonly counters: Counters;
  readonly plan: Plan;
  readonly bySignal: ReadonlyMap<Signal, SignalRule>;
  readonly metrics: readonly MetricOutput[];
}

export interface RuleContext { readonly clock: Clock; readonly maxGroups: number; readonly redactionKey?: Uint8Array }

/** The failure names the rule and what to do; code `plan-invalid`. */
export function compileRule(rule: AgentRule, context: RuleContext): Result<LiveRule, Failure> {
  const parsed = parsePlan(rule.plan);
  if (!parsed.ok) return failure(badPlan, `Rule ${rule.name}: ${parsed.error.message}`, parsed.error.help);
  const compiled = compiling(() => new RuleCompiler(rule, parsed.value, context).compile());
  return compiled.ok ? compiled : failure(badPlan, `Rule ${rule.name}: ${compiled.error.message}`, compiled.error.help);
}

class RuleCompiler {
  readonly #rule: AgentRule;
  readonly #plan: Plan;
  readonly #context: RuleContext;
  readonly #counters: Counters;
  readonly #metrics: MetricOutput[] = [];

  constructor(rule: AgentRule, plan: Plan, context: RuleContext) {
    this.#rule = rule;
    this.#plan = plan;
    this.#context = context;
    this.#counters = newCounters(rule.id, rule.version);
  }

  compile(): LiveRule {
    const { id, version, order } = this.#rule;
    const sink = this.#plan.sink;
    if (sink === null) throw new CompileError('A rule must end in a sink.', 'End the query in | invoke drop(), or another sink.');
    const bySignal = new Map(tableSignals(this.#plan.table).map((signal) => [signal, this.#forSignal(signal, sink)]));
    return { id, version, order, redacts: sink.sink === 'redact', counters: this.#counters, plan: this.#plan, bySignal, metrics: this.#metrics };
  }

  #forSignal(signal: Signal, sink: Sink): SignalRule {
    const bindings = bindingsFor(this.#plan.table, signal);
    const steps = compileRecordSteps(this.#plan.operators, bindings, this.#context.clock);
    const keys = ruleKeys(this.#plan, signal);
    const name = steps.bindings.get(nameColumn[signal]);
    return {
      counters: this.#counters, sink: sink.sink, keys, nameHashes: hashesOf(keys.names), steps: steps.run,
      ...this.#sink(signal, sink, steps, bindings), changes: sink.sink === 'update' || sink.sink === 'redact',
      renames: sink.sink === 'update' && name?.kind !== 'record',
    };
  }

  #sink(signal: Signal, sink: Sink, steps: RecordSteps, bindings: Bindings): Pick<SignalRule, 'effect' | 'onError'> {
    if (sink.sink === 'to_metric') return { effect: this.#toMetric(sink, steps) };
    const [next] = steps.rest;
    if (next !== undefined) throw new CompileError(`${next.op} does not stream, so a rule that ends in ${sink.sink} cannot use it.`, 'Remove it, or end the rule in to_metric after summarize.');
    switch (sink.sink) {
      case 'drop': return { effect: effects.drop(this.#counters) };
      case 'sample': return { effect: effects.sample(this.#counters, new Sampler(sink.ratio, signal), sink.ratio) };
      case 'update': return { effect: effects.edit(this.#counters, compileUpdate(signal, steps, bindings)) };
      case 'redact': return compileRedaction(sink, this.#counters, this.#context.redactionKey);
      case 'record': return { effect: effects.record(this.#counters, sink.recorder, sink.tee) };
      case 'route': return { effect: effects.route(sink.exporter) };
    }
  }

  #toMetric(sink: Extract<Sink, { sink: 'to_metric' }>, steps: RecordSteps): Effect {
    const [summarize, ...after] = steps.rest;
    if (summarize?.op !== 'summarize') throw new CompileError('to_metric needs summarize before it.', 'Write | summarize Count = count() by ServiceName, bin(Timestamp, 10s).');
    const plan = compileWindows(summarize, steps.bindings, this.#context.clock);
    const windows = new MetricWindows(plan, this.#context.maxGroups);
    this.#metrics.push({ windows, maker: compilePoints(sink, plan, after, this.#context.clock) });
    return effects.toMetric(this.#counters, windows, sink.keep);
  }
}
