// The deployed policies in the order in which they act, read whole; and what else redacts.
import type { PolicyDocument, RuleSummary, RuleVersion } from '../../../../model/index.ts';
import { useRuleDetails, useRules } from '../../../api/index.ts';

export interface DeployedPolicy { readonly rule: RuleSummary; /** The deployed one. */ readonly version: RuleVersion; readonly versions: readonly RuleVersion[]; readonly document: PolicyDocument }

export interface Policies {
  /** Undefined until all of them are read. */
  readonly deployed: readonly DeployedPolicy[] | undefined;
  readonly drafts: readonly RuleSummary[];
  /** Deployed query rules that end in redact(). */
  readonly queries: readonly RuleSummary[];
  readonly error: Error | null;
  readonly retry: () => void;
}

/** As agents run them: by order, equal orders by id. */
const inOrder = (a: RuleSummary, b: RuleSummary): number => a.order - b.order || (a.id < b.id ? -1 : 1);

export function usePolicies(): Policies {
  const rules = useRules();
  const policies = rules.data?.filter(({ kind }) => kind === 'redaction-policy').toSorted(inOrder) ?? [];
  const running = policies.filter(({ state }) => state === 'deployed');
  const details = useRuleDetails(running.map(({ id }) => id));
  const read = details.flatMap(({ data }) => (data === undefined ? [] : deployedPolicy(data, data.versions)));
  const whole = rules.data !== undefined && details.every(({ data }) => data !== undefined);
  return {
    deployed: whole ? read : undefined, drafts: policies.filter(({ state }) => state !== 'deployed'),
    queries: rules.data?.filter(({ kind, state, sink }) => kind === 'query' && state === 'deployed' && sink === 'redact').toSorted(inOrder) ?? [],
    error: rules.data === undefined ? rules.error : details.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    retry: () => { void rules.refetch(); for (const detail of details) if (detail.error !== null) void detail.refetch(); },
  };
}

function deployedPolicy(rule: RuleSummary, versions: readonly RuleVersion[]): readonly DeployedPolicy[] {
  const version = versions.find(each => each.version === rule.deployedVersion);
  return version?.document.kind === 'redaction-policy' ? [{ rule, version, versions, document: version.document }] : [];
}
