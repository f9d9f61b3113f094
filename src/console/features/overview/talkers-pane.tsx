// Top talkers by durable id: who sends most, since when, what rules do to it, and what one can do about it.
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { bytes } from '../../../cost/index.ts';
import type { Overview } from '../../../model/index.ts';
import { formatPercent, formatRate, Icon, IconButton, Menu, Meter, PaneHeader, plural, Segmented, Sparkline, Table } from '../../ui/index.ts';
import type { IconName, MenuEntry, TableColumn } from '../../ui/index.ts';
import { costRowOf } from '../../state/index.ts';
import { filterText, ruleStarts } from './rule-text.ts';
import { firstKnown, inOrder, rankTalkers } from './talkers.ts';
import type { RankedTalker, TalkerMeasure } from './talkers.ts';

export interface TalkersPaneProps { readonly data: Overview; readonly by: TalkerMeasure; readonly onBy: (by: TalkerMeasure) => void }

export function TalkersPane({ data, by, onBy }: TalkersPaneProps) {
  const menuOf = useTalkerMenu();
  const showInTail = useShowInTail();
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const { rows: ranked, other } = rankTalkers(data, by);
  const rows = held === null ? ranked : inOrder(ranked, held);
  const most = Math.max(1e-9, ranked[0]?.share ?? 0, other?.share ?? 0);
  return (
    <>
      <PaneHeader title="Top talkers by durable id" meta={plural(rows.length, 'id')}>
        <Segmented label="Measure" value={by} options={[{ value: 'records', label: 'Records' }, { value: 'bytes', label: 'Bytes' }]} onChange={onBy} />
        <Link className="meta nw" to="/cost">All in Cost</Link>
      </PaneHeader>
      <div className="talkers scroll" onPointerEnter={() => setHeld(ranked.map(row => row.key))} onPointerLeave={() => setHeld(null)}>
        <Table label="Top talkers by durable id" columns={columnsOf(by, most, firstKnown(data.talkers), menuOf)} rows={rows} rowKey={row => row.key} onPick={showInTail} rowLabel={row => `Show ${nameOf(row)} in the tail`} footer={other && <OtherRow by={by} most={most} share={other.share} perSecond={other.perSecond} />} />
      </div>
    </>
  );
}

/** Before rules where a rule acts on the id, for after them it may be gone. */
function useShowInTail(): (row: RankedTalker) => void {
  const navigate = useNavigate();
  return ({ talker }) => void navigate({ to: '/tail', search: { q: filterText(talker), signals: [talker.signal], ...(talker.rules.length > 0 ? { stage: 'in' as const } : {}) } });
}

function useTalkerMenu(): (row: RankedTalker) => readonly MenuEntry[] {
  const navigate = useNavigate();
  const showInTail = useShowInTail();
  return row => [
    { kind: 'heading', label: <span className="mono">{nameOf(row)}</span> },
    { label: 'Show in the tail', icon: 'tail', onSelect: () => showInTail(row) },
    { label: 'What it costs', icon: 'cost', onSelect: () => void navigate({ to: '/cost', search: { row: costRowOf(row.talker) } }) },
    { kind: 'separator' },
    ...ruleStarts(row.talker).map((start): MenuEntry => ({ label: start.label, icon: start.icon, onSelect: () => void navigate({ to: '/rules/new', search: { kql: start.kql, name: start.name } }) })),
    ...(row.talker.rules.length > 0 ? [{ kind: 'separator' } as const] : []),
    ...row.talker.rules.map((rule): MenuEntry => ({ label: <>Open rule <span className="mono">{rule.name}</span></>, icon: 'rules', onSelect: () => void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } }) })),
  ];
}

/** A mined id says nothing to a person: its template does. The filter goes on by the id. */
const nameOf = ({ talker: { label, durableId } }: RankedTalker): string => label ?? durableId;
const titleOf = ({ talker: { label, durableId } }: RankedTalker): string => (label === undefined ? durableId : `${label} (${durableId})`);

function columnsOf(by: TalkerMeasure, most: number, since: number, menuOf: (row: RankedTalker) => readonly MenuEntry[]): readonly TableColumn<RankedTalker>[] {
  return [
    { key: 'id', head: 'Durable id', cell: row => <span className="mono" title={titleOf(row)}>{nameOf(row)}</span> },
    { key: 'service', head: 'Service', width: 96, cell: row => <span className="t2" title={row.talker.service}>{row.talker.service}</span> },
    { key: 'signal', head: 'Signal', width: 64, className: 'c-signal', cell: row => <span className="t3">{row.talker.signal}</span> },
    { key: 'trend', head: 'Trend', width: 104, className: 'c-trend', cell: row => <Sparkline width={88} values={row.talker.history.slice(since)} label={`${nameOf(row)}, records per second over time`} /> },
    { key: 'rate', head: by === 'records' ? 'In /s' : 'Bytes /s', width: 78, numeric: true, cell: row => (by === 'records' ? formatRate(row.amount) : bytes(row.amount)) },
    { key: 'share', head: by === 'records' ? 'Share of all in' : 'Share of these', width: 138, cell: row => <Share share={row.share} most={most} /> },
    { key: 'what', head: 'What rules do to it', width: 196, className: 'c-what', cell: row => <WhatRulesDo rules={row.talker.rules} /> },
    { key: 'menu', head: <span className="vh">Actions</span>, width: 36, className: 'c-act', cell: row => <Menu entries={menuOf(row)} align="end" label={`Actions for ${nameOf(row)}`}><IconButton icon="more" label={`Actions for ${nameOf(row)}`} variant="ghost" size="s" tooltip={false} /></Menu> },
  ];
}

function Share({ share, most, quiet = false }: { readonly share: number; readonly most: number; readonly quiet?: boolean }) {
  return <span className="share"><Meter share={share / most} tone={quiet ? 'quiet' : 'plain'} height={8} label="Share, against the largest" /><span className="num t2 nw" style={{ width: 46, flex: 'none' }}>{formatPercent(share)}</span></span>;
}

const sinkWords: Readonly<Record<string, readonly [IconName, string]>> = { drop: ['drop', 'Drop'], sample: ['sample', 'Sample'], to_metric: ['metric', 'To metric'], record: ['recorder', 'To recorder'], redact: ['redact', 'Redact'], update: ['update', 'Update'], route: ['route', 'Route'] };

function WhatRulesDo({ rules }: { readonly rules: Overview['talkers'][number]['rules'] }) {
  const first = rules[0];
  if (first === undefined) return <span className="t3" title="A rule that chooses by service, severity or another field may act on some of its records all the same">no rule names it</span>;
  const [icon, word] = sinkWords[first.sink] ?? ['rules', first.sink];
  return <span className="row gap1" title={rules.map(rule => rule.name).join(', ')}><Icon name={icon} size="s" className="t3" /><span className="ell">{word} <span className="t3">{first.name}{rules.length > 1 && ` and ${rules.length - 1} more`}</span></span></span>;
}

function OtherRow({ by, most, share, perSecond }: { readonly by: TalkerMeasure; readonly most: number; readonly share: number; readonly perSecond: number }) {
  if (by === 'bytes') return null;
  return <tr><td className="t3">all other ids</td><td /><td className="c-signal" /><td className="c-trend" /><td className="num">{formatRate(perSecond)}</td><td><Share share={share} most={most} quiet /></td><td className="c-what" /><td /></tr>;
}
