// What a person does next about a source, as one sentence's facts. Pure.
import type { RedactionSourceDetail, SourceAgent } from '../../../../model/index.ts';
import { leaksOn } from './agent-stand.ts';

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
  /** Nobody knows whether it leaves. `rule` hid it once. `scannable`: a full scan would tell. */
  | { readonly kind: 'unproved'; readonly rule: RuleName | undefined; readonly scannable: boolean }
  /** It stopped, or was hidden from the first. `sampled`: of a sample, which proves less than a full scan. */
  | { readonly kind: 'clean'; readonly sampled: boolean };

interface RuleName { readonly id: string; readonly name: string; readonly version: number }

export interface NextStepFacts {
  /** Records that left in the range, and of these what the independent scan looked at; undefined while it is being read. */
  readonly scanned: { readonly records: number; readonly ofRecords: number } | undefined;
  /** Whether the independent scan knows the detector; null: not known yet. */
  readonly scannable: boolean | null;
}

/** Less than everything that left was looked at. */
export const isSampled = (scanned: NextStepFacts['scanned']): boolean => scanned !== undefined && scanned.records < scanned.ofRecords;

export function nextStep({ source, agents, deployedAt }: RedactionSourceDetail, { scanned, scannable }: NextStepFacts): NextStep {
  if (source.state === 'clean') return { kind: 'clean', sampled: isSampled(source.scannedSince ?? scanned) };
  if (source.state === 'ignored') return { kind: 'ignored', rule: agents.find(({ ignoredBy }) => ignoredBy !== undefined)?.ignoredBy ?? source.ignoredBy?.at(-1) };
  const rule = agents.flatMap(({ rules }) => rules).at(-1) ?? source.rules.at(-1);
  if (source.state === 'unproved') return { kind: 'unproved', rule, scannable: scannable ?? false };
  if (rule === undefined) return { kind: 'hide' };
  if (deployedAt === null) return { kind: 'off', rule };
  const leaking = agents.filter(agent => leaksOn(agent, source.state));
  const without = leaking.filter(({ appliedAt }) => appliedAt === null);
  return without.length > 0 ? { kind: 'missing', rule, agents: without } : { kind: 'gap', rule, agents: leaking };
}
