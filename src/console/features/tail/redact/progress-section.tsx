// After the deployment: which agents have the policy, when each hid the first one, and the second in which it stopped leaking. What is
// proved stays; until then one line says how long is watched and how much was looked at.
import { Link } from '@tanstack/react-router';
import type { RedactionSource, RuleDetail, SourceAgent } from '../../../../model/index.ts';
import { useRule } from '../../../api/index.ts';
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, Icon, plural } from '../../../ui/index.ts';
import type { HeldStop } from './held-stops.ts';
import { agentStep, leakSinceApplied, watchingWords } from './progress.ts';
import { useProof, type Proof } from './use-proof.ts';

interface ProgressSectionProps { readonly rule: RuleDetail; readonly sinceMs: number; readonly wish: RedactWish; readonly at: SecretPlace; /** Every record that leaves is scanned now. */ readonly full: boolean }

export function ProgressSection({ rule, sinceMs, wish, at, full }: ProgressSectionProps) {
  const now = useRule(rule.id).data ?? rule;
  const proof = useProof(rule.id, sinceMs, wish, at);
  const { source, detail, stops } = proof;
  const everywhere = now.targetAgents > 0 && now.appliedAgents >= now.targetAgents;
  const proved = detail !== undefined && detail.agents.length > 0 && detail.agents.every(({ agent }) => stops.get(agent.id)?.againAt === null);
  return (
    <div className="rdx-progress">
      <p role="status"><b className="md">Version {now.deployedVersion ?? now.latestVersion} is applied on {now.appliedAgents} of {plural(now.targetAgents, 'agent')}.</b></p>
      {source === null
        ? <p className="t2">Nothing was hidden by it yet; the first secret that comes will show here within two seconds.{proof.failed ? ' The audit does not answer now.' : ''}</p>
        : <ul className="rdx-agents" aria-label="Agent by agent">{(detail?.agents ?? []).map((one) => <Agent key={one.agent.id} one={one} held={stops.get(one.agent.id)} sinceMs={sinceMs} everywhere={everywhere} />)}</ul>}
      {!proved && <Watch proof={proof} full={full} />}
      <p><AuditLink source={source} /></p>
    </div>
  );
}

function Watch({ proof: { detail, watching, nowMs }, full }: { readonly proof: Proof; readonly full: boolean }) {
  const zone = usePreferences((state) => state.timeZone);
  if (!full) return <p className="t3">The full scan of what leaves could not be started: from samples, it takes a minute to say that it stopped.</p>;
  if (watching === null || nowMs === null) return <p className="t3">Every record that leaves is scanned for a minute, so that it can be said within seconds that it stopped.</p>;
  return <p className="t2 num">{watchingWords(watching, nowMs, leakSinceApplied(detail?.agents ?? []), (unixMs) => formatClock(unixMs, zone))}</p>;
}

const marks = { stopped: ['acc', 'check'], leaking: ['amb', 'warn'], waiting: ['t3', 'clock'] } as const;

function Agent({ one, held, sinceMs, everywhere }: { readonly one: SourceAgent; readonly held: HeldStop | undefined; readonly sinceMs: number; readonly everywhere: boolean }) {
  const zone = usePreferences((state) => state.timeZone);
  const { state, words } = agentStep(one, held, sinceMs, (iso) => formatClock(Date.parse(iso), zone), everywhere);
  const [tone, icon] = marks[state];
  return <li><span className={tone}><Icon name={icon} size="s" /></span>{state !== 'stopped' && <b className="md nw">{one.agent.name}</b>}<span className="t2">{words}</span></li>;
}

const AuditLink = ({ source }: { readonly source: RedactionSource | null }) => <Link to="/redaction" search={{ tab: 'audit', ...(source !== null && { source: source.id }) }}>Open the audit{source === null ? '' : ' of this source'}</Link>;
