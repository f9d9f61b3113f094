// Actions that run now, each with how far it is and a way to stop it.
import { Link } from '@tanstack/react-router';
import { explainFailure, isUnderWay, useActions, useCancelAction } from '../../api/index.ts';
import type { ActionRun } from '../../../model/index.ts';
import { formatPercent, IconButton, Meter, PaneHeader, toast } from '../../ui/index.ts';

const mostShown = 6;

export function RunningActionsPane() {
  const running = (useActions({ limit: 200 }).data?.actions ?? []).filter(isUnderWay);
  if (running.length === 0) return null;
  return (
    <>
      <PaneHeader title="Running actions" meta={String(running.length)}><Link className="meta" to="/dumps" search={{ tab: 'actions' }}>All actions</Link></PaneHeader>
      {running.slice(0, mostShown).map(run => <Running key={run.id} run={run} />)}
      {running.length > mostShown && <div className="li t3">{running.length - mostShown} more</div>}
    </>
  );
}

function Running({ run: { id, action, agent, process, progress, incident } }: { readonly run: ActionRun }) {
  const cancel = useCancelAction();
  const stop = () => cancel.mutate(id, { onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); } });
  const what = process === null ? agent.name : `${process.service ?? process.name}, pid ${process.pid}`;
  return (
    <div className="running">
      <div className="row"><span className="mono">{action}</span>{incident === null ? <span className="t3 ell">{what}</span> : <Link className="ell meta" to="/incidents/$incidentId" params={{ incidentId: incident }}>{what}</Link>}<span className="end"><IconButton icon="x" size="s" variant="ghost" label={`Cancel ${action} on ${agent.name}`} onClick={stop} /></span></div>
      <div className="row"><Meter share={progress.share ?? 0} tone="accent" label={`Progress of ${action} on ${agent.name}`} /><span className="meta t2 nw">{progress.share === null ? '' : `${formatPercent(progress.share, 0)}, `}{progress.text}</span></div>
    </div>
  );
}
