// Action runs: what runs now first, then the history; filters by state, agent and incident; the chosen one beside.
import { useAction, useActions, useAgents } from '../../../api/index.ts';
import { actionStates, type ActionRun, type ActionState } from '../../../../model/index.ts';
import { Button, EmptyState, ErrorState, Pane, plural, ResizablePanes, Select, SkeletonRows } from '../../../ui/index.ts';
import type { TabProps } from '../list/artifacts-tab.tsx';
import { actionStateWords, runningFirst } from '../words/action-words.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { ActionPane } from './action-pane.tsx';
import { ActionTable } from './action-table.tsx';

export function ActionsTab({ search, set, onRun, onAgain }: TabProps & { readonly onAgain: (run: ActionRun) => void }) {
  const { state, agent, incident } = search;
  const { data, error, refetch } = useActions({ state, agent, incident });
  const one = useAction(search.action);
  const chosen = one.data ?? data?.actions.find(({ id }) => id === search.action);
  const filtered = state !== undefined || agent !== undefined || incident !== undefined;
  const close = () => set({ action: undefined });
  const list = (
    <Pane className="grow dump-list">
      <Tools search={search} set={set} />
      <div className="scroll grow">
        {data === undefined && (error === null ? <SkeletonRows /> : <LoadFailure error={error} onRetry={() => void refetch()} />)}
        {data?.actions.length === 0 && (filtered
          ? <EmptyState title="No run matches" actions={<Button size="s" onClick={() => set({ state: undefined, agent: undefined, incident: undefined })}>Show all</Button>} />
          : <EmptyState title="No action has run yet" actions={<Button size="s" icon="plus" onClick={onRun}>Run an action</Button>}>Run one on a process now, put one into a net so that it runs at the very moment, or open an incident, which collects from many agents at once.</EmptyState>)}
        {data !== undefined && data.actions.length > 0 && <ActionTable runs={runningFirst(data.actions)} selected={search.action} onPick={({ id }) => set({ action: id })} />}
        {data !== undefined && data.more > 0 && <p className="pad t3">{plural(data.more, 'older run')}: narrow the list to see {data.more === 1 ? 'it' : 'them'}.</p>}
      </div>
    </Pane>
  );
  const missing = search.action !== undefined && chosen === undefined && one.error !== null;
  const second = chosen !== undefined ? <ActionPane key={chosen.id} run={chosen} onClose={close} onAgain={() => onAgain(chosen)} />
    : missing ? <Pane className="grow" label="Action"><ErrorState title="There is no such run" actions={<Button size="s" onClick={close}>Close</Button>}>It is older than what is kept.</ErrorState></Pane> : null;
  return <ResizablePanes id="dumps.action" label="the run" defaultSize={420} minSize={320} maxSize={800} first={list} second={second} />;
}

function Tools({ search, set }: Pick<TabProps, 'search' | 'set'>) {
  const agents = useAgents().data ?? [];
  return (
    <div className="dump-tools">
      <Select size="s" label="State" value={search.state ?? 'all'} onChange={value => set({ state: value === 'all' ? undefined : value as ActionState })} options={[{ value: 'all', label: 'every state' }, ...actionStates.map(value => ({ value, label: actionStateWords(value).word }))]} />
      <Select size="s" label="Agent" value={search.agent ?? 'all'} onChange={value => set({ agent: value === 'all' ? undefined : value })} options={[{ value: 'all', label: 'every agent' }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} />
      {search.incident !== undefined && <Button size="s" on icon="x" onClick={() => set({ incident: undefined })}>of one incident</Button>}
    </div>
  );
}
