// One rule over one record: the pipeline itself, with that rule alone, says what becomes of the record; so an explanation
// cannot disagree with what agents do.
import { failure, ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { parsePlan, type Plan, type Sink } from '../../kql/index.ts';
import { agentRule, signals, type AgentRule, type AgentRuleInput, type RuleStats, type Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import { badPlan, compiling } from '../filter.ts';
import { everyRecord } from '../pipeline/compile-rule.ts';
import { defaultExporter } from '../pipeline/default-exporter.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import type { Pipeline, ProcessResult } from '../types.ts';
import { compileProbes, type Probe } from './probe.ts';
import type { RuleOutcome } from './types.ts';

export interface RuleRun {
  readonly rule: AgentRule;
  readonly plan: Plan;
  /** Null for a policy, which is for every record. */
  readonly sink: Sink | null;
  readonly probes: ReadonlyMap<Signal, Probe>;
  readonly pipeline: Pipeline;
}

export interface ExplainOptions {
  /** Its wall clock is what `now()` and `ago()` in rules mean. */
  readonly clock: Clock;
  /** The attributes of the agent whose rules these are: what targets may ask for. */
  readonly agent?: Readonly<Record<string, Value>>;
}

/** Errors: `plan-invalid`. In live mode: what a rule in shadow would do has to be seen. No budget ends it. */
export function compileRun(given: AgentRuleInput, { clock, agent = {} }: ExplainOptions): Result<RuleRun, Failure> {
  const rule = agentRule.parse({ ...given, mode: 'live', expiresAtUnixMs: null });
  const plan = rule.policy === null ? planOf(rule.plan, rule.name) : ok(everyRecord);
  if (!plan.ok) return plan;
  const targets = rule.targets === null ? ok(null) : planOf(rule.targets, rule.name);
  if (!targets.ok) return targets;
  const { sink } = plan.value;
  if (sink === null) return failure(badPlan, `Rule ${rule.name} does not end in a sink.`, 'End the query in | invoke drop(), or another sink.');
  const pipeline = createPipeline({ clock, budgets: { measure: false }, resource: agent, agent, isTrial: true, recorderBytes: 1 << 20, maxGroups: 1000 });
  const started = pipeline.replaceRules([rule]);
  if (!started.ok) return started;
  const probes = compiling(() => compileProbes(plan.value, targets.value, { clock, agent }));
  if (!probes.ok) return probes;
  const about: readonly Signal[] = rule.policy?.signals ?? signals;
  return ok({ rule, plan: plan.value, sink: rule.policy === null ? sink : null, probes: new Map([...probes.value].filter(([signal]) => about.includes(signal))), pipeline });
}

function planOf(given: unknown, name: string): Result<Plan, Failure> {
  const parsed = parsePlan(given);
  return parsed.ok ? parsed : failure(badPlan, `Rule ${name}: ${parsed.error.message}`, parsed.error.help);
}

export interface Ran {
  readonly did: RuleOutcome['did'];
  readonly matched: boolean;
  /** The record as it goes on to the next rule; null when it does not. */
  readonly next: Uint8Array | null;
  readonly error: string | null;
}

/** `request` holds the one record. */
export function runOne({ pipeline, sink }: RuleRun, signal: Signal, request: Uint8Array): Ran {
  const before = pipeline.stats()[0]!;
  const { matched, errors } = before;
  const processed = pipeline.process(signal, request, { in: false, out: false });
  if (!processed.ok) return { did: 'error', matched: false, next: request, error: processed.error.message };
  const after = pipeline.stats()[0]!;
  const next = processed.value.out.find((batch) => batch.exporter === defaultExporter)?.bytes ?? null;
  if (after.errors > errors) return { did: 'error', matched: false, next, error: after.lastError };
  if (after.matched === matched) return { did: 'nothing', matched: false, next, error: offReason(after) };
  return { did: fateOf(sink, processed.value), matched: true, next, error: null };
}

const offReason = (stats: RuleStats): string | null => stats.disabled?.reason ?? null;

function fateOf(sink: Sink | null, { removed, changed, out }: ProcessResult): RuleOutcome['did'] {
  const changes = changed > 0;
  if (sink === null) return removed.dropped > 0 ? 'dropped' : changes ? 'redacted' : 'nothing';
  switch (sink.sink) {
    case 'drop': return 'dropped';
    case 'sample': return removed.sampled > 0 ? 'dropped-by-sample' : 'kept-by-sample';
    case 'to_metric': return 'to-metric';
    case 'record': return 'recorded';
    case 'route': return 'routed';
    case 'update': return changes ? 'changed' : 'nothing';
    case 'redact': return changes ? 'redacted' : 'nothing';
    case 'dedup': return out.some((batch) => batch.exporter === defaultExporter) ? 'nothing' : 'held-by-dedup';
  }
}
