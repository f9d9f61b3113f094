// One probe: what it reads, where it sits, what it costs, what came last, and the way out.
import { Link } from '@tanstack/react-router';
import { isProbeIn } from '../../api/index.ts';
import type { FleetProbe, ProbePlace } from '../../../model/index.ts';
import { isDynamic } from '../../../model/index.ts';
import { Button, Chip, copyText, formatCount, formatDuration, formatPercent, formatRate, Icon, IconButton, Meter, Pane, plural, Table, Time, useNow } from '../../ui/index.ts';
import type { TableColumn } from '../../ui/index.ts';
import { HitWords } from './hit-words.tsx';
import { InsertAgain } from './insert-again.tsx';
import { LastValues } from './last-values.tsx';
import { Measured } from './measured.tsx';
import { placeSearch } from './open-place.ts';
import { RemoveButton } from './remove-button.tsx';
import { Said } from './said.tsx';
import { cpuOf, placeSampling, samplingOf, stateShown } from './sampling.ts';
import { SamplingNote } from './sampling-note.tsx';
import { Standing } from './standing.tsx';
import { TailLink } from './tail-link.tsx';
import { costWords, counts, cpuWords, endWords, kindWords, measures, readsWords, whatWords } from './words.ts';

export function ProbeDetail({ probe, onClose }: { readonly probe: FleetProbe; readonly onClose: () => void }) {
  const { name, what, why, end, notes, places } = probe;
  const now = useNow(isProbeIn(probe));
  const state = stateShown(probe.state, samplingOf(probe, now));
  return (
    <Pane className="grow" label={`Probe ${name}`}>
      <div className="ph"><h2 className="mono ell">{name}</h2><Chip tone={state.tone}>{state.words}</Chip><span className="row end gap1"><RemoveButton probe={probe} /><InsertAgain probe={probe} /><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      <div className="scroll" tabIndex={0} role="group" aria-label={`About ${name}`}>
        {(why !== null || end !== null) && <div className={`probe-why ${probe.state === 'failed' || probe.state === 'refused' ? 'bad' : ''}`}><Icon name="info" size="s" /><div><b className="md"><Said>{why?.message ?? `It ended: ${endWords[end ?? 'removed']}.`}</Said></b>{why?.help !== undefined && <p className="t2"><Said>{why.help}</Said></p>}</div></div>}
        <SamplingNote probe={probe} />
        {notes.map(note => <p key={note} className="probe-why"><span><Said>{note}</Said></span></p>)}
        <Facts probe={probe} />
        <div className="row pad gap1 wrapline">
          <TailLink probe={probe} />
          <Link className="btn s" to="/probes/new" search={placeSearch(probe)}><Icon name="code" size="s" />{what.kind === 'logpoint' ? 'In its source' : 'In its form'}</Link>
          <Button size="s" variant="ghost" icon="copy" onClick={() => void copyText(JSON.stringify({ name, what, target: probe.target, limits: probe.limits }, null, 2), 'Probe')}>Copy as JSON</Button>
        </div>
        {isDynamic(what.kind) && isProbeIn(probe) && <Budget probe={probe} />}
        {measures(what) && <Measured places={places} />}
        {isDynamic(what.kind) && <Places places={places} />}
        {!isDynamic(what.kind) ? <Standing probe={probe} /> : !counts(what) && <LastValues key={probe.id} places={places} />}
      </div>
    </Pane>
  );
}

