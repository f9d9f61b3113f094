// What the rows are: complete or a share, the true rate, what was missed, and which agents answer. No decoration: every
// figure is measured.
import type { Signal } from '../../../../model/index.ts';
import { Button, Chip, formatBytes, formatCount, formatDuration, formatRate, plural, Time } from '../../../ui/index.ts';
import type { TailState } from '../../../workers/tail/index.ts';
import { recordingCounts } from '../recording.tsx';
import type { Anew } from '../use-anew.ts';

export interface HonestBarProps { readonly state: TailState; readonly signals: readonly Signal[]; readonly onSignals: (signals: readonly Signal[]) => void; readonly filtered: boolean; readonly anew: Anew | null; /** The filter of a link is not in force yet: counts would be of everything. */ readonly arriving?: boolean }

const names: Readonly<Record<Signal, string>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };
const allSignals: readonly Signal[] = ['logs', 'spans', 'metrics'];
/** Shares this close to one are rounding of counts that were still on their way. */
const complete = 0.999;

export function HonestBar({ state, signals, onSignals, filtered, anew, arriving = false }: HonestBarProps) {
  return (
    <div className="tail-honest">
      <SignalSwitch signals={signals} onSignals={onSignals} />
      {arriving ? <Chip tone="pending">applying the filter of the link</Chip> : state.recording === null ? <Share state={state} /> : <span className="nw"><b className="t1 md">{state.recording.status === 'read' ? 'whole file' : 'reading'}</b>, {recordingCounts(state.recording)}</span>}
      <Missed state={state} />
      {anew !== null && state.recording === null && <Chip tone="line" icon="refresh" title={anew.why}>started anew: {anew.now}</Chip>}
      <span className="ell t3 x-opt">{arriving ? '' : `${plural(state.matched, 'record')} of `}{formatCount(state.buffered)} buffered, {formatBytes(state.bufferedBytes)} of {formatBytes(state.maxBytes)}{state.evicted > 0 ? `; ${formatCount(state.evicted)} older left to make room` : ''}</span>
      {state.recording === null && <span className="end t3">{filtered ? 'pushed down to ' : 'from '}<b className="t1 md">{state.agents} of {state.agentsTotal}</b> {state.agentsTotal === 1 ? 'agent' : 'agents'}</span>}
      {state.recording === null && !state.paused && <span className="t3 x-opt">behind by <b className="t1 md">{formatDuration(Math.round(state.behindMs / 100) * 100)}</b></span>}
    </div>
  );
}

/** More than one signal may be on; at least one is. */
function SignalSwitch({ signals, onSignals }: Pick<HonestBarProps, 'signals' | 'onSignals'>) {
  const toggle = (signal: Signal) => {
    const next = signals.includes(signal) ? signals.filter((one) => one !== signal) : allSignals.filter((one) => one === signal || signals.includes(one));
    if (next.length > 0) onSignals(next);
  };
  return <span className="row gap1" role="group" aria-label="Signals">{allSignals.map((signal) => <Button key={signal} size="s" variant="ghost" on={signals.includes(signal)} onClick={() => toggle(signal)}>{names[signal]}</Button>)}</span>;
}

function Share({ state }: { readonly state: TailState }) {
  if (state.status === 'connecting') return <Chip tone="pending">connecting</Chip>;
  if (state.status === 'reconnecting') return <Chip tone="attn" icon="refresh">connection lost, trying again</Chip>;
  if (state.status === 'off') return <Chip tone="pending">off</Chip>;
  if (state.paused) return <span className="nw"><b className="t1 md">paused</b>, {state.newWhilePaused === 0 ? 'no new row waits' : `${plural(state.newWhilePaused, 'new row')} ${state.newWhilePaused === 1 ? 'waits' : 'wait'}`}</span>;
  const rate = `${formatRate(state.perSecond)}/s`;
  if (state.ratio >= complete) return <span className="nw"><b className="t1 md">complete</b>, {rate}</span>;
  return <><Chip tone="sampled" icon="sample" title={`${formatCount(state.shed)} records were not sent to this page since it opened`}>1 in {oneIn(state.ratio)} shown, {rate}</Chip><span className="ell x-opt">Counts are of the rows that arrived. Narrow the filter to see every record.</span></>;
}

function oneIn(ratio: number): string {
  const every = 1 / Math.max(ratio, 1e-6);
  return every < 10 ? String(Math.round(every * 10) / 10) : formatCount(every);
}

function Missed({ state }: { readonly state: TailState }) {
  const { missed, malformed = 0 } = state;
  return (
    <>
      {missed !== null && missed !== undefined && <Chip tone="attn" icon="warn" title="The connection was lost in that time; records of it did not reach this page">missed <Time at={missed.fromMs} /> to <Time at={missed.toMs} /></Chip>}
      {malformed > 0 && <Chip tone="attn" icon="warn" title="Frames that were not OTLP were left out">{plural(malformed, 'unreadable frame')}</Chip>}
    </>
  );
}
