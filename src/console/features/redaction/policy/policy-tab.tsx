// What the deployed policies do, as one effective table, with their own patterns, allow-lists and the keys known as sensitive.
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, Chip, EmptyState, Pane, PaneHeader, plural, SkeletonRows, Table, Time, type TableColumn } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { Term } from '../words/term.tsx';
import { newPolicySearch } from '../words/hide-search.ts';
import type { DeployedPolicy, Policies } from '../words/policies.ts';
import { actionLabel, policyRows, type PolicyRow } from './policy-rows.ts';
import { SensitiveKeys } from './sensitive-keys.tsx';

export function PolicyTab({ policies }: { readonly policies: Policies }) {
  const { deployed, error, retry } = policies;
  if (deployed === undefined) return error ? <LoadFailure error={error} onRetry={retry} /> : <SkeletonRows rows={10} />;
  return (
    <div className="grow scroll redact-policy">
      <PaneHeader title="What is hidden, in order" meta={<span className="hide-n">the first entry that fits decides; each policy is a rule with versions</span>}><NewPolicy /></PaneHeader>
      {deployed.length === 0 ? <NoPolicy policies={policies} /> : <Table label="Effective policy" columns={columns} rows={policyRows(deployed)} rowKey={row => row.id} rowProps={row => ({ className: row.place === 1 && row.kind === 'entry' ? 'redact-first' : '' })} />}
      <Others policies={policies} />
      {deployed.length > 0 && <Details deployed={deployed} />}
    </div>
  );
}

function NewPolicy() {
  const navigate = useNavigate();
  return <Button size="s" variant="primary" icon="plus" onClick={() => void navigate({ to: '/rules/new', search: newPolicySearch })}>New policy</Button>;
}

const PolicyLink = ({ policy: { rule } }: { readonly policy: DeployedPolicy }) => <Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name} v{rule.deployedVersion}</Link>;
const quiet = (text: string): ReactNode => (text === 'any' || text === 'whole value' ? <span className="t3">{text}</span> : <span className="mono" title={text}>{text}</span>);

const columns: readonly TableColumn<PolicyRow>[] = [
  { key: 'policy', head: 'Policy', width: 176, cell: row => <span className="row gap1"><PolicyLink policy={row.policy} />{row.policy.rule.mode === 'shadow' && <Chip tone="pending" title="It counts what it would hide, and hides nothing">shadow</Chip>}</span> },
  { key: 'place', head: 'Order', width: 92, cell: row => <span className="t3">{row.kind === 'default' ? <Term name="default">all others</Term> : row.kind === 'sensitive' ? <Term name="sensitiveKeys">known keys</Term> : `${row.kind} ${row.place}`}</span> },
  { key: 'key', head: 'Key', className: 'c-wrap', cell: row => quiet(row.key) },
  { key: 'places', head: 'Place', width: 96, cell: row => quiet(row.places) },
  { key: 'service', head: 'Service', width: 96, cell: row => quiet(row.service) },
  { key: 'detectors', head: 'Detectors', className: 'c-wrap', cell: row => quiet(row.detectors) },
  { key: 'action', head: 'Action', width: 104, cell: row => <Chip tone={row.action === 'ignore' ? 'attn' : 'plain'}>{actionLabel(row)}</Chip> },
  { key: 'says', head: 'Reason', className: 'c-says', cell: row => <span className="t2" title={row.says}>{row.says}</span> },
];

function NoPolicy({ policies: { drafts, queries } }: { readonly policies: Policies }) {
  return (
    <EmptyState title="No policy is deployed" actions={<NewPolicy />}>
      A policy says what is hidden per key, place and service, and fails closed where you want it.{drafts.length > 0 && ` ${plural(drafts.length, 'policy is', 'policies are')} written and not deployed.`}{queries.length > 0 && ' The rules below hide secrets meanwhile.'}
    </EmptyState>
  );
}

/** Rules that redact beside the policies, and policies that wait. */
function Others({ policies: { drafts, queries } }: { readonly policies: Policies }) {
  if (drafts.length + queries.length === 0) return null;
  return (
    <Pane label="Other rules that redact">
      <PaneHeader title="Beside the policies" meta="query rules that redact, and policies that are not deployed" />
      <ul className="redact-list">
        {queries.map(rule => <li key={rule.id}><Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name} v{rule.deployedVersion}</Link><span className="t2 ell">{rule.description}</span>{rule.mode === 'shadow' && <Chip tone="pending">shadow</Chip>}</li>)}
        {drafts.map(rule => <li key={rule.id}><Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name}</Link><Chip tone="pending">{rule.state === 'disabled' ? 'disabled' : 'draft'}</Chip><span className="t2 ell">{rule.description}</span></li>)}
      </ul>
    </Pane>
  );
}

function Details({ deployed }: { readonly deployed: readonly DeployedPolicy[] }) {
  const patterns = deployed.flatMap(policy => (policy.document.patterns ?? []).map(pattern => ({ policy, pattern })));
  const allows = deployed.flatMap(policy => (policy.document.allow ?? []).map((allow, i) => ({ policy, allow, i })));
  return (
    <>
      <Pane label="Own patterns">
        <PaneHeader title="Own patterns" meta={patterns.length} />
        {patterns.length === 0 ? <p className="t3 pad">No policy has a pattern of its own. The editor has a test box for them.</p> : <ul className="redact-list">{patterns.map(({ policy, pattern }) => <li key={`${policy.rule.id} ${pattern.name}`}><b className="mono md">{pattern.name}</b><code className="mono t2 ell" title={pattern.pattern}>{pattern.pattern}</code>{pattern.near !== undefined && <span className="t3 nw">near {pattern.near.join(', ')}</span>}<span className="t2 ell">{pattern.description ?? ''}</span><span className="end"><PolicyLink policy={policy} /></span></li>)}</ul>}
      </Pane>
      <Pane label="Allow-lists">
        <PaneHeader title="Allow-lists" meta="fail closed: keys that are not named go" />
        {allows.length === 0 ? <p className="t3 pad">No policy has an allow-list: what nothing is found in passes.</p> : <ul className="redact-list tall">{allows.map(({ policy, allow, i }) => <li key={`${policy.rule.id} ${i}`}><span className="nw">{allow.service === undefined ? 'every service' : <span className="mono">{allow.service}</span>}</span><span className="mono t2 redact-keys">{allow.keys.join('  ')}</span><span className="t3 nw">else {allow.otherwise ?? 'remove'}</span><span className="end"><PolicyLink policy={policy} /></span></li>)}</ul>}
      </Pane>
      <SensitiveKeys deployed={deployed} />
      <p className="meta t3 pad">{deployed.map(({ rule, version }) => <span key={rule.id}><span className="mono">{rule.name} v{version.version}</span> by {version.author}, <Time at={version.createdAt} show="full" />. </span>)}</p>
    </>
  );
}