function Facts({ probe }: { readonly probe: FleetProbe }) {
  const { what, agent, owner, reason, createdUnixMs, endedUnixMs } = probe;
  const reads = readsWords(what);
  const condition = what.kind === 'logpoint' ? what.spec.condition : what.kind === 'uprobe' ? what.spec.filter : undefined;
  return (
    <dl className="probe-facts">
      <div><dt>{kindWords[what.kind]} at</dt><dd className="mono">{isDynamic(what.kind) ? <Link to="/probes/new" search={placeSearch(probe)} title="Look at it there, or put in another like it">{whatWords(what)}</Link> : whatWords(what)}</dd></div>
      {reads !== '' && <div><dt>Reads</dt><dd className="mono">{reads}</dd></div>}
      {condition !== undefined && <div><dt>Only when</dt><dd className="mono">{condition}</dd></div>}
      <div><dt>Agent</dt><dd><Link to="/fleet" search={{ agent: agent.id }}>{agent.name}</Link>{!agent.connected && <span className="amb"> away</span>}</dd></div>
      <div><dt>Owner</dt><dd>{owner}{reason !== '' && <span className="t2">: {reason}</span>}</dd></div>
      <div><dt>Inserted</dt><dd><Time at={createdUnixMs} show="full" /></dd></div>
      {endedUnixMs !== null && <div><dt>Ended</dt><dd><Time at={endedUnixMs} show="full" /> <span className="t3">after {formatDuration(endedUnixMs - createdUnixMs)}</span></dd></div>}
      <div><dt>{isDynamic(what.kind) ? 'Hits' : 'Records'}</dt><dd><HitWords probe={probe} long /></dd></div>
    </dl>
  );
}

/** What is left of each limit. */
function Budget({ probe: { what, limits, emitted, expiresUnixMs, createdUnixMs, places } }: { readonly probe: FleetProbe }) {
  const now = useNow();
  const share = Math.max(0, ...places.flatMap(place => cpuOf(place, now) ?? []));
  const left = expiresUnixMs === null ? null : Math.max(0, expiresUnixMs - now);
  return (
    <div className="probe-budget" role="group" aria-label="Limits">
      {!measures(what) && <><span className="t3">Records</span><Meter label="Records used" width={96} share={emitted / limits.maxHits} /><span>{formatCount(emitted)} <span className="t3">of {formatCount(limits.maxHits)}, then it leaves</span></span></>}
      <span className="t3">CPU</span><Meter label="CPU share used" width={96} share={share / limits.maxCpuShare} tone={share > limits.maxCpuShare ? 'attn' : 'plain'} /><span>{cpuWords(share)} <span className="t3">of {formatPercent(limits.maxCpuShare)} of a core; past that it goes out for a while</span></span>
      {left !== null && expiresUnixMs !== null && <><span className="t3">Time</span><Meter label="Time used" width={96} share={1 - left / (expiresUnixMs - createdUnixMs)} /><span>{formatDuration(left)} <span className="t3">left</span></span></>}
      {!measures(what) && <><span className="t3">Rate</span><span /><span className="t2">at most {plural(limits.maxPerSecond, 'record')} a second; more are counted</span></>}
    </div>
  );
}

const none = <span className="t3">–</span>;
const columnsAt = (now: number): readonly TableColumn<ProbePlace>[] => [
  { key: 'process', head: 'Process', cell: ({ process, resolved, means }) => <span className="ell" title={[resolved, means].filter(Boolean).join(', ')}>{process === null ? 'the machine' : <>{process.service ?? process.name} <span className="t3">{process.pid}</span></>}</span> },
  { key: 'state', head: 'State', width: 84, cell: place => { const { words, tone } = stateShown(place.state, placeSampling(place, now)); return <Chip tone={tone} {...(place.why === null ? {} : { title: place.why.message })}>{words}</Chip>; } },
  { key: 'hits', head: 'Seen', width: 60, numeric: true, cell: ({ hits }) => formatCount(hits) },
  { key: 'rate', head: '/s', width: 56, numeric: true, cell: ({ trueRate }) => (trueRate === null ? none : formatRate(trueRate)) },
  { key: 'cost', head: 'A hit', width: 62, numeric: true, cell: ({ costUs }) => (costUs === null ? none : costWords(costUs)) },
  { key: 'pauses', head: 'Pauses', width: 62, numeric: true, cell: ({ pauses }) => formatCount(pauses) },
];

function Places({ places }: { readonly places: readonly ProbePlace[] }) {
  const now = useNow();
  if (places.length === 0) return null;
  return <section aria-label="Where it sits"><div className="ph"><h2>Where it sits</h2><span className="meta">{plural(places.length, 'process', 'processes')}</span></div><Table label="Where it sits" columns={columnsAt(now)} rows={places} rowKey={({ process }) => `${process?.pid ?? 'machine'}`} rowNote={({ why, state }) => (why !== null && state !== 'active' && state !== 'paused' ? <span className="t2"><Said>{`${why.message} ${why.help ?? ''}`}</Said></span> : null)} /></section>;
}
