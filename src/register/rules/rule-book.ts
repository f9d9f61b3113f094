// The rules in force in this thread. Replaced as a whole; counts of rules that stay go on.
import type { Clock } from '../../base/index.ts';
import type { AgentRule, InProcessRuleCounts, InProcessRules } from '../../model/index.ts';
import { Gate, gateRule, newRuleCounts } from './gate.ts';
import { Rewriter } from './rewriter.ts';
import { splitRules, type Refused } from './split.ts';

export class RuleBook {
  readonly #clock: Clock;
  gate = new Gate([]);
  rewriter: Rewriter | null = null;
  #refused: readonly Refused[] = [];
  #agent = '{}';

  constructor(clock: Clock) { this.#clock = clock; }

  /** What is wrong with the rules, or empty; then those before stay in force. */
  replace({ rules, agent }: InProcessRules): string {
    const { first, later, refused } = splitRules(rules);
    const rewriter = this.#rewriterFor(later, agent);
    if (typeof rewriter === 'string') return rewriter;
    this.rewriter = rewriter;
    const before = new Map(this.gate.counts().map((counts) => [counts.id, counts]));
    const compiled = first.map((rule) => ({ rule, made: gateRule(rule, before.get(rule.id), this.#clock, agent) }));
    this.gate = new Gate(compiled.flatMap(({ made }) => (made.ok ? [made.value] : [])));
    this.#refused = [...refused, ...compiled.flatMap(({ rule: { id, version }, made }) => (made.ok ? [] : [{ id, version, reason: made.error.message }]))];
    return '';
  }

  /** Nothing to write and nothing running that wrote: no pipeline is made. */
  #rewriterFor(later: readonly AgentRule[], agent: InProcessRules['agent']): Rewriter | string | null {
    const agentText = JSON.stringify(agent);
    if (later.length === 0 && this.rewriter === null) return null;
    const rewriter = this.rewriter === null || agentText !== this.#agent ? new Rewriter(this.#clock, agent) : this.rewriter;
    this.#agent = agentText;
    const replaced = rewriter.replace(later);
    return replaced.ok ? rewriter : replaced.error.message;
  }

  counts(): readonly InProcessRuleCounts[] {
    return [...this.gate.counts(), ...(this.rewriter?.counts() ?? []), ...this.#refused.map(({ id, version, reason }) => newRuleCounts(id, version, reason))];
  }
}
