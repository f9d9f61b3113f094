// The facts of an artifact, with the way to where it came from.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Artifact } from '../../../../model/index.ts';
import { useRules } from '../../../api/index.ts';
import { formatBytes, formatCount, Time } from '../../../ui/index.ts';
import { figureWords } from '../words/action-words.ts';

export function ArtifactFacts({ artifact }: { readonly artifact: Artifact }) {
  const { summary, format, bytes, service, process, agent, by, createdUnixMs, fromUnixMs, toUnixMs, sha256, verifiedAt, expiresAt, pinned, downloads, figures } = artifact;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['What', summary], ['Format and size', <>{format}, {formatBytes(bytes)}</>],
    ['Of', process === null ? service ?? (agent === null ? 'not known: the file does not say' : 'the machine') : `${service ?? process.name} (pid ${process.pid})`],
    ['From', agent === null ? `brought by ${by ?? 'someone'}` : agent.name], ...origins(artifact),
    ['Made', <Time key="made" at={createdUnixMs} show="full" />],
    ...(fromUnixMs !== null && toUnixMs !== null ? [['Time it is about', <span key="about"><Time at={fromUnixMs} /> to <Time at={toUnixMs} /></span>] as const] : []),
    ...Object.entries(figures).map(([name, value]) => figureWords(name, value)),
    ['Verified', verifiedAt === null ? 'not yet' : <Time key="verified" at={verifiedAt} show="relative" />], ['Expires', expiresAt === null ? pinned ? 'never: it is pinned' : 'never' : <Time key="expires" at={expiresAt} show="relative" />],
    ['Downloads', formatCount(downloads)], ['SHA-256', <span key="sha" className="mono" title={sha256}>{sha256.slice(0, 16)}…</span>],
  ];
  return <dl className="dump-facts">{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
}

function origins({ action, incident, rule }: Artifact): readonly (readonly [string, ReactNode])[] {
  return [
    ...(action === null ? [] : [['Action', <Link key="action" to="/dumps" search={{ tab: 'actions', action }}>the run that made it</Link>] as const]),
    ...(incident === null ? [] : [['Incident', <Link key="incident" to="/incidents/$incidentId" params={{ incidentId: incident }}>open it</Link>] as const]),
    ...(rule === null ? [] : [['Net', <NetLink key="rule" rule={rule} />] as const]),
  ];
}

/** By its name; a net that was deleted since has only its id left. */
function NetLink({ rule }: { readonly rule: string }) {
  const name = useRules().data?.find(({ id }) => id === rule)?.name;
  return <Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule }}>{name ?? rule}</Link>;
}
