// The full residual scan: for five minutes everything that leaves is looked at, not a sample. Remaining time, and an early end.
import type { RedactionOverview } from '../../../model/index.ts';
import { useStartResidualScan } from '../../api/index.ts';
import { toast } from '../../state/index.ts';
import { Button, formatDuration, useNow } from '../../ui/index.ts';
import { tellFailure } from './words/tell-failure.ts';

const scanSeconds = 300;
const scanLength = `${scanSeconds / 60} min`;

export function FullScan({ overview, size = 's' }: { readonly overview: RedactionOverview | undefined; readonly size?: 's' | 'm' }) {
  const start = useStartResidualScan();
  const until = overview?.scanned.fullUntil ?? null;
  const now = useNow(until !== null);
  const left = until === null ? 0 : Date.parse(until) - now;
  const begin = () => start.mutate(scanSeconds, {
    onError: tellFailure,
    onSuccess: ({ agents }) => { if (agents === 0) toast({ kind: 'error', title: 'No agent is connected', detail: 'Nothing is scanned until one is. Start one with weir agent, then scan again.' }); },
  });
  if (left <= 0) return <Button size={size} icon="search" onClick={begin} title={`Looks at everything that leaves for ${scanLength}, not at a sample, and says what was found at the end. It can be stopped before.`} disabledReason={start.isPending ? 'It is being started.' : null}>{size === 's' ? 'Full residual scan' : 'Scan all'}, {scanLength}</Button>;
  return (
    <span className="row gap1" role="status">
      <span className="meta t2 nw">Scanning all, <span className="num">{formatDuration(left)}</span> left</span>
      <Button size={size} icon="stop" onClick={() => start.mutate(0, { onError: tellFailure })}>{size === 's' ? 'Stop' : 'Stop scanning'}</Button>
    </span>
  );
}
