// What a person does next about a source, as one sentence's facts. Pure.
import type { RedactionSourceDetail, SourceAgent } from '../../../../model/index.ts';
import { leaksOn } from './source-flow.ts';

export type NextStep =
  /** Nothing hides it anywhere. */
  | { readonly kind: 'hide' }
  /** A rule hides it, but some agents have not applied it. */
  | { readonly kind: 'missing'; readonly rule: RuleName; readonly agents: readonly SourceAgent[] }
  /** A rule hid it and was taken off, or put into shadow. */
  | { readonly kind: 'off'; readonly rule: RuleName }
  /** The rule runs where it leaks: it misses some of it. */
  | { readonly kind: 'gap'; readonly rule: RuleName; readonly agents: readonly SourceAgent[] }
  /** A policy lets it pass on purpose. */
  | { readonly kind: 'ignored'; readonly rule: RuleName | undefined }
  /** It stopped, or was hidden from the first. */
  | { readonly kind: 'clean' };

interface RuleName { readonly id: string; readonly name: string; readonly version: number }

export function nextStep({ source, agents, deployedAt }: RedactionSourceDetail): NextStep {
  if (source.state === 'clean') return { kind: 'clean' };
  if (source.state === 'ignored') return { kind: 'ignored', rule: agents.find(({ ignoredBy }) => ignoredBy !== undefined)?.ignoredBy ?? source.ignoredBy?.at(-1) };
  const rule = agents.flatMap(({ rules }) => rules).at(-1) ?? source.rules.at(-1);
  if (rule === undefined) return { kind: 'hide' };
  if (deployedAt === null) return { kind: 'off', rule };
  const leaking = agents.filter(leaksOn);
  const without = leaking.filter(({ appliedAt }) => appliedAt === null);
  return without.length > 0 ? { kind: 'missing', rule, agents: without } : { kind: 'gap', rule, agents: leaking };
}
