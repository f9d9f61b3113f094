// The rule editor: text and picture above, what the rule would do and what it does below.
import { useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { ruleEditorSearch, useUrlState } from '../../../state/index.ts';
import { ResizablePanes } from '../../../ui/index.ts';
import { StopDialog } from '../list/index.ts';
import { Above } from './above.tsx';
import { Below, isArmedNet, lowerPane } from './below.tsx';
import { comparisonOf, type Asked } from './comparison.ts';
import { askedDeployment, DeployQuestion, type AskedDeployment } from './deploy-question.tsx';
import { Details } from './details.tsx';
import { Header } from './header.tsx';
import { useKeptNotice, useLeaveGuard } from './leave-guard.ts';
import { Notices } from './notices.tsx';
import { Story } from './story.tsx';
import { useCommandKeys } from './use-command-keys.ts';
import { useEditorCommands } from './use-editor-commands.ts';
import { useLiveFields } from './use-live-fields.ts';
import { reasons, useRuleEditor, type RuleEditorState } from './use-rule-editor.ts';

export interface RuleEditorProps { readonly draftKey: string; readonly rule: RuleDetail | null; readonly initial: string }

export function RuleEditor({ draftKey, rule, initial }: RuleEditorProps) {
  const fields = useLiveFields();
  const standing = useRuleEditor(draftKey, rule, initial, fields);
  const { editor, asked: runsAsked } = useAskedRuns(standing);
  const { draft } = editor;
  const commands = useEditorCommands(draft, rule);
  const agents = useAgents().data ?? [];
  const [search] = useUrlState(ruleEditorSearch);
  const [deployment, setDeployment] = useState<AskedDeployment | null>(null);
  const [stop, setStop] = useState<'disable' | 'delete' | null>(null);
  const why = reasons(editor, rule, commands.busy);
  useLeaveGuard(draft.dirty);
  useKeptNotice(rule === null ? draftKey : null);
  const askToDeploy = () => { standing.runDry(); setDeployment(askedDeployment(editor, rule)); };
  const on = { ...commands, deploy: askToDeploy, disable: () => setStop('disable'), remove: () => setStop('delete') };
  const keys = useCommandKeys({ save: why.save === null ? commands.save : editor.finishName, dryRun: why.dryRun === null ? editor.runDry : null });
  const asked: Asked = { version: search.version, against: search.against };
  const compared = search.tab !== 'compare' || rule === null ? null : search.against ?? comparisonOf(rule, draft.text, asked)?.left.version ?? null;
  return (
    <div className="rules-editor" onKeyDown={keys}>
      <Header editor={editor} rule={rule} busy={commands.busy} why={why} on={on} />
      <Details editor={editor} agents={agents} fields={fields} />
      <Story editor={editor} rule={rule} />
      {rule !== null && <Notices draft={draft} rule={rule} commands={commands} />}
      <ResizablePanes {...lowerPane(draft.kind, rule !== null && isArmedNet(rule))} label="Dry run" direction="vertical" sized="second" minSize={140} maxSize={720}
        first={<Above editor={editor} rule={rule} asked={asked} onAsk={commands.compare} />}
        second={<Below editor={editor} rule={rule} agents={agents} blocked={why.dryRun} asked={runsAsked} compared={compared} onCompare={commands.compareVersion} onRestore={commands.restore} />} />
      {deployment !== null && <DeployQuestion asked={deployment} editor={editor} rule={rule} agents={agents} onClose={() => setDeployment(null)} onConfirm={mode => commands.deploy(deployment, mode)} />}
      {rule !== null && <StopDialog action={stop} rules={[rule]} onClose={() => setStop(null)} onConfirm={action => (action === 'delete' ? commands.remove() : commands.disable())} />}
    </div>
  );
}

/** The editor as its parts see it, counting the dry runs that a person starts: not those that start by themselves, nor the one before a deployment. */
function useAskedRuns(standing: RuleEditorState): { readonly editor: RuleEditorState; readonly asked: number } {
  const [asked, setAsked] = useState(0);
  const runDry = () => { setAsked(count => count + 1); standing.runDry(); };
  return { editor: { ...standing, runDry }, asked };
}
