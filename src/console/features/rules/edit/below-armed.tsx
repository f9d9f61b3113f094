// Under the graph of a net that runs: what it does on the agents now, the replay, and what stands beside other rules.
import { useState } from 'react';
import type { MachineDocument, RuleDetail } from '../../../../model/index.ts';
import { Tabs } from '../../../ui/index.ts';
import { DryRunPane } from '../dry-run/index.ts';
import { ArmedPane } from '../net/index.ts';
import type { BelowProps } from './below.tsx';
import { SidePane } from './side-pane.tsx';

type Tab = 'armed' | 'replay' | 'rule';

export function BelowArmed({ editor, blocked, asked, rule, document, ...side }: BelowProps & { readonly rule: RuleDetail; readonly document: MachineDocument }) {
  const [tab, setTab] = useState<Tab>('armed');
  const [shown, setShown] = useState(asked);
  // A replay that a person starts comes to the front, wherever it was started; one that ran by itself does not.
  if (asked !== shown) { setShown(asked); setTab('replay'); }
  return (
    <Tabs<Tab> label="What it does, and would do" value={tab} onChange={setTab} tabs={[
      { value: 'armed', label: 'Armed', content: <ArmedPane rule={rule} document={document} onEdit={editor.draft.edit} /> },
      { value: 'replay', label: 'Replay', content: <DryRunPane dryRun={editor.dryRun} run={editor.runDry} blocked={blocked} stale={editor.stale} onEdit={editor.draft.edit} text={editor.draft.text} /> },
      { value: 'rule', label: 'Risk, effect, versions', content: <SidePane editor={editor} rule={rule} {...side} /> },
    ]} />
  );
}
