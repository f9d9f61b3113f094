// One recorder: collect from it, what each agent holds, its keys, its definition, and what was collected before.
import type { FleetRecorder } from '../../../model/index.ts';
import type { RecordersSearch } from '../../state/index.ts';
import { useFollowing } from '../../api/index.ts';
import { Chip, FollowsWords, formatCount, IconButton, Pane, Tabs } from '../../ui/index.ts';
import type { Tab } from '../../ui/index.ts';
import { AgentsTab } from './agents-tab.tsx';
import { CollectForm } from './collect-form.tsx';
import { CollectedTab } from './collected-tab.tsx';
import { DefinitionForm } from './definition-form.tsx';
import { KeysTab } from './keys-tab.tsx';
import { sumsOf } from './recorder-sums.ts';

type RecorderTab = NonNullable<RecordersSearch['tab']>;
export interface RecorderDetailProps { readonly recorder: FleetRecorder; readonly tab: RecorderTab; readonly onTab: (tab: RecorderTab) => void; readonly agent: string | undefined; readonly onAgent: (agent: string) => void; readonly onClose: () => void }

export function RecorderDetail({ recorder, tab, onTab, agent, onAgent, onClose }: RecorderDetailProps) {
  const { definition } = recorder;
  const follows = useFollowing().data?.recorders[definition.name] ?? [];
  const sums = sumsOf(recorder);
  const keyed = definition.key.length > 0;
  const keys: readonly Tab<RecorderTab>[] = keyed ? [{ value: 'keys', label: 'Keys', count: formatCount(sums.keys), content: <KeysTab recorder={recorder} agent={agent} onAgent={onAgent} /> }] : [];
  return (
    <Pane className="grow" label={`Recorder ${definition.name}`}>
      <div className="ph"><h2 className="mono ell">{definition.name}</h2>{sums.kinds.map(kind => <Chip key={kind} tone="line">{kind}</Chip>)}<span className="row end gap1"><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      {definition.description !== '' && <p className="pad t2 bb">{definition.description}</p>}
      {follows.length > 0 && <div className="pad bb" role="status"><FollowsWords follows={follows} /></div>}
      <CollectForm key={definition.name} recorder={recorder} />
      <Tabs label="Recorder detail" value={tab === 'keys' && !keyed ? 'agents' : tab} onChange={onTab} tabs={[
        { value: 'agents', label: 'Agents', count: formatCount(recorder.agents.length), content: <AgentsTab recorder={recorder} /> }, ...keys,
        { value: 'definition', label: 'Definition', content: <div className="scroll"><DefinitionForm key={definition.name} recorder={recorder} onDone={onClose} /></div> },
        { value: 'collected', label: 'Collected', content: <CollectedTab name={definition.name} /> },
      ]} />
    </Pane>
  );
}
