// From the rules that are offered to those that run. A rule that cannot be compiled is left out and says so; the others run. Where
// it covers secrets, something covers them in its place: its last version that ran, or else every detector there is.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { AgentRuleInput, RuleStats } from '../../model/index.ts';
import type { Disabled } from '../budget/index.ts';
import { deploymentOf, factsOf, keyOf, type LiveRule } from './compile-rule.ts';
import { newCounters } from './live-rule.ts';

export interface RuleSet { readonly live: readonly LiveRule[]; readonly refused: readonly Refusal[] }

/** A rule that this agent cannot run. */
export interface Refusal {
  readonly key: string;
  readonly id: string; readonly version: number; readonly deployment: number;
  readonly disabled: Disabled;
}

export interface RuleSetContext {
  /** What ran until now, and what was refused. */
  readonly running: readonly LiveRule[];
  readonly refused: readonly Refusal[];
  /** `before`: the same deployment, with other names written out. */
  readonly compile: (rule: AgentRuleInput, before?: LiveRule) => Result<LiveRule, Failure>;
  readonly nowUnixMs: number;
  /** One that cannot be compiled is an error for all. */
  readonly strict: boolean;
}

/** Errors: a rule that is there twice; when `strict`, a rule that cannot be compiled. Then nothing has changed. */
export function ruleSet(rules: readonly AgentRuleInput[], context: RuleSetContext): Result<RuleSet, Failure> {
  const known = new Map(context.running.map((rule) => [rule.key, rule]));
  const ids = new Set<string>();
  const live: LiveRule[] = [];
  const refused: Refusal[] = [];
  const facts: (() => void)[] = [];
  for (const rule of rules) {
    if (ids.has(rule.id)) return failure('rule-duplicate', `Rule ${rule.name} is there twice.`, 'Send each rule once.');
    ids.add(rule.id);
    const same = known.get(keyOf(rule));
    const compiled = same === undefined || same.standsIn ? compiledBy(rule, context) : ok({ ...same, order: rule.order });
    if (!compiled.ok && context.strict) return compiled;
    const cover = compiled.ok ? compiled.value : coverOf(rule, same, context);
    if (!compiled.ok) refused.push(refusalOf(rule, compiled.error, cover, context));
    if (cover === null) continue;
    live.push(cover);
    if (cover.key === keyOf(rule)) facts.push(() => { cover.meter.facts = factsOf(rule, cover.redacts); });
  }
  for (const note of facts) note();
  return ok({ live, refused });
}

/** What is no failure of the rule is a bug of the agent, and that costs one rule too. */
function compiledBy(rule: AgentRuleInput, { compile, strict, running }: RuleSetContext): Result<LiveRule, Failure> {
  const before = running.findLast(({ key, standsIn }) => !standsIn && (key === deploymentOf(rule) || key.startsWith(`${deploymentOf(rule)}/`)));
  try {
    const compiled = compile(rule, before);
    const off = before?.meter.isOff === true ? before.meter.disabled : null;
    if (compiled.ok && off !== null) compiled.value.meter.disable(off);
    return compiled;
  } catch (error) {
    if (strict) throw error;
    return failure('rule-fault', `Rule ${rule.name}: ${error instanceof Error ? error.message : String(error)}.`, 'This is a bug in the agent; please report it.');
  }
}

/** A rule in shadow covers nothing. */
function coverOf(rule: AgentRuleInput, same: LiveRule | undefined, { running, compile }: RuleSetContext): LiveRule | null {
  if (rule.mode === 'shadow' || !mayRedact(rule)) return null;
  const last = running.findLast(({ id, redacts, would, standsIn, meter }) => id === rule.id && redacts && would === null && !standsIn && !meter.isOff);
  if (last !== undefined) return { ...last, order: rule.order };
  if (same !== undefined) return { ...same, order: rule.order };
  const made = compile({ ...rule, plan: null, targets: null, policy: {} });
  return made.ok ? { ...made.value, standsIn: true } : null;
}

/** Of a rule that cannot be read: it is asked in plain text. */
const mayRedact = ({ plan, policy }: AgentRuleInput): boolean => (policy !== null && policy !== undefined) || JSON.stringify(plan ?? null).includes('"redact"');

function refusalOf(rule: AgentRuleInput, { message, help }: Failure, cover: LiveRule | null, { refused, nowUnixMs }: RuleSetContext): Refusal {
  const { id, version, deployment = 0 } = rule;
  const key = keyOf(rule);
  const instead = cover === null ? '' : cover.standsIn ? ' Until it can, every secret that a detector finds is masked.' : ` Version ${cover.version} stays in force.`;
  const reason = `This agent cannot run version ${version}: ${message}${help === undefined || help === '' ? '' : ` ${help}`}${instead}`;
  return { key, id, version, deployment, disabled: { kind: 'refused', reason, atUnixMs: refused.find((one) => one.key === key)?.disabled.atUnixMs ?? nowUnixMs } };
}

/** As agents report it: of a rule that something stands in for, with what that did. */
export function refusedStats({ id, version, deployment, disabled, key }: Refusal, reported: ReadonlyMap<string, RuleStats>): RuleStats {
  return { ...newCounters(id, version), deployment, ...reported.get(key), disabled };
}
