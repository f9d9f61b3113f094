// A rule's state and reach as the views show them: shape and word first, colour second.
import type { RuleSummary } from '../../../../model/index.ts';
import { Chip } from '../../../ui/index.ts';
import { doingWords } from './doing-words.ts';
import { breachWords } from './breach-words.ts';

export function StateChip({ rule }: { readonly rule: Pick<RuleSummary, 'state' | 'kind' | 'mode' | 'breaches' | 'ended'> | null }) {
  if (rule === null) return <Chip tone="pending">new</Chip>;
  if (rule.state === 'draft') return <Chip tone="pending">draft</Chip>;
  if (rule.state === 'disabled') return rule.ended?.reason === 'expired' ? <Chip title="Its time was over: it ended by itself">expired</Chip> : <Chip>{doingWords(rule.kind).disabled}</Chip>;
  if (rule.breaches.length > 0) return <Chip tone="danger" title={rule.breaches[0]!.reason}>{breachWords(rule.breaches[0]!.kind).state}</Chip>;
  return rule.mode === 'shadow' ? <Chip tone="sampled" title="It only counts what it would do"><span className="dot" />shadow</Chip> : <Chip tone="accent"><span className="dot" />{rule.kind === 'state-machine' ? 'armed' : 'deployed'}</Chip>;
}

/** "v3", and "v3, v5 is newer" when the deployed version is not the latest. */
export function versionWords(rule: Pick<RuleSummary, 'state' | 'deployedVersion' | 'latestVersion'>): { readonly text: string; readonly behind: boolean } {
  if (rule.state !== 'deployed' || rule.deployedVersion === null) return { text: `v${rule.latestVersion}`, behind: false };
  return { text: `v${rule.deployedVersion}`, behind: rule.deployedVersion !== rule.latestVersion };
}

export const reachWords = (rule: Pick<RuleSummary, 'state' | 'appliedAgents' | 'targetAgents'>): string => rule.state === 'deployed' ? `${rule.appliedAgents} of ${rule.targetAgents}` : '–';
