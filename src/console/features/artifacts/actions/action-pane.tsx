// One run: progress and Cancel, why not, what it measured, what it brought, and who asked for it.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isUnderWay, useCancelAction, useCancelling } from '../../../api/index.ts';
import type { ActionRun } from '../../../../model/index.ts';
import { Button, Chip, copyText, formatBytes, formatDuration, Icon, IconButton, Pane, PaneHeader, Progress, Time } from '../../../ui/index.ts';
import { actionStateWords, actionWords, askerOf, figureWords, targetOf } from '../words/action-words.ts';
import { isHeap, isProfile, kindIcons, kindNames } from '../words/artifact-words.ts';
import { pauseWords } from '../words/pause-words.ts';
import { tellFailure } from '../words/load-failure.tsx';

export function ActionPane({ run, onClose, onAgain }: { readonly run: ActionRun; readonly onClose: () => void; readonly onAgain: () => void }) {
  const { word, tone } = actionStateWords(run.state);
  const figures = Object.entries(run.figures).filter(([name]) => name !== 'pauseMs' && !name.startsWith('estimatedPause'));
  const pause = pauseWords(run.figures);
  return (
    <Pane className="grow scroll" label={`${actionWords[run.action].label} on ${targetOf(run)}`}>
      <div className="ph"><h2 className="ell">{actionWords[run.action].label} <span className="t3">on {targetOf(run)}</span></h2><Chip tone={tone}>{word}</Chip><span className="row end gap1"><IconButton icon="copy" label="Copy run as JSON" variant="ghost" size="s" onClick={() => void copyText(JSON.stringify(run, null, 2), 'Run as JSON')} /><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      <State run={run} />
      {!isUnderWay(run) && <div className="dump-acts"><Button size="s" icon="undo" onClick={onAgain}>Run again with changes</Button></div>}
      {(figures.length > 0 || pause !== null) && <><PaneHeader title="Measured" /><dl className="dump-facts">{pause !== null && <div className="dump-pause"><dt>Pause</dt><dd className={pause.tone === null ? 'md' : `md ${pause.tone}`}>{pause.text}</dd></div>}{figures.map(([name, value]) => { const [label, text] = figureWords(name, value); return <div key={name}><dt>{label}</dt><dd className="md">{text}</dd></div>; })}</dl></>}
      {run.notes.length > 0 && <><PaneHeader title="Good to know" />{run.notes.map(note => <p key={note} className="dump-note t2"><Icon name="info" size="s" />{note}</p>)}</>}
      <PaneHeader title="Artifacts" meta={run.artifacts.length === 0 ? isUnderWay(run) ? 'none yet' : 'none' : undefined} />
      {run.artifacts.map(({ id, kind, name, bytes, format }) => (
        <div key={id} className="dump-note"><Icon name={kindIcons[kind]} size="s" className="t3" /><span className="grow ell"><Link className="mono" to="/dumps" search={{ artifact: id }}>{name}</Link> <span className="t3">{kindNames[kind]}, {formatBytes(bytes)}</span></span><OpenIt run={run} artifact={{ id, kind, format }} /></div>
      ))}
      <PaneHeader title="Asked for" />
      <dl className="dump-facts">{askedFor(run).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
    </Pane>
  );
}

function State({ run }: { readonly run: ActionRun }) {
  const cancel = useCancelAction();
  const cancelling = useCancelling(run);
  const { id, state, progress, why, agent } = run;
  if (isUnderWay(run)) return <div className="dump-note"><div className="grow"><Progress label={cancelling === null ? actionStateWords(state).word : 'cancelling …'} share={progress.share ?? 0} {...(cancelling === null && { left: progress.text })} {...(cancelling !== null ? {} : { onCancel: () => cancel.mutate(id, { onError: tellFailure }) })} />{cancelling !== null && <p className="amb" role="status">{cancelling}.</p>}{!agent.connected && <p className="amb">{agent.name} is away: this is the last it said. The run goes on there.</p>}</div></div>;
  if (why === null) return null;
  return <div className={state === 'failed' ? 'dump-note bad' : 'dump-note warn'} role="status"><Icon name={state === 'cancelled' ? 'check' : 'warn'} size="s" className={state === 'failed' ? 'red' : 'amb'} /><div><b className="md">{endWords[state] ?? ''}{why.message}</b>{why.help !== undefined && <p className="t2">{why.help}</p>}<p className="mono t3 meta">{why.code}</p></div></div>;
}

const endWords: Partial<Record<ActionRun['state'], string>> = { refused: 'It did not start. ', failed: 'It failed. ' };

/** One press from the run to the view that shows what it brought. */
function OpenIt({ run, artifact: { id, kind, format } }: { readonly run: ActionRun; readonly artifact: Pick<ActionRun['artifacts'][number], 'id' | 'kind' | 'format'> }) {
  if (run.state !== 'done') return null;
  if (format === 'otlp-frames') return <Link className="btn s nw" to="/tail" search={{ recording: id }}>Open in the tail</Link>;
  if (isProfile({ kind, format })) return <Link className="btn s nw" to="/profiles" search={{ artifact: id }}>Open the flame graph</Link>;
  return isHeap({ format }) ? <Link className="btn s nw" to="/dumps/heap" search={{ artifact: id }}>Open the heap</Link> : null;
}

function askedFor(run: ActionRun): readonly (readonly [string, ReactNode])[] {
  const { agent, reason, incident, asker, parameters, requestedUnixMs, startedUnixMs, finishedUnixMs } = run;
  const given = Object.entries(parameters).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [
    ['By', asker.kind === 'net' && asker.id !== null ? <Link key="net" to="/rules/$ruleId" params={{ ruleId: asker.id }}>{askerOf(run)}</Link> : askerOf(run)], ['On agent', <Link key="agent" to="/fleet" search={{ agent: agent.id }}>{agent.name}</Link>],
    ['When', <Time key="when" at={requestedUnixMs} show="full" />],
    ['Took', startedUnixMs === null ? 'it did not start' : finishedUnixMs === null ? 'not over' : formatDuration(finishedUnixMs - startedUnixMs)],
    ...(incident === null ? [] : [['Incident', <Link key="incident" to="/incidents/$incidentId" params={{ incidentId: incident }}>open it</Link>] as const]),
    ...(reason === '' ? [] : [['Why', reason] as const]), ['Parameters', given.length === 0 ? 'the usual ones' : <span key="given" className="mono">{given.join(', ')}</span>],
  ];
}
