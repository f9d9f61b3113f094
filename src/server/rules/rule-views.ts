// Rules as the API shows them: what is stored, joined with what the fleet measures. Pure.
import type { z } from 'zod';
import type { ruleEffect, ruleVersion, RuleDetail, RuleSummary } from '../../model/index.ts';
import type { StoredDeployment, StoredRule, StoredVersion } from '../store/index.ts';

/** What the fleet measured of one rule; rates are null while not measured. */
export interface RuleMeasurement {
  readonly appliedAgents: number; readonly targetAgents: number;
  readonly matchedPerSecond: number | null; readonly removedPerSecond: number | null; readonly emittedPerSecond: number | null; readonly cpuShare: number | null;
  readonly matched: number; readonly removed: number; readonly changed: number; readonly emitted: number; readonly errors: number; readonly lastError: string | null;
  readonly outAfterPerSecond: number | null;
}

export function toSummary(rule: StoredRule, latest: StoredVersion, deployment: StoredDeployment | null, measured: RuleMeasurement): RuleSummary {
  const { appliedAgents, targetAgents, ...rest } = measured;
  const deployed = rule.state === 'deployed';
  const effect: z.infer<typeof ruleEffect> = { ...rest, outBeforePerSecond: deployed ? deployment?.outBeforePerSecond ?? null : null };
  return {
    id: rule.id, name: rule.name, description: latest.document.description, state: rule.state, order: latest.document.order,
    latestVersion: rule.latestVersion, deployedVersion: rule.deployedVersion, sink: latest.plan?.sink?.sink ?? '', table: latest.plan?.table ?? '',
    createdAt: rule.createdAt, updatedAt: rule.updatedAt, deployedAt: rule.deployedAt, appliedAgents, targetAgents, effect,
  };
}

export const toDetail = (summary: RuleSummary, versions: readonly StoredVersion[]): RuleDetail =>
  ({ ...summary, document: (versions[0] as StoredVersion).document, versions: versions.map(toVersion) });

const toVersion = ({ version, document, createdAt, author, contentHash, note, diagnostics }: StoredVersion): z.infer<typeof ruleVersion> =>
  ({ version, document, createdAt, author, contentHash, note, diagnostics: [...diagnostics] });
