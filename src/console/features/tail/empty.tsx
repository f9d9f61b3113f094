// What the list says when it has nothing to show: why, and what would fill it.
import type { TailState } from '../../workers/tail/index.ts';
import { useSession } from '../../api/index.ts';
import { recordingCounts } from './recording.tsx';
import type { Anew } from './use-anew.ts';
import { Button, EmptyState, formatCount } from '../../ui/index.ts';

export interface EmptyTailProps { readonly state: TailState; /** Why the list was emptied last. */ readonly anew: Anew | null; readonly filter: string; readonly facetsOff: boolean; readonly onClearFilter: () => void; readonly onClearFacets: () => void }

export function EmptyTail({ state, anew, filter, facetsOff, onClearFilter, onClearFacets }: EmptyTailProps) {
  const endpoint = useSession().data?.otlp.http;
  if (state.recording !== null && state.buffered === 0) return <EmptyState title="The recording has no such record">It holds {recordingCounts(state.recording)}. Choose another signal above.</EmptyState>;
  if (state.recording === null && (state.status === 'connecting' || state.status === 'off')) return <EmptyState title="Opening the tail">The first records show as soon as an agent sends them.</EmptyState>;
  if (state.status === 'reconnecting') return <EmptyState title="The connection to the server is lost">The tail tries again by itself. Agents go on with their rules meanwhile.</EmptyState>;
  if (state.buffered > 0) {
    return (
      <EmptyState title="No buffered record matches" actions={<>{filter !== '' && <Button size="s" onClick={onClearFilter}>Clear the filter</Button>}{facetsOff && <Button size="s" onClick={onClearFacets}>Tick all facet values</Button>}</>}>
        {formatCount(state.buffered)} records are in the buffer; {filter !== '' && facetsOff ? 'the filter and the unticked facet values hide them' : facetsOff ? 'the unticked facet values hide them' : 'the filter hides them'}. {state.recording === null && 'New records that match will show here.'}
      </EmptyState>
    );
  }
  if (anew !== null && state.agents > 0) return <EmptyState title="The list starts anew">{anew.why} New records show here as they come.</EmptyState>;
  if (state.agentsTotal === 0) return <EmptyState title="No agent is connected">Start one with <code>npx weir agent</code>; this page shows its records as soon as it connects.</EmptyState>;
  if (filter !== '') return <EmptyState title="No record has matched yet" actions={<Button size="s" onClick={onClearFilter}>Clear the filter</Button>}>The agents apply the filter and send only what matches. Nothing has since it was applied.</EmptyState>;
  return <EmptyState title="No records yet">The agents are connected and receive nothing. Point an OpenTelemetry SDK at them{endpoint === undefined ? '' : <>: <code>OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}</code></>}.</EmptyState>;
}
