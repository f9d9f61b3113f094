// Conflicts of the rules that run, and of those that might: each draft is judged as if it alone joined them. Pure.
import { conflictsOf, type CompiledRule, type RuleConflict } from '../../rules/index.ts';

export function conflictsAmong(rules: readonly CompiledRule[], others: readonly CompiledRule[]): readonly RuleConflict[] {
  return [...conflictsOf(rules), ...others.flatMap((other) => conflictsOf([...rules, other]).filter(({ rule }) => rule === other.name))];
}
