// One probe: what it reads, where it sits, what it costs, what came last, and the way out.
import { Link } from '@tanstack/react-router';
import { explainFailure, isProbeIn, useRemoveProbe } from '../../api/index.ts';
import type { FleetProbe, ProbePlace } from '../../../model/index.ts';
import { isDynamic } from '../../../model/index.ts';
import { Button, Chip, copyText, formatCount, formatDuration, formatPercent, formatRate, Icon, IconButton, Meter, Pane, plural, Table, Time, toast, useNow } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { endWords, kindWords, readsWords, stateTones, stateWords, tailQuestion, valuesLine, whatWords } from './words.ts';

export function ProbeDetail({ probe, onClose }: { readonly probe: FleetProbe; readonly onClose: () => void }) {
  const { name, state, what, why, end, notes } = probe;
  return (
    <Pane className="grow" label={`Probe ${name}`}>
      <div className="ph"><h2 className="mono ell">{name}</h2><Chip tone={stateTones[state]}>{stateWords[state]}</Chip><span className="row end gap1"><RemoveButton probe={probe} /><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      <div className="scroll">
        {(why !== null || end !== null) && <div className={`probe-why ${state === 'failed' || state === 'refused' ? 'bad' : ''}`}><Icon name="info" size="s" /><div><b className="md">{why?.message ?? `It ended: ${endWords[end ?? 'removed']}.`}</b>{why?.help !== undefined && <p className="t2">{why.help}</p>}</div></div>}
        {notes.map(note => <p key={note} className="probe-why">{note}</p>)}
        <Facts probe={probe} />
        <div className="row pad gap1 wrapline">
          {tailQuestion(probe) !== null && <Link className="btn s" to="/tail" search={{ q: tailQuestion(probe) ?? '' }}><Icon name="tail" size="s" />Its records in the tail</Link>}
          <Button size="s" variant="ghost" icon="copy" onClick={() => void copyText(JSON.stringify({ name, what, target: probe.target, limits: probe.limits }, null, 2), 'Probe')}>Copy as JSON</Button>
        </div>
        {isDynamic(what.kind) && isProbeIn(probe) && <Budget probe={probe} />}
        <Places places={probe.places} />
        {isDynamic(what.kind) ? <Latest places={probe.places} /> : <Standing places={probe.places} />}
      </div>
    </Pane>
  );
}

export function RemoveButton({ probe }: { readonly probe: FleetProbe }) {
  const remove = useRemoveProbe();
  if (!isProbeIn(probe)) return null;
  const run = () => remove.mutate(probe.id, { onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); } });
  return <Button size="s" variant="danger-outline" icon="trash" onClick={run} disabledReason={remove.isPending || remove.isSuccess ? 'It is being removed.' : null}>Remove</Button>;
}

function Facts({ probe: { what, agent, owner, reason, createdUnixMs, endedUnixMs, hits, emitted, suppressed } }: { readonly probe: FleetProbe }) {
  const reads = readsWords(what);
  const condition = what.kind === 'logpoint' ? what.spec.condition : what.kind === 'uprobe' ? what.spec.filter : undefined;
  return (
    <dl className="probe-facts">
      <div><dt>{kindWords[what.kind]} at</dt><dd className="mono">{whatWords(what)}</dd></div>
      {reads !== '' && <div><dt>Reads</dt><dd className="mono">{reads}</dd></div>}
      {condition !== undefined && <div><dt>Only when</dt><dd className="mono">{condition}</dd></div>}
      <div><dt>Agent</dt><dd><Link to="/fleet" search={{ agent: agent.id }}>{agent.name}</Link>{!agent.connected && <span className="amb"> away</span>}</dd></div>
      <div><dt>Owner</dt><dd>{owner}{reason !== '' && <span className="t2">: {reason}</span>}</dd></div>
      <div><dt>Inserted</dt><dd><Time at={createdUnixMs} />{endedUnixMs !== null && <span className="t3"> for {formatDuration(endedUnixMs - createdUnixMs)}</span>}</dd></div>
      <div><dt>{isDynamic(what.kind) ? 'Hits' : 'Records'}</dt><dd>{formatCount(hits)}{isDynamic(what.kind) && <span className="t3">, {formatCount(emitted)} written{suppressed > 0 && `, ${formatCount(suppressed)} counted only`}</span>}</dd></div>
    </dl>
  );
}

