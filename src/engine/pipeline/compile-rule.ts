// AgentRule -> what the pipeline runs: per signal the steps and the sink's effect, and what the rule keeps between requests.
import type { Clock, Result, Failure } from '../../base/index.ts';
import { failure, ok } from '../../base/index.ts';
import { namedIds, parsePlan, planVersion, type NamedIds, type Operator, type Plan, type Sink } from '../../kql/index.ts';
import { defaultBounds, redactionPolicy, signals, type AgentRuleInput, type RedactionPolicy, type Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import { compilePolicy, KeyRing, sinkPolicy, type CompiledPolicy } from '../../redaction/index.ts';
import { boundPlanText, RuleMeter, type RuleFacts } from '../budget/index.ts';
import { CompileError } from '../expr/index.ts';
import { badPlan, compiling } from '../filter.ts';
import { compileNet, type LiveNet } from '../nets/index.ts';
import { compileQuerySteps, type RecordSteps, type Step } from '../record/index.ts';
import { Dedup } from './dedup.ts';
import { dedupKey } from './dedup-key.ts';
import { gateOf, ruleKeys } from './dispatch/index.ts';
import * as effects from './effects.ts';
import { netHolder, stateOf, type Holder } from './holder.ts';
import { newCounters, type Counters, type Effect, type SignalRule } from './live-rule.ts';
import { makesText } from './makes-text.ts';
import type { NamedTemplates } from './named-templates.ts';
import { NoIdYet } from './no-id-yet.ts';
import { compileMetricRule } from './metric-rule.ts';
import type { Books } from './policy-mapper.ts';
import { compileRedaction, serviceOfPoint, type Redaction } from './redact.ts';
import type { Ledger, Names, WatchedPolicy } from '../redaction/index.ts';
import { Sampler } from './sample.ts';
import { shadowed } from './shadow.ts';
import { hashesOf } from './stage.ts';
import { compileTargets, type Targets } from './targets.ts';
import { compileUpdate, renames } from './update.ts';

export interface LiveRule {
  readonly id: string;
  readonly version: number;
  readonly order: number;
  readonly redacts: boolean;
  /** The rule as it was deployed: what comes back under the same key goes on with its counts and windows. */
  readonly key: string;
  readonly counters: Counters;
  readonly meter: RuleMeter;
  /** In shadow: what it would have done. */
  readonly would: Counters | null;
  /** A policy document's; null for queries, whose sinks know nothing that the detectors do not. */
  readonly policy: WatchedPolicy | null;
  readonly bySignal: ReadonlyMap<Signal, SignalRule>;
  /** A redact rule over points that rules made of records of any signal; null for others, and in shadow. */
  readonly ofPoints: SignalRule | null;
  /** Of a rule that cannot be compiled and may cover secrets: in its place, masking everything that a detector finds. */
  readonly standsIn: boolean;
  /** Its points may hold text that no redact rule has seen. */
  readonly makesText: boolean;
  /** Of a state machine: what watches the records. It touches none. */
  readonly net: LiveNet | null;
  /** Ids of templates that it names, where it redacts. */
  readonly minedIds: readonly string[];
  /** What it keeps between requests. */
  readonly holders: readonly Holder[];
}

export interface RuleContext {
  readonly clock: Clock;
  readonly maxGroups: number;
  readonly recorded?: boolean;
  readonly isTrial: boolean;
  readonly templates: NamedTemplates;
  readonly redactionKeys?: KeyRing;
  readonly ledger: Ledger;
  readonly names: Names;
  /** The same deployment under other names: its counts go on. */
  readonly before?: Pick<LiveRule, 'counters' | 'would' | 'net'> | undefined;
  /** The agent's own attributes, for targets. */
  readonly agent?: Readonly<Record<string, Value>>;
}

export const deploymentOf = ({ id, version, deployment = 0, mode = 'live' }: AgentRuleInput): string => `${id}@${version}/${deployment}/${mode}`;
export const keyOf = (rule: AgentRuleInput): string => (rule.names === undefined ? deploymentOf(rule) : `${deploymentOf(rule)}/${rule.names}`);

/** What budgets know of a rule. A shadow covers nothing, whatever its sink. */
export const factsOf = ({ id, version, deployment = 0, bounds = defaultBounds, expiresAtUnixMs = null, mode }: AgentRuleInput, redacts: boolean): RuleFacts =>
  ({ id, version, deployment, bounds, expiresAtUnixMs, protects: redacts && mode !== 'shadow' });

/** A rule as it is compiled: a policy is the redact sink of a query for every record of its signals. */
interface CheckedRule extends Required<Omit<AgentRuleInput, 'plan' | 'policy' | 'machine' | 'language' | 'location' | 'names' | 'templates'>>, Pick<AgentRuleInput, 'names'> { readonly plan: Plan; readonly policy: RedactionPolicy | null }

/** The failure names the rule and what to do; code `plan-invalid`. */
export function compileRule(given: AgentRuleInput, context: RuleContext): Result<LiveRule, Failure> {
  if (given.machine !== undefined && given.machine !== null) return compileMachineRule(given, context);
  const checked = checkRule(given);
  const compiled = checked.ok ? compiling(() => new RuleCompiler(checked.value, context).compile()) : checked;
  return compiled.ok ? compiled : failure(badPlan, `Rule ${given.name}: ${compiled.error.message}`, compiled.error.help);
}

/** A state machine takes no record from anybody and changes none: it has no place among the stages. */
function compileMachineRule(given: AgentRuleInput, context: RuleContext): Result<LiveRule, Failure> {
  const { id, name, version, order, mode } = given;
  const counters = context.before?.counters ?? newCounters(id, version);
  const holders: Holder[] = [];
  const compiled = compiling(() => compileNet(given, context, (machine) => {
    holders.push(netHolder(machine));
    return { counters, meter: new RuleMeter(factsOf(given, false), () => ({ bytes: machine.bytes, groups: machine.instances })) };
  }, context.before?.net));
  const net = compiled.ok ? compiled.value : compiled;
  if (!net.ok) return failure(badPlan, `Rule ${name}: ${net.error.message}`, net.error.help);
  return ok({
    id, version, order, key: keyOf(given), redacts: false, counters, meter: net.value.meter, would: mode === 'shadow' ? context.before?.would ?? newCounters(id, version) : null,
    policy: null, bySignal: new Map(), ofPoints: null, standsIn: false, makesText: false, net: net.value, minedIds: [], holders,
  });
}

function checkRule(given: AgentRuleInput): Result<CheckedRule, Failure> {
  const rule = { targets: null, mode: 'live' as const, bounds: defaultBounds, expiresAtUnixMs: null, deployment: 0, ...given };
  if (given.policy !== null && given.policy !== undefined) {
    const policy = redactionPolicy.safeParse(given.policy);
    return policy.success ? ok({ ...rule, policy: policy.data, plan: everyRecord }) : failure(badPlan, policy.error.issues[0]?.message ?? 'Its policy cannot be read.', 'Save the policy again.');
  }
  const bounded = boundPlanText(given.plan);
  if (!bounded.ok) return bounded;
  const parsed = parsePlan(given.plan);
  return parsed.ok ? ok({ ...rule, policy: null, plan: parsed.value }) : parsed;
}

/** The query that a policy rule stands for. What its sink finds the policy says. */
export const everyRecord: Plan = { version: planVersion, table: 'source', operators: [], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } };

