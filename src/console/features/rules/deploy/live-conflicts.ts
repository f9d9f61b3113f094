// What the rule in hand and the rules that run now would do to each other, worked out from their plans before anything is
// deployed: the same judgement as the list's, for a text that the server does not know yet.
import { parsePlan, type Plan } from '../../../../kql/index.ts';
import type { AgentRule, RuleMode } from '../../../../model/index.ts';
import { conflictsOf, unsavedRuleId, type CompiledQuery, type ConflictRule } from '../../../../rules/index.ts';

export interface LiveConflict {
  /** Name of the version that loses records: two rules may run under one. */
  readonly loser: string;
  /** Whether that is the rule in hand. */
  readonly own: boolean;
  readonly level: 'never' | 'some';
  /** A sentence that begins with the loser's name. */
  readonly message: string;
}

/** @param id of the rule in hand, whose running version it replaces; null while it is not saved. `mode`: in shadow it takes nothing. */
export function liveConflicts(rule: CompiledQuery, id: string | null, live: readonly AgentRule[], mode: RuleMode = 'live'): readonly LiveConflict[] {
  const own = id ?? unsavedRuleId;
  const others = live.filter((other) => other.id !== own);
  const conflicts = conflictsOf([...others.flatMap(partOf), { ...rule, id: own, shadow: mode === 'shadow' }]);
  return conflicts.filter((one) => one.id === own || one.withId === own).map((one) => {
    const other = one.id === own ? one.withId : one.id;
    const unsettled = id === null && others.some((running) => running.id === other && running.order === rule.order);
    return { loser: one.rule, own: one.id === own, level: one.level, message: unsettled ? `${one.message} Both have order ${rule.order}, so which of them runs first is settled by its id once it is saved.` : one.message };
  }).toSorted((a, b) => Number(b.level === 'never') - Number(a.level === 'never') || Number(b.own) - Number(a.own));
}

/** Agents run rules on-box. A plan that this page cannot read says nothing about conflicts. */
function partOf({ id, name, order, plan, targets, bounds, mode }: AgentRule): readonly ConflictRule[] {
  const [read, aimed] = [planOf(plan), targets === null ? null : planOf(targets)];
  if (read === null || (aimed === null && targets !== null)) return [];
  return [{ id, kind: 'query', name, order, location: 'on-box', plan: read, targets: aimed, bounds, expiresAfterMs: null, shadow: mode === 'shadow' }];
}

function planOf(input: unknown): Plan | null {
  const parsed = parsePlan(input);
  return parsed.ok ? parsed.value : null;
}
