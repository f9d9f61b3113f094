// What is let pass on purpose: why, by whom, how often in the range, and the way to take it off.
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRedactionSources } from '../../../api/index.ts';
import { Button, EmptyState, formatCount, Pane, PaneHeader, SkeletonRows, Table, Time, type TableColumn } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import type { Policies } from '../words/policies.ts';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { Term } from '../words/term.tsx';
import { useRedaction } from '../words/use-redaction.ts';
import { TakeOffDialog } from './take-off-dialog.tsx';
import { isOneStep, useTakeOff } from './use-take-off.ts';
import { ignoredBy, suppressionsOf, type Suppression } from './suppression-list.ts';

export function SuppressionsTab({ policies, seconds }: { readonly policies: Policies; readonly seconds: RangeSeconds }) {
  const sources = useRedactionSources(seconds).data;
  const globs = useRedaction().data;
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Suppression | null>(null);
  const off = useTakeOff();
  if (policies.deployed === undefined) return policies.error ? <LoadFailure error={policies.error} onRetry={policies.retry} /> : <SkeletonRows rows={5} />;
  const list = suppressionsOf(policies.deployed);
  // The editor shows the newest version: in a later one than what runs, the entry may stand elsewhere.
  const takeOff = (suppression: Suppression) => { if (isOneStep(suppression)) setAsked(suppression); else void navigate({ to: '/rules/$ruleId', params: { ruleId: suppression.policy.rule.id } }); };
  const hits = (suppression: Suppression) => (sources === undefined || globs === undefined ? null : ignoredBy(suppression, sources.sources, globs));
  return (
    <Pane className="grow scroll redact-suppressions" label="Suppressions">
      <PaneHeader title="Let pass on purpose" meta={`ignore entries of deployed policies; counted over the last ${rangeWords(seconds)}`} />
      {list.length === 0 ? <EmptyState title="Nothing is let pass">No deployed policy has an ignore entry. When a detector is wrong about something, write one in the policy, with the reason.</EmptyState>
        : <Table label="Suppressions" columns={columnsOf(hits, sources?.more ?? 0, takeOff, off.busy)} rows={list} rowKey={each => each.id} />}
      <TakeOffDialog suppression={asked} hits={asked === null ? null : hits(asked)} range={rangeWords(seconds)} onClose={() => setAsked(null)} onConfirm={suppression => void off.takeOff(suppression)} />
    </Pane>
  );
}

const any = (text: string | undefined) => (text === undefined ? <span className="t3">any</span> : <span className="mono" title={text}>{text}</span>);

function columnsOf(hits: (suppression: Suppression) => number | null, more: number, takeOff: (suppression: Suppression) => void, busy: boolean): readonly TableColumn<Suppression>[] {
  const shown = (count: number | null) => (count === null ? <span className="t3">–</span> : <span title={more > 0 ? `Of the sources listed; ${more} more are not.` : undefined}>{more > 0 && '≥ '}{formatCount(count)}</span>);
  return [
    { key: 'reason', head: 'Reason', className: 'c-wrap', cell: ({ entry }) => (entry.reason === undefined ? <span className="amb">no reason was written</span> : <span title={entry.reason}>{entry.reason}</span>) },
    { key: 'key', head: 'Key', width: 160, className: 'c-wrap', cell: ({ entry }) => any(entry.key) },
    { key: 'service', head: 'Service', width: 80, cell: ({ entry }) => any(entry.service) },
    { key: 'detectors', head: 'Detectors', width: 108, className: 'c-wrap', cell: ({ entry }) => any(entry.detectors?.join(', ')) },
    { key: 'who', head: 'Who, when', width: 124, cell: ({ since }) => <span className="t2">{since.author}, <Time at={since.at} show="relative" /></span> },
    { key: 'hits', head: <Term name="letPass">Let pass</Term>, width: 72, numeric: true, cell: each => shown(hits(each)) },
    { key: 'policy', head: 'Policy', width: 132, cell: ({ policy: { rule } }) => <Link className="mono" to="/rules/$ruleId" params={{ ruleId: rule.id }}>{rule.name} v{rule.deployedVersion}</Link> },
    { key: 'act', head: <span className="vh">Action</span>, width: 104, className: 'c-act', cell: each => <Button size="s" onClick={() => takeOff(each)} disabledReason={busy ? 'Another one is being taken off.' : null} title={isOneStep(each) ? undefined : `${each.policy.rule.name} has a newer version than what runs: its editor opens.`}>{isOneStep(each) ? 'Take it off' : 'Open policy'}<span className="vh">: entry {each.index + 1} of {each.policy.rule.name}</span></Button> },
  ];
}
