// The view: what sits in running processes of the whole fleet, and the chosen one beside it.
import { useNavigate } from '@tanstack/react-router';
import { explainFailure, isProbeIn, useProbes } from '../../api/index.ts';
import { probesSearch, useUrlState } from '../../state/index.ts';
import { Button, EmptyState, ErrorState, formatCount, Input, Pane, plural, ResizablePanes, Segmented, SkeletonRows, ViewBar } from '../../ui/index.ts';
import { isDynamic, type FleetProbe } from '../../../model/index.ts';
import { ProbeDetail } from './probe-detail.tsx';
import { ProbeTable } from './probe-table.tsx';
import './probes.css';
import { useNewKey } from './use-new-key.ts';
import { withoutRepeats } from './repeats.ts';
import { kindWords, whatWords } from './words.ts';

export function ProbesView() {
  const [{ show = 'in', find = '', probe }, set] = useUrlState(probesSearch);
  const { data, error, refetch } = useProbes();
  const navigate = useNavigate();
  const all = data?.probes ?? [];
  const listed = withoutRepeats(all.filter(one => isProbeIn(one) === (show === 'in')));
  const shown = findProbes(listed, find);
  const chosen = all.find(({ id }) => id === probe);
  const add = () => void navigate({ to: '/probes/new' });
  useNewKey(add);
  const list = (
    <Pane className="grow scroll probe-list">
      {data === undefined && error === null && <SkeletonRows />}
      {data === undefined && error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && listed.length === 0 && <Nothing show={show} onAdd={add} />}
      {listed.length > 0 && shown.length === 0 && <EmptyState title="No probe matches" actions={<Button size="s" onClick={() => set({ find: undefined })}>Show all {listed.length}</Button>} />}
      {shown.length > 0 && <ProbeTable over={show === 'over'} probes={shown} selected={probe} onPick={({ id }) => set({ probe: id })} />}
      {data !== undefined && data.more > 0 && show === 'over' && <p className="pad t3">{plural(data.more, 'older probe')} not listed.</p>}
    </Pane>
  );
  return (
    <div className="col grow">
      <ViewBar title="Probes" meta={data === undefined ? undefined : show === 'in' ? summary(all) : `${formatCount(all.filter(one => !isProbeIn(one)).length)} ended`}>
        <Segmented label="Which probes" value={show} options={[{ value: 'in', label: 'Running' }, { value: 'over', label: 'Ended' }]} onChange={next => set({ show: next === 'in' ? undefined : next })} />
        <span className="probe-find"><Input small aria-label="Find a probe" placeholder="Find by name, place, owner" value={find} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} /></span>
        <Button size="s" variant="primary" icon="plus" kbd="N" onClick={add}>New probe</Button>
      </ViewBar>
      <ResizablePanes id="probes.detail" label="the probe's detail" defaultSize={440} minSize={320} maxSize={760} first={list} second={chosen === undefined ? null : <ProbeDetail probe={chosen} onClose={() => set({ probe: undefined })} />} />
    </div>
  );
}

/** `2 in processes, 3 log sources`. */
function summary(probes: readonly FleetProbe[]): string {
  const [inside, sources] = [probes.filter(probe => isProbeIn(probe) && isDynamic(probe.what.kind)).length, probes.filter(probe => isProbeIn(probe) && !isDynamic(probe.what.kind)).length];
  return `${formatCount(inside)} in processes${sources > 0 ? `, ${plural(sources, 'log source')}` : ''}`;
}

/** Every word has to be somewhere in it. */
export function findProbes(probes: readonly FleetProbe[], find: string): readonly FleetProbe[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return probes.filter(({ name, what, owner, agent, places }) => {
    const text = [name, kindWords[what.kind], whatWords(what), owner, agent.name, ...places.map(({ process }) => `${process?.service ?? ''} ${process?.name ?? ''} ${process?.pid ?? ''}`)].join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  });
}

function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { title, help } = explainFailure(error);
  return <ErrorState title={title} onRetry={onRetry}>{help}</ErrorState>;
}

const Nothing = ({ show, onAdd }: { readonly show: 'in' | 'over'; readonly onAdd: () => void }) => (show === 'over'
  ? <EmptyState title="No probe has ended yet" />
  : <EmptyState title="No process has a probe" actions={<Button size="s" icon="plus" onClick={onAdd}>New probe</Button>}>A probe adds telemetry to a running process, with no rebuild and no restart: a log line with the values you choose, a counter, a timer. It leaves by itself.</EmptyState>);
