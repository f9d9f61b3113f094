// After the deployment: which agents have the policy, when each hid the first one, and the second in which it stopped leaking.
import { Link } from '@tanstack/react-router';
import type { RedactionSource, RuleDetail, SourceAgent } from '../../../../model/index.ts';
import { useRedactionSource, useRedactionSources, useRule } from '../../../api/index.ts';
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, Icon, plural } from '../../../ui/index.ts';
import { agentStep, sourceOf } from './progress.ts';

const rangeSeconds = 900;

export function ProgressSection({ rule, sinceMs, wish, at, full }: { readonly rule: RuleDetail; readonly sinceMs: number; readonly wish: RedactWish; readonly at: SecretPlace; /** Every record that leaves is scanned now. */ readonly full: boolean }) {
  const now = useRule(rule.id).data ?? rule;
  const sources = useRedactionSources(rangeSeconds);
  const source = sourceOf(sources.data?.sources ?? [], rule.id, wish, at);
  const detail = useRedactionSource(source?.id, rangeSeconds).data;
  const everywhere = now.targetAgents > 0 && now.appliedAgents >= now.targetAgents;
  const proved = detail !== undefined && detail.agents.length > 0 && detail.agents.every((one) => agentStep(one, sinceMs, String, everywhere).state === 'stopped');
  return (
    <div className="rdx-progress">
      <p role="status"><b className="md">Version {now.deployedVersion ?? now.latestVersion} is applied on {now.appliedAgents} of {plural(now.targetAgents, 'agent')}.</b></p>
      {source === null
        ? <p className="t2">Nothing was hidden by it yet; the first secret that comes will show here within two seconds.{sources.isError ? ' The audit does not answer now.' : ''}</p>
        : <ul className="rdx-agents" aria-label="Agent by agent">{(detail?.agents ?? []).map((one) => <Agent key={one.agent.id} one={one} sinceMs={sinceMs} everywhere={everywhere} />)}</ul>}
      {!proved && <p className="t3">{full ? 'Every record that leaves is scanned for a minute, so that it can be said within seconds that it stopped.' : 'The full scan of what leaves could not be started: from samples, it takes a minute to say that it stopped.'}</p>}
      <p><AuditLink source={source} /></p>
    </div>
  );
}

function Agent({ one, sinceMs, everywhere }: { readonly one: SourceAgent; readonly sinceMs: number; readonly everywhere: boolean }) {
  const zone = usePreferences((state) => state.timeZone);
  const { state, words } = agentStep(one, sinceMs, (iso) => formatClock(Date.parse(iso), zone), everywhere);
  return <li><span className={state === 'stopped' ? 'acc' : state === 'leaking' ? 'amb' : 't3'}><Icon name={state === 'stopped' ? 'check' : state === 'leaking' ? 'warn' : 'clock'} size="s" /></span>{state !== 'stopped' && <b className="md nw">{one.agent.name}</b>}<span className="t2">{words}</span></li>;
}

const AuditLink = ({ source }: { readonly source: RedactionSource | null }) => <Link to="/redaction" search={{ tab: 'audit', ...(source !== null && { source: source.id }) }}>Open the audit{source === null ? '' : ' of this source'}</Link>;
