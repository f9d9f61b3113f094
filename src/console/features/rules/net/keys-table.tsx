// One row a machine: its key, the state it is in, since when, and what it waits for.
import { useState } from 'react';
import type { MachineDocument } from '../../../../model/index.ts';
import { Chip, EmptyState, formatCount, formatDuration, Meter, plural, Segmented, Table } from '../../../ui/index.ts';
import type { ChipTone, TableColumn } from '../../../ui/index.ts';
import { waitWords, type AgentKey } from './net-facts.ts';

export interface KeysTableProps { readonly keys: readonly AgentKey[]; readonly initial: string; readonly document: MachineDocument; readonly more: number; readonly evicted: number; /** Records that the net looked at. */ readonly looked: number; readonly nowMs: number; readonly showAgent: boolean }

type Show = 'moved' | 'all';

export function KeysTable({ keys, initial, document, more, evicted, looked, nowMs, showAgent }: KeysTableProps) {
  const [show, setShow] = useState<Show>('all');
  const moved = keys.filter(({ state }) => state !== initial);
  const rows = show === 'moved' ? moved : keys;
  if (keys.length === 0 && looked > 0) return <EmptyState title={`None has left ${initial}`}>It looked at {plural(looked, 'record')}; none moved a machine or was counted for a move. A machine is listed from the first that is.</EmptyState>;
  if (keys.length === 0) return <EmptyState title="No machine yet">{document.key.length === 0 ? 'It begins with the first record that the net looks at.' : `One begins with the first record of each ${document.key.join(', ')}.`}</EmptyState>;
  const options = [{ value: 'moved' as const, label: `Not ${initial} ${moved.length}` }, { value: 'all' as const, label: `All ${formatCount(keys.length + more)}` }];
  return (
    <>
      <div className="net-which"><Segmented<Show> label="Which machines" value={show} options={options} onChange={setShow} />{evicted > 0 && <span className="meta amb">{formatCount(evicted)} forgotten: more keys than it may keep</span>}</div>
      <div className="scroll grow" tabIndex={0} role="region" aria-label="List of machines">
        {rows.length === 0 ? <p className="net-none t3">All are {initial}.</p> : <Table label="Machines" columns={columnsOf(document, nowMs, showAgent)} rows={rows} rowKey={({ agentId, key }) => `${agentId} ${key}`} footer={show === 'all' && more > 0 ? <tr><td colSpan={showAgent ? 5 : 4} className="t3">{formatCount(more)} more, quiet for longer</td></tr> : null} />}
      </div>
    </>
  );
}

function columnsOf(document: MachineDocument, nowMs: number, showAgent: boolean): readonly TableColumn<AgentKey>[] {
  return [
    { key: 'key', head: 'Key', cell: ({ key }) => <span className="mono" title={key}>{key === '' ? 'the one machine' : key}</span> },
    ...(showAgent ? [{ key: 'agent', head: 'Agent', width: 78, cell: ({ agent }: AgentKey) => <span className="t3" title={agent}>{agent}</span> }] : []),
    { key: 'state', head: 'State', width: 92, cell: ({ state }) => <Chip tone={toneOf(document, state)}>{state}</Chip> },
    { key: 'for', head: 'For', width: 70, numeric: true, cell: ({ sinceUnixMs }) => <span className="nw">{formatDuration(Math.max(0, nowMs - sinceUnixMs))}</span> },
    { key: 'waits', head: 'Waits for', cell: ({ waits }) => <Waits waits={waits} nowMs={nowMs} /> },
  ];
}

/** A state that starts actions is what the net was set for; others but the first are on the way there. */
export function toneOf({ states, initial }: Pick<MachineDocument, 'states' | 'initial'>, state: string): ChipTone {
  if ((states[state]?.enter?.length ?? 0) > 0) return 'danger';
  return state === initial ? 'plain' : 'attn';
}

function Waits({ waits, nowMs }: { readonly waits: AgentKey['waits']; readonly nowMs: number }) {
  const [first, ...others] = waits;
  if (first === undefined) return <span className="t3">a record that matches</span>;
  const { have, need } = first;
  return (
    <span className="row gap1" title={waits.map(({ text }) => text).join('\n')}>
      {have !== undefined && need !== undefined && need > 1 && <><Meter share={have / need} width={40} tone="attn" label={`Matches for ${first.to}`} /><span className="nw">{have} of {need} → {first.to}</span></>}
      {(have === undefined || need === undefined || need <= 1) && <span className="ell">{waitWords(first, nowMs)}</span>}
      {others.map(wait => <span key={`${wait.to} ${wait.text}`} className="t3 ell">or {waitWords(wait, nowMs)}</span>)}
    </span>
  );
}
