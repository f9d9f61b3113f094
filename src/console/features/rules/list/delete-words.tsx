// What deleting a rule means, before it is done.
import type { RuleSummary } from '../../../../model/index.ts';
import { formatRate, plural } from '../../../ui/index.ts';

export function DeleteWords({ rule }: { readonly rule: Pick<RuleSummary, 'state' | 'appliedAgents' | 'latestVersion' | 'effect'> }) {
  return (
    <>
      {rule.state === 'deployed' ? <p>It stops on <strong>{plural(rule.appliedAgents, 'agent')}</strong> at once{rule.effect.removedPerSecond ? <>, and <strong>{formatRate(rule.effect.removedPerSecond)}/s</strong> that it removes leave again</> : ''}.</p> : <p>It runs nowhere now.</p>}
      <p>Its {plural(rule.latestVersion, 'version')} can no longer be opened or deployed here, and its name is free again. The audit keeps them, and who deleted it.</p>
    </>
  );
}
