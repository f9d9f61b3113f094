// The view: what the agents keep in their flight recorders, and the chosen one beside it.
import { useRecorders } from '../../api/index.ts';
import { recordersSearch, useUrlState } from '../../state/index.ts';
import { Button, EmptyState, formatBytes, Input, Meter, Pane, plural, ResizablePanes, SkeletonRows, ViewBar } from '../../ui/index.ts';
import type { FleetRecorders } from '../../../model/index.ts';
import { DefinitionPane } from './definition-pane.tsx';
import { LoadFailure } from './load-failure.tsx';
import { RecorderDetail } from './recorder-detail.tsx';
import { findRecorders } from './recorder-sums.ts';
import { RecorderTable } from './recorder-table.tsx';
import './recorders.css';

export function RecordersView() {
  const { data, error, refetch } = useRecorders();
  const [search, set] = useUrlState(recordersSearch);
  const recorders = data?.recorders ?? [];
  const shown = findRecorders(recorders, search.find ?? '');
  const chosen = recorders.find(({ definition }) => definition.name === search.recorder);
  const define = () => set({ define: true, recorder: undefined });
  const list = (
    <Pane className="grow scroll recorder-list">
      {data === undefined && error === null && <SkeletonRows />}
      {data === undefined && error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {data !== undefined && recorders.length === 0 && <NoRecorders onDefine={define} />}
      {recorders.length > 0 && shown.length === 0 && <EmptyState title="No recorder matches" actions={<Button size="s" onClick={() => set({ find: undefined })}>Show all {recorders.length}</Button>} />}
      {shown.length > 0 && <RecorderTable recorders={shown} selected={search.recorder} onPick={({ definition }) => set({ recorder: definition.name, define: undefined, agent: undefined })} />}
    </Pane>
  );
  const second = search.define === true
    ? <DefinitionPane taken={recorders.filter(({ isDefault }) => !isDefault).map(({ definition }) => definition.name)} onDone={recorder => set({ define: undefined, recorder })} />
    : chosen === undefined ? null : <RecorderDetail recorder={chosen} tab={search.tab ?? 'agents'} onTab={tab => set({ tab }, { replace: true })} agent={search.agent} onAgent={agent => set({ agent }, { replace: true })} onClose={() => set({ recorder: undefined, tab: undefined, agent: undefined })} />;
  return (
    <div className="col grow">
      <ViewBar title="Flight recorders" meta={recorders.length > 0 ? plural(recorders.length, 'recorder') : undefined}>
        <span className="recorder-find"><Input small aria-label="Find a recorder" placeholder="Find by name, rule or agent" value={search.find ?? ''} onChange={event => set({ find: event.target.value === '' ? undefined : event.target.value }, { replace: true })} /></span>
        <Button size="s" icon="plus" onClick={define}>Define a recorder</Button>
      </ViewBar>
      {data !== undefined && <Budgets budgets={data.budgets} />}
      <ResizablePanes id="recorders.detail" label="the recorder's detail" defaultSize={420} minSize={320} maxSize={760} first={list} second={second} />
    </div>
  );
}

/** All recorders of an agent share one byte budget: the fullest agents first. */
function Budgets({ budgets }: { readonly budgets: FleetRecorders['budgets'] }) {
  if (budgets.length === 0) return null;
  const fullest = budgets.toSorted((a, b) => b.bytes / b.maxBytes - a.bytes / a.maxBytes);
  const [shown, rest] = [fullest.slice(0, 4), fullest.slice(4)];
  return (
    <div className="recorder-budgets" role="group" aria-label="Byte budget of each agent">
      <span className="t3">Budget of all recorders</span>
      {shown.map(({ agent, bytes, maxBytes }) => <span key={agent} className="row nw"><span className="md">{agent}</span><Meter label={`Recorders of ${agent}`} width={72} share={bytes / maxBytes} tone={bytes / maxBytes > 0.9 ? 'attn' : 'plain'} /><span className="t2">{formatBytes(bytes)} <span className="t3">of {formatBytes(maxBytes)}</span></span></span>)}
      {rest.length > 0 && <span className="t3">{plural(rest.length, 'agent')} less full</span>}
    </div>
  );
}

const NoRecorders = ({ onDefine }: { readonly onDefine: () => void }) => (
  <EmptyState title="No flight recorder holds anything" actions={<Button size="s" icon="plus" onClick={onDefine}>Define a recorder</Button>}>
    A rule fills one: choose <b className="t1">Record in a flight recorder</b> at a record in the tail, or end a rule with <span className="mono t1">| invoke record("name")</span>. Records wait there, and go nowhere until they are collected.
  </EmptyState>
);
