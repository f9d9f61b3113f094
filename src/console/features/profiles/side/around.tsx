// Around this moment: the tail of that time, what else was collected, and which rules were deployed just before.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useArtifacts, useAudit, useRules } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, Icon, type IconName } from '../../../ui/index.ts';
import { apart } from '../list/candidates.ts';
import { isProfile, subjectOf, takenAt } from '../list/profile-artifacts.ts';
import { chosenSpan, deploymentsBefore, kindredArtifacts, spanOf, type Span } from './around-moment.ts';
import type { SidePaneProps } from './side-pane.tsx';
import { recordsOfTime } from './tail-questions.ts';

export function Around({ scene: { profile, selection }, artifact }: SidePaneProps) {
  const span = spanOf(artifact, profile.startUnixMs, profile.durationNanos);
  if (span === null) return null;
  return (
    <section aria-label="Around this moment">
      <div className="ph" style={{ border: 0 }}><h2>Around this moment</h2></div>
      <ul className="prof-around"><TailRow span={chosenSpan(span, selection.fromNanos, selection.toNanos)} service={artifact?.service ?? null} />{artifact !== null && <Collected artifact={artifact} span={span} />}<Deployed span={span} /></ul>
    </section>
  );
}

const Row = ({ icon, says, children }: { readonly icon: IconName; readonly says: string; readonly children: ReactNode }) => <li className="row"><Icon name={icon} size="s" className="t3" /><span className="ell grow">{children}</span><span className="t3 meta nw">{says}</span></li>;

function TailRow({ span, service }: { readonly span: Span; readonly service: string | null }) {
  const zone = usePreferences(state => state.timeZone);
  return <Row icon="tail" says={service ?? 'every service'}><Link to="/tail" search={{ q: recordsOfTime(span.fromMs, span.toMs, service) }}>Tail, {formatClock(span.fromMs, zone)} to {formatClock(span.toMs, zone)}</Link></Row>;
}

function Collected({ artifact, span }: { readonly artifact: Artifact; readonly span: Span }) {
  const own = useArtifacts({ q: artifact.service ?? undefined }).data?.artifacts ?? [];
  const incident = useArtifacts({ incident: artifact.incident ?? undefined }).data?.artifacts ?? [];
  const all = [...new Map([...own, ...(artifact.incident === null ? [] : incident)].map(each => [each.id, each])).values()];
  return kindredArtifacts(artifact, all, span).map(each => <Row key={each.id} icon={iconOf(each)} says={apart(takenAt(each) - takenAt(artifact))}><ArtifactLink artifact={each} /></Row>);
}

const iconOf = (artifact: Artifact): IconName => (isProfile(artifact) ? 'flame' : artifact.kind === 'heap-snapshot' || artifact.kind === 'core-dump' ? 'dump' : artifact.kind === 'recorder' ? 'recorder' : 'file');

function ArtifactLink({ artifact }: { readonly artifact: Artifact }) {
  if (isProfile(artifact)) return <Link to="/profiles" search={{ artifact: artifact.id }} title={artifact.summary}>{artifact.name} of {subjectOf(artifact)}</Link>;
  if (artifact.kind === 'recorder') return <Link to="/tail" search={{ recording: artifact.id }} title={artifact.summary}>{artifact.name}</Link>;
  return <Link to="/dumps" search={{ artifact: artifact.id }} title={artifact.summary}>{artifact.name}</Link>;
}

function Deployed({ span }: { readonly span: Span }) {
  const audit = useAudit().data ?? [];
  const rules = useRules().data ?? [];
  return deploymentsBefore(audit, span).map(({ key, rule, atMs }) => {
    const name = rules.find(({ id }) => id === rule)?.name;
    return <Row key={key} icon="deploy" says={apart(atMs - span.fromMs)}>{name === undefined ? 'A rule that is gone was deployed' : <>Rule <Link to="/rules/$ruleId" params={{ ruleId: rule }}>{name}</Link> deployed</>}</Row>;
  });
}