type Run = Pick<SignalRule, 'steps' | 'effect' | 'onError'>;
type SinkRun = Pick<SignalRule, 'effect' | 'onError'> & { readonly isFor?: Redaction['isFor'] };

class RuleCompiler {
  readonly #rule: CheckedRule;
  readonly #plan: Plan;
  #policy: CompiledPolicy | null = null;
  readonly #context: RuleContext;
  readonly #counters: Counters;
  readonly #would: Counters | null;
  /** Where the sink counts. */
  readonly #tally: Counters;
  readonly #meter: RuleMeter;
  readonly #holders: Holder[] = [];
  /** What it says of durable ids; null where it redacts nothing, or whatever they are. */
  readonly #named: NamedIds | null;

  constructor(rule: CheckedRule, context: RuleContext) {
    this.#rule = rule;
    this.#plan = rule.plan;
    this.#context = context;
    this.#named = rule.plan.sink?.sink === 'redact' ? namedIds(rule.plan) : null;
    this.#counters = context.before?.counters ?? newCounters(rule.id, rule.version);
    this.#would = rule.mode === 'shadow' ? context.before?.would ?? newCounters(rule.id, rule.version) : null;
    this.#tally = this.#would ?? this.#counters;
    this.#meter = new RuleMeter(factsOf(rule, rule.plan.sink?.sink === 'redact'), () => { const { stateBytes, groups } = stateOf(this.#holders); return { bytes: stateBytes, groups }; });
  }

