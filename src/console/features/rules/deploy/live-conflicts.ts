// What the rule in hand and the rules that run now would do to each other, worked out from their plans before anything is
// deployed: the same judgement as the list's, for a text that the server does not know yet.
import { parsePlan, type Plan } from '../../../../kql/index.ts';
import type { AgentRule, RuleMode } from '../../../../model/index.ts';
import { conflictsOf, type CompiledQuery, type ConflictRule } from '../../../../rules/index.ts';

export interface LiveConflict {
  /** Who loses records. */
  readonly loser: string;
  /** Whether that is the rule in hand. */
  readonly own: boolean;
  readonly level: 'never' | 'some';
  /** A sentence that begins with the loser's name. */
  readonly message: string;
}

/** A rule that was not saved yet gets its id when it is: until then it counts as the last of its order. */
const idOfNew = '\uffff';

/** @param id of the rule in hand, whose running version it replaces; null while it is not saved. `mode`: in shadow it takes nothing. */
export function liveConflicts(rule: CompiledQuery, id: string | null, live: readonly AgentRule[], mode: RuleMode = 'live'): readonly LiveConflict[] {
  const others = live.filter((other) => other.id !== id && other.name !== rule.name);
  const parts = [...others.flatMap(partOf), { id: id ?? idOfNew, rule: { ...rule, shadow: mode === 'shadow' } }];
  const inOrder = parts.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((part) => part.rule);
  return conflictsOf(inOrder).filter((one) => one.rule === rule.name || one.withRule === rule.name).map((one) => {
    const other = one.rule === rule.name ? one.withRule : one.rule;
    const unsettled = id === null && others.some(({ name, order }) => name === other && order === rule.order);
    return { loser: one.rule, own: one.rule === rule.name, level: one.level, message: unsettled ? `${one.message} Both have order ${rule.order}, so which of them runs first is settled by its id once it is saved.` : one.message };
  }).toSorted((a, b) => Number(b.level === 'never') - Number(a.level === 'never') || Number(b.own) - Number(a.own));
}

/** Agents run rules on-box. A plan that this page cannot read says nothing about conflicts. */
function partOf({ id, name, order, plan, targets, bounds, mode }: AgentRule): readonly { readonly id: string; readonly rule: ConflictRule }[] {
  const [read, aimed] = [planOf(plan), targets === null ? null : planOf(targets)];
  if (read === null || (aimed === null && targets !== null)) return [];
  return [{ id, rule: { kind: 'query', name, order, location: 'on-box', plan: read, targets: aimed, bounds, expiresAfterMs: null, shadow: mode === 'shadow' } }];
}

function planOf(input: unknown): Plan | null {
  const parsed = parsePlan(input);
  return parsed.ok ? parsed.value : null;
}
