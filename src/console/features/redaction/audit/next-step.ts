// What a person does next about a source, as one sentence's facts. Pure.
import type { RedactionSourceDetail, SourceAgent } from '../../../../model/index.ts';
import { leaksOn } from './source-flow.ts';

export type NextStep =
  /** Nothing hides it anywhere. */
  | { readonly kind: 'hide' }
  /** A rule hides it, but some agents have not applied it. */
  | { readonly kind: 'missing'; readonly rule: RuleName; readonly agents: readonly SourceAgent[] }
  /** The rule runs where it leaks: it misses some of it. */
  | { readonly kind: 'gap'; readonly rule: RuleName; readonly agents: readonly SourceAgent[] }
  /** It stopped, or was hidden from the first. */
  | { readonly kind: 'clean' };

interface RuleName { readonly id: string; readonly name: string; readonly version: number }

export function nextStep({ source, agents }: RedactionSourceDetail): NextStep {
  if (source.state === 'clean') return { kind: 'clean' };
  const rule = agents.flatMap(({ rules }) => rules).at(-1) ?? source.rules.at(-1);
  if (rule === undefined) return { kind: 'hide' };
  const leaking = agents.filter(leaksOn);
  const without = leaking.filter(({ appliedAt }) => appliedAt === null);
  return without.length > 0 ? { kind: 'missing', rule, agents: without } : { kind: 'gap', rule, agents: leaking };
}