  compile(): LiveRule {
    const { id, version, order } = this.#rule;
    const sink = this.#plan.sink;
    if (sink === null) throw new CompileError('A rule must end in a sink.', 'End the query in | invoke drop(), or another sink.');
    const all = this.#steps();
    const runs = this.#runs(sink, all);
    const bySignal = new Map<Signal, SignalRule>();
    for (const [signal, steps] of all) {
      const targets = compileTargets(this.#rule.targets, signal, this.#context.agent ?? {}, this.#context.clock);
      if (targets.possible) bySignal.set(signal, this.#signalRule(signal, sink, steps, targets, runs.get(signal)!));
    }
    return {
      id, version, order, key: keyOf(this.#rule), redacts: sink.sink === 'redact', counters: this.#counters, meter: this.#meter, would: this.#would,
      policy: this.#watched(), bySignal, ofPoints: this.#ofPoints(bySignal), holders: this.#holders, standsIn: false, makesText: makesText(this.#plan), net: null,
      minedIds: this.#named?.mined ?? [],
    };
  }

  #ofPoints(bySignal: ReadonlyMap<Signal, SignalRule>): SignalRule | null {
    const [first] = bySignal.values();
    if (first === undefined || this.#policy === null || this.#would !== null) return null;
    const { isFor, ...run } = compileRedaction(this.#policy, this.#tally, this.#books, this.#context.names, serviceOfPoint);
    return { ...first, ...run, keys: ruleKeys([], 'metrics'), nameHashes: null, gate: gateOf([]), steps: (frame) => isFor(frame.cursor) };
  }

  /** Nothing that a rule in shadow finds is told. */
  get #books(): Books | null {
    const { id, name, version } = this.#rule;
    return this.#would === null ? { ledger: this.#context.ledger, rule: { id, name, version } } : null;
  }

  #watched(): WatchedPolicy | null {
    const { policy } = this.#rule;
    return policy === null || this.#policy === null ? null : { policy: this.#policy, hasPatterns: (policy.patterns ?? []).length > 0, signals: policy.signals ?? signals };
  }

  /** Per signal that the rule is about. */
  #steps(): ReadonlyMap<Signal, RecordSteps> {
    const about: readonly Signal[] = this.#rule.policy?.signals ?? signals;
    return new Map([...compileQuerySteps(this.#plan, this.#context.clock)].filter(([signal]) => about.includes(signal)));
  }

  #signalRule(signal: Signal, sink: Sink, steps: RecordSteps, targets: Targets, run: Run): SignalRule {
    const clauses = [...targets.clauses, ...steps.clauses];
    const keys = ruleKeys(clauses, signal);
    const { effect, ...rest } = this.#would === null ? run : { effect: shadowed(run.effect) };
    const noIdYet = this.#noIdYet(signal);
    return {
      counters: this.#counters, meter: this.#meter, sink: sink.sink, keys, nameHashes: hashesOf(keys.names), gate: gateOf(steps.clauses), ...rest,
      effect: noIdYet?.effect(effect) ?? effect, steps: within(targets, noIdYet?.steps(run.steps) ?? run.steps), ...(noIdYet !== null && { hashesNow: () => noIdYet.hashes(keys.names) }),
      changes: this.#would === null && (sink.sink === 'update' || sink.sink === 'redact'), renames: this.#would === null && sink.sink === 'update' && renames(signal, steps),
    };
  }

  /** Only logs are named by their bodies. */
  #noIdYet(signal: Signal): NoIdYet | null {
    const { templates, isTrial } = this.#context;
    return signal !== 'logs' || this.#named === null ? null : new NoIdYet(this.#named, { templates, counters: this.#counters, closesUnknown: !isTrial });
  }

  #runs(sink: Sink, all: ReadonlyMap<Signal, RecordSteps>): ReadonlyMap<Signal, Run> {
    if (sink.sink !== 'to_metric') return new Map([...all].map(([signal, steps]) => [signal, this.#run(steps, this.#sink(signal, sink, steps))]));
    const { holder, bySignal } = compileMetricRule(sink, all, this.#tally, this.#context);
    this.#holders.push(holder);
    return bySignal;
  }

  #run({ run }: RecordSteps, { isFor, ...sink }: SinkRun): Run {
    return { ...sink, steps: isFor === undefined || this.#rule.policy === null ? run : (frame) => isFor(frame.cursor) && run(frame) };
  }

  #sink(signal: Signal, sink: Exclude<Sink, { sink: 'to_metric' }>, steps: RecordSteps): SinkRun {
    const [next] = steps.rest;
    if (next !== undefined) throw new CompileError(`${next.op} does not stream, so a rule that ends in ${sink.sink} cannot use it.`, 'Remove it, or end the rule in to_metric after summarize.');
    switch (sink.sink) {
      case 'drop': return { effect: effects.drop(this.#tally) };
      case 'sample': return { effect: effects.sample(this.#tally, new Sampler(sink.ratio, signal), sink.ratio) };
      case 'dedup': return { effect: this.#dedup(signal, sink, steps) };
      case 'update': return { effect: this.#update(signal, steps) };
      case 'redact': return this.#redaction(sink);
      case 'record': return { effect: effects.record(this.#tally, this.#meter, sink.recorder, sink.tee) };
      case 'route': return { effect: effects.route(this.#meter, sink.exporter) };
    }
  }

  /** One policy for all signals. */
  #redaction(sink: Extract<Sink, { sink: 'redact' }>): SinkRun {
    const { policy } = this.#rule;
    const { names, redactionKeys: keys = new KeyRing() } = this.#context;
    if (this.#policy === null) {
      const compiled = policy === null ? sinkPolicy(sink.detectors, sink.mode, { keys }) : compilePolicy(policy, { keys });
      if (!compiled.ok) throw new CompileError(compiled.error.message, compiled.error.help ?? '');
      this.#policy = compiled.value;
    }
    return compileRedaction(this.#policy, this.#tally, this.#books, names);
  }

  #update(signal: Signal, steps: RecordSteps): Effect {
    if (this.#plan.operators.some(isInnerUnion)) throw new CompileError('update() cannot write back what union kind=inner left: every other field would be cleared.', 'Leave kind=inner out.');
    return effects.edit(this.#tally, compileUpdate(signal, steps, steps.table));
  }

  #dedup(signal: Signal, sink: Extract<Sink, { sink: 'dedup' }>, steps: RecordSteps): Effect {
    const held = new Dedup({
      windowNanos: dedupWindow(sink.windowNanos), key: dedupKey(sink.key, signal, steps, this.#context.clock), signal,
      maxKeys: this.#context.maxGroups, maxBytes: this.#rule.bounds.memoryBytes / 2,
    });
    this.#holders.push(held);
    return effects.dedup(this.#tally, held);
  }
}

const isInnerUnion = (operator: Operator): boolean => operator.op === 'union' && operator.kind === 'inner';

function dedupWindow(nanos: string): bigint {
  const window = BigInt(nanos);
  if (window < 1_000_000n || window > 86_400_000_000_000n) throw new CompileError('The window of dedup must be between 1 ms and 1 day.', 'Write dedup(30s).');
  return window;
}

const within = ({ test }: Targets, steps: Step): Step => (test === null ? steps : (frame) => test(frame) && steps(frame));
