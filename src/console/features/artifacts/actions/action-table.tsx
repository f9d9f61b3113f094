// The table of action runs.
import { isUnderWay, useCancelling } from '../../../api/index.ts';
import type { ActionRun } from '../../../../model/index.ts';
import { Chip, formatDuration, Meter, Table, Time } from '../../../ui/index.ts';
import type { TableColumn } from '../../../ui/index.ts';
import { actionStateWords, actionWords, askerOf, targetOf } from '../words/action-words.ts';
import { pauseRange } from '../words/pause-words.ts';

const none = <span className="t3">–</span>;

export function ActionTable({ runs, selected, onPick }: { readonly runs: readonly ActionRun[]; readonly selected: string | undefined; readonly onPick: (run: ActionRun) => void }) {
  return <Table label="Action runs" columns={columns} rows={runs} rowKey={({ id }) => id} selectedKey={selected ?? null} onPick={onPick} rowLabel={run => `${actionWords[run.action].label} on ${targetOf(run)}, ${actionStateWords(run.state).word}`} />;
}

const columns: readonly TableColumn<ActionRun>[] = [
  { key: 'state', head: 'State', width: 92, cell: ({ state }) => { const { word, tone } = actionStateWords(state); return <Chip tone={tone}>{word}</Chip>; } },
  { key: 'action', head: 'Action', width: 152, cell: ({ action }) => <span className="mono">{action}</span> },
  { key: 'target', head: 'On', width: 170, cell: run => <span className="ell" title={run.agent.name}>{targetOf(run)}{run.process !== null && <span className="t3"> {run.agent.name}</span>}</span> },
  { key: 'progress', head: 'How it went', cell: run => <HowItWent run={run} /> },
  { key: 'when', head: 'Asked', width: 92, cell: ({ requestedUnixMs }) => <Time at={requestedUnixMs} show="relative" /> },
  { key: 'took', head: 'Took', width: 70, numeric: true, className: 'c-took', cell: ({ startedUnixMs, finishedUnixMs }) => (startedUnixMs === null || finishedUnixMs === null ? none : formatDuration(finishedUnixMs - startedUnixMs)) },
  { key: 'asker', head: 'Asked by', width: 150, className: 'c-asker', cell: run => <span className="t2">{askerOf(run)}</span> },
];

function HowItWent({ run }: { readonly run: ActionRun }) {
  const { why, progress, artifacts, figures } = run;
  const cancelling = useCancelling(run);
  if (cancelling !== null) return <span className="amb ell" title={cancelling}>{cancelling}</span>;
  if (isUnderWay(run)) return <span className="row"><Meter label="Progress" width={64} tone="accent" share={progress.share ?? 0} /><span className="t2 ell">{progress.text}</span></span>;
  if (why !== null) return <span className="t2" title={why.help}>{why.message}</span>;
  const pause = figures['pauseMs'];
  return <span className="t2 ell">{artifacts.map(({ name }) => name).join(', ')}{pause !== undefined && <span className="t3"> paused {formatDuration(pause)}{figures['estimatedPauseMs'] !== undefined && `, ${pauseRange(figures['estimatedPauseMs'], figures['estimatedPauseMostMs'])} estimated`}</span>}</span>;
}
