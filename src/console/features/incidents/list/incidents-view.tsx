// The list of incidents: open ones first, searched by the server, with bundles brought in by button or by dropping a file.
import { useNavigate } from '@tanstack/react-router';
import { explainFailure, useIncidents } from '../../../api/index.ts';
import { askToCapture, incidentsSearch, useUrlState } from '../../../state/index.ts';
import { Button, EmptyState, ErrorState, Input, Kbd, Pane, plural, Segmented, SkeletonRows, ViewBar } from '../../../ui/index.ts';
import { BundleDrop, ImportButton } from './bring-bundle.tsx';
import { IncidentTable } from './incident-table.tsx';
import '../incidents.css';

type Show = 'all' | 'open' | 'closed';
const shows: readonly { readonly value: Show; readonly label: string }[] = [{ value: 'all', label: 'All' }, { value: 'open', label: 'Open' }, { value: 'closed', label: 'Closed' }];

export function IncidentsView() {
  const [search, set] = useUrlState(incidentsSearch);
  const { data, error, refetch } = useIncidents({ state: search.state, q: search.find });
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: '/incidents/$incidentId', params: { incidentId: id } });
  const narrowed = search.state !== undefined || search.find !== undefined;
  const all = () => set({ state: undefined, find: undefined }, { replace: true });
  return (
    <BundleDrop onImported={open}>
      <ViewBar title="Incidents" meta={data === undefined ? undefined : countWords(data.incidents.length, data.more, narrowed)}>
        <Input type="search" small aria-label="Find an incident" placeholder="Title, service or agent" value={search.find ?? ''} onChange={event => set({ find: event.target.value || undefined }, { replace: true })} />
        <Segmented<Show> label="Which incidents" value={search.state ?? 'all'} options={shows} onChange={value => set({ state: value === 'all' ? undefined : value }, { replace: true })} />
        <ImportButton onImported={open} />
      </ViewBar>
      <Pane className="grow scroll" label="Incidents">
        {data === undefined && !error && <SkeletonRows />}
        {data === undefined && error && <Failure error={error} onRetry={() => void refetch()} />}
        {data?.incidents.length === 0 && (narrowed ? <NoneLikeIt onAll={all} /> : <NoneYet />)}
        {data !== undefined && data.incidents.length > 0 && <IncidentTable incidents={data.incidents} more={data.more} onPick={open} />}
      </Pane>
    </BundleDrop>
  );
}

const countWords = (shown: number, more: number, narrowed: boolean): string => `${plural(shown + more, 'incident')}${narrowed ? ' like this' : ''}`;

function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help}</ErrorState>;
}

const NoneLikeIt = ({ onAll }: { readonly onAll: () => void }) => <EmptyState title="No incident is like this" actions={<Button size="s" onClick={onAll}>Show all incidents</Button>}>Titles, services and agents are searched.</EmptyState>;

function NoneYet() {
  return (
    <EmptyState title="No incident yet" actions={<><Button size="s" icon="warn" onClick={() => askToCapture()}>Capture everything now…</Button></>}>
      <p>An incident gathers what belongs together: recorders, CPU samples, state, deployments and notes, on one timeline. You open one with <Kbd>Shift I</Kbd> when something is wrong, and a net that fires opens one by itself.</p>
      <p>A bundle from a colleague becomes one too: drop the file here.</p>
    </EmptyState>
  );
}
