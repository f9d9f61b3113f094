// A new probe: which agent and which kind; the rest is in the studio.
import { useAgents } from '../../../api/index.ts';
import { newProbeSearch, useUrlState } from '../../../state/index.ts';
import type { ProbeKind } from '../../../../model/index.ts';
import { EmptyState, Segmented, Select, ViewBar } from '../../../ui/index.ts';
import '../probes.css';
import { kindWords } from '../words.ts';
import { Studio } from './studio.tsx';

const kinds: readonly ProbeKind[] = ['logpoint', 'uprobe', 'usdt', 'bpftrace', 'file', 'syslog', 'journald'];

export function NewProbeView() {
  const [search, set] = useUrlState(newProbeSearch);
  const agents = useAgents().data?.filter(({ kind, connected }) => kind === 'weir' && connected);
  const agent = agents?.find(({ id, name }) => id === search.agent || name === search.agent) ?? agents?.[0];
  const kind = search.kind ?? 'logpoint';
  const choose = (next: ProbeKind) => set({ kind: next === 'logpoint' ? undefined : next, binary: undefined, symbol: undefined, template: undefined, probe: undefined });
  return (
    <div className="col grow">
      <ViewBar title="New probe">
        <Segmented label="Kind of probe" value={kind} options={kinds.map(value => ({ value, label: kindWords[value] }))} onChange={choose} />
        {agent !== undefined && (agents?.length ?? 0) > 1 && <Select label="Agent" size="s" value={agent.id} options={(agents ?? []).map(({ id, name }) => ({ value: id, label: name }))} onChange={next => set({ agent: next, pid: undefined, startTicks: undefined, file: undefined, line: undefined, probe: undefined })} />}
      </ViewBar>
      {agents !== undefined && agent === undefined ? <EmptyState title="No agent is connected">A probe is put in by the agent on the machine of the process. Start one there: <span className="mono t1">weir agent</span>.</EmptyState>
        : agent !== undefined && <Studio key={kind} agent={agent.id} kind={kind} search={search} onSearch={set} />}
    </div>
  );
}
