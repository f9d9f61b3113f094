// The view: artifacts and actions as two tabs, what is chosen beside the list, and the dialog that runs an action.
import { useState } from 'react';
import { useActions, useArtifacts, isUnderWay } from '../../api/index.ts';
import type { ActionRun } from '../../../model/index.ts';
import { dumpsSearch, useUrlState } from '../../state/index.ts';
import { Button, formatCount, Tabs } from '../../ui/index.ts';
import { ActionsTab } from './actions/actions-tab.tsx';
import './dumps.css';
import { ArtifactsTab } from './list/artifacts-tab.tsx';
import { BringButton } from './list/bring-button.tsx';
import { RunDialog } from './run/run-dialog.tsx';

export function DumpsView() {
  const [search, set] = useUrlState(dumpsSearch);
  const count = useArtifacts().data?.quota.count;
  const running = useActions().data?.actions.filter(isUnderWay).length ?? 0;
  const [again, setAgain] = useState<ActionRun | undefined>(undefined);
  const run = () => { setAgain(undefined); set({ run: 'any' }); };
  const runAgain = (before: ActionRun) => { setAgain(before); set({ run: before.action }); };
  return (
    <div className="col grow">
      <Tabs label="Dumps" value={search.tab ?? 'artifacts'} onChange={tab => set({ tab: tab === 'artifacts' ? undefined : tab })} leading={<h1>Dumps</h1>}
        trailing={<span className="row"><BringButton onCame={artifact => set({ tab: undefined, artifact, against: undefined })} /><Button size="s" variant="primary" icon="plus" onClick={run}>Run an action</Button></span>} tabs={[
          { value: 'artifacts', label: 'Artifacts', ...(count !== undefined && { count: formatCount(count) }), content: <ArtifactsTab search={search} set={set} onRun={run} /> },
          { value: 'actions', label: 'Actions', ...(running > 0 && { count: `${running} running` }), content: <ActionsTab search={search} set={set} onRun={run} onAgain={runAgain} /> },
        ]} />
      {search.run !== undefined && <RunDialog start={again === undefined ? search : { ...search, agent: again.agent.id }} again={again} onClose={() => set({ run: undefined }, { replace: true })} onStarted={action => set({ run: undefined, tab: 'actions', action, agent: undefined, state: undefined })} />}
    </div>
  );
}