/** What is left of each limit. */
function Budget({ probe: { limits, emitted, expiresUnixMs, createdUnixMs, places } }: { readonly probe: FleetProbe }) {
  const now = useNow();
  const share = Math.max(0, ...places.flatMap(({ cpuShare }) => cpuShare ?? []));
  const left = expiresUnixMs === null ? null : Math.max(0, expiresUnixMs - now);
  return (
    <div className="probe-budget" role="group" aria-label="Limits">
      <span className="t3">Hits</span><Meter label="Hits used" width={96} share={emitted / limits.maxHits} /><span>{formatCount(emitted)} <span className="t3">of {formatCount(limits.maxHits)}, then it leaves</span></span>
      <span className="t3">CPU</span><Meter label="CPU share used" width={96} share={share / limits.maxCpuShare} tone={share > limits.maxCpuShare ? 'attn' : 'plain'} /><span>{formatPercent(share)} <span className="t3">of {formatPercent(limits.maxCpuShare)} of a core, then it pauses</span></span>
      {left !== null && expiresUnixMs !== null && <><span className="t3">Time</span><Meter label="Time used" width={96} share={1 - left / (expiresUnixMs - createdUnixMs)} /><span>{formatDuration(left)} <span className="t3">left</span></span></>}
      <span className="t3">Rate</span><span /><span className="t2">at most {formatCount(limits.maxPerSecond)} records a second; more are counted</span>
    </div>
  );
}

const none = <span className="t3">–</span>;
const columns: readonly TableColumn<ProbePlace>[] = [
  { key: 'process', head: 'Process', cell: ({ process, resolved, means }) => <span className="ell" title={[resolved, means].filter(Boolean).join(', ')}>{process === null ? 'the machine' : <>{process.service ?? process.name} <span className="t3">{process.pid}</span></>}</span> },
  { key: 'state', head: 'State', width: 76, cell: ({ state, why }) => <Chip tone={stateTones[state]} {...(why === null ? {} : { title: why.message })}>{stateWords[state]}</Chip> },
  { key: 'hits', head: 'Hits', width: 60, numeric: true, cell: ({ hits }) => formatCount(hits) },
  { key: 'rate', head: '/s', width: 56, numeric: true, cell: ({ trueRate }) => (trueRate === null ? none : formatRate(trueRate)) },
  { key: 'cost', head: 'A hit', width: 62, numeric: true, cell: ({ costUs }) => (costUs === null ? none : `${costUs < 10 ? costUs.toFixed(1) : Math.round(costUs)} µs`) },
  { key: 'pauses', head: 'Pauses', width: 62, numeric: true, cell: ({ pauses }) => formatCount(pauses) },
];

function Places({ places }: { readonly places: readonly ProbePlace[] }) {
  if (places.length === 0) return null;
  return <section aria-label="Where it sits"><div className="ph"><h2>Where it sits</h2><span className="meta">{plural(places.length, 'process', 'processes')}</span></div><Table label="Where it sits" columns={columns} rows={places} rowKey={({ process }) => `${process?.pid ?? 'machine'}`} rowNote={({ why, state }) => (why !== null && state !== 'active' ? <span className="t2">{why.message} {why.help ?? ''}</span> : null)} /></section>;
}

/** A timer's number is milliseconds. */
const shownValue = (name: string, value: unknown): string => (name === 'timer' && typeof value === 'number' ? `${value < 10 ? value.toFixed(2) : Math.round(value)} ms` : typeof value === 'string' ? value : JSON.stringify(value) ?? String(value));

/** Where a log source stands, in words. */
export function Standing({ places }: { readonly places: readonly ProbePlace[] }) {
  return <section aria-label="Where it stands"><div className="ph"><h2>Where it stands</h2></div>{places.map(({ means, resolved, why }) => <p key={means} className="pad">{means}{resolved !== null && <span className="t2"> {resolved}</span>}{why !== null && <b className="md amb"> {why.message}</b>}</p>)}</section>;
}

export function Latest({ places }: { readonly places: readonly ProbePlace[] }) {
  const hits = places.flatMap(({ latest, process }) => latest.map((hit, index) => ({ ...hit, pid: process?.pid ?? 0, index }))).toSorted((a, b) => b.unixMs - a.unixMs || b.index - a.index).slice(0, 20);
  return (
    <section aria-label="Last values">
      <div className="ph"><h2>Last values</h2><span className="meta">newest first</span></div>
      {hits.length === 0 ? <p className="pad t2">Nothing came by yet.</p>
        : <ol className="probe-hits">{hits.map(({ unixMs, values, pid, index }) => <li key={`${unixMs} ${pid} ${index}`}><Time at={unixMs} /><span className="mono" title={valuesLine(values)}>{Object.entries(values).map(([name, value]) => <span key={name} className="probe-value"><span className="t3">{name}</span> {shownValue(name, value)}</span>)}</span></li>)}</ol>}
    </section>
  );
}
