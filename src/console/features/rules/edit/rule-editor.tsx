// The rule editor: text and picture above, what the rule would do and what it does below.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { AgentSummary, RuleDetail, RuleKind, RuleMode, RuleVersion } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { ruleEditorSearch, toast, useDrafts, useUrlState } from '../../../state/index.ts';
import { Button, ResizablePanes } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands.ts';
import { DeployDialog } from '../deploy/index.ts';
import { DryRunPane } from '../dry-run/index.ts';
import { StopDialog } from '../list/index.ts';
import { useTailValue } from '../services.tsx';
import { Above } from './above.tsx';
import { askedFor, comparisonOf, type Asked } from './comparison.ts';
import { Details } from './details.tsx';
import { Header } from './header.tsx';
import { useLeaveGuard } from './leave-guard.ts';
import { LeftEdits } from './left-edits.tsx';
import { SidePane } from './side-pane.tsx';
import { Story } from './story.tsx';
import { useLiveFields } from './use-live-fields.ts';
import { textOf } from './use-rule-draft.ts';
import { queryOf, reasons, useRuleEditor, type RuleEditorState } from './use-rule-editor.ts';

export interface RuleEditorProps { readonly draftKey: string; readonly rule: RuleDetail | null; readonly initial: string; readonly updatedAtMs: number }

export function RuleEditor({ draftKey, rule, initial, updatedAtMs }: RuleEditorProps) {
  const fields = useLiveFields();
  const editor = useRuleEditor(draftKey, rule, initial, fields);
  const { draft } = editor;
  const commands = useRuleCommands();
  const navigate = useNavigate();
  const agents = useAgents().data ?? [];
  const tailRatio = useTailValue(state => state.ratio);
  const [search, setSearch] = useUrlState(ruleEditorSearch);
  const [asking, setAsking] = useState<'deploy' | 'disable' | 'delete' | null>(null);
  const why = reasons(editor, rule, commands.busy);
  const query = queryOf(editor);
  useLeaveGuard(draft.dirty);

  /** Saves when there is something to save; the rule as it stands on the server, or null after a failure. */
  const saveNow = async (): Promise<RuleDetail | null> => {
    if (rule !== null && !draft.dirty) return rule;
    const saved = await commands.save(rule, draft.fields?.name ?? 'The rule', draft.text, '');
    if (saved !== null && rule !== null) draft.rebase(saved);
    return saved;
  };
  /** A new rule has its own address once it is saved; its first draft is done with. */
  const settle = (saved: RuleDetail | null) => {
    if (saved === null || rule !== null) return;
    useDrafts.getState().drop(draftKey);
    void navigate({ to: '/rules/$ruleId', params: { ruleId: saved.id }, search: ({ view, tab }) => ({ view, tab }), replace: true });
  };
  const save = () => void saveNow().then(saved => { if (saved !== null) toast({ title: `${saved.name} version ${saved.latestVersion} is saved`, detail: 'Nothing is deployed by saving.' }); settle(saved); });
  const deploy = (mode: RuleMode) => void saveNow().then(async saved => { if (saved !== null) await commands.deploy(saved, saved.latestVersion, mode); settle(saved); });
  const remove = async () => { if (rule !== null && await commands.remove(rule)) { useDrafts.getState().drop(draftKey); void navigate({ to: '/rules' }); } };
  const ask = (asked: Asked) => setSearch({ tab: 'compare', version: asked.version, against: asked.against, ...(search.view === 'picture' && { view: 'both' }) }, { replace: true });
  const compareVersion = (version: number) => { if (rule !== null) ask(askedFor(rule, draft.text, version)); };
  const restore = (version: RuleVersion) => { draft.setText(version.text); setSearch({ tab: undefined, version: undefined, against: undefined }, { replace: true }); toast({ title: `Version ${version.version} is back in the editor`, detail: 'Save it to make it a new version.' }); };
  const revert = () => { const edited = draft.text; draft.revert(); toast({ title: rule === null ? 'Back to what it began with' : 'Back to the last save', action: { label: 'Undo', run: () => draft.setText(edited) } }); };
  const on = {
    save, remove: () => setAsking('delete'), revert, download: () => download(`${draft.fields?.name || 'rule'}.yaml`, draft.text), duplicate: () => { if (rule !== null) void navigate({ to: '/rules/new', search: { copyOf: rule.id } }); },
    deploy: () => { editor.runDry(); setAsking('deploy'); }, disable: () => setAsking('disable'),
  };
  const keys = useCommandKeys({ save: why.save === null ? save : editor.finishName, dryRun: why.dryRun === null ? editor.runDry : null });
  const asked: Asked = { version: search.version, against: search.against };
  const version = (rule?.latestVersion ?? 0) + (rule === null || draft.dirty ? 1 : 0);

  return (
    <div className="rules-editor" onKeyDown={keys}>
      <Header editor={editor} rule={rule} busy={commands.busy} why={why} on={on} />
      <Details editor={editor} agents={agents} fields={fields} />
      <Story editor={editor} rule={rule} />
      {draft.newerVersion !== null && commands.busy === null && rule !== null && <NewerVersion version={draft.newerVersion} onLoad={() => draft.load(textOf(rule), rule.latestVersion)} onCompare={() => ask({ version: draft.newerVersion! })} />}
      {rule !== null && <LeftEdits atMs={draft.leftAtMs} onCompare={() => ask({ version: rule.latestVersion })} onDiscard={revert} />}
      <ResizablePanes {...lowerPane(draft.kind)} label="Dry run" direction="vertical" sized="second" minSize={140} maxSize={720}
        first={<Above editor={editor} rule={rule} asked={asked} onAsk={ask} />}
        second={<Below editor={editor} rule={rule} agents={agents} updatedAtMs={updatedAtMs} blocked={why.dryRun} compared={search.tab !== 'compare' || rule === null ? null : search.against ?? comparisonOf(rule, draft.text, asked)?.left.version ?? null} onCompare={compareVersion} onRestore={restore} />} />
      {query !== null && <DeployDialog open={asking === 'deploy'} onOpenChange={() => setAsking(null)} query={query} text={draft.text} ruleId={rule?.id ?? null} live={editor.dryRun.controls.deployed.rules} saves={rule === null || draft.dirty} onConfirm={deploy} running={rule?.state === 'deployed' ? rule.mode : null}
        facts={{ dryRun: editor.stale ? null : editor.dryRun.result, coveredMs: editor.dryRun.coveredMs, agents, rule: rule?.state === 'deployed' ? rule : null, version, tailRatio }} />}
      {rule !== null && <StopDialog action={asking === 'deploy' ? null : asking} rules={[rule]} onClose={() => setAsking(null)} onConfirm={action => void (action === 'delete' ? remove() : commands.disable(rule))} />}
    </div>
  );
}

/** A graph and its form want the height. Of a small screen the dry run takes less. */
const lowerPane = (kind: RuleKind) => kind === 'state-machine' ? { id: 'rules.lower-net', defaultSize: 220 } : { id: 'rules.lower', defaultSize: Math.min(360, Math.round(window.innerHeight * 0.36)) };

interface BelowProps { readonly editor: RuleEditorState; readonly rule: RuleDetail | null; readonly agents: readonly AgentSummary[]; readonly updatedAtMs: number; readonly blocked: string | null; readonly compared: number | null; readonly onCompare: (version: number) => void; readonly onRestore: (version: RuleVersion) => void }

function Below({ editor, blocked, ...side }: BelowProps) {
  return (
    <ResizablePanes id="rules.side" label="Risk, effect and versions" defaultSize={400} minSize={280} maxSize={620}
      first={<DryRunPane dryRun={editor.dryRun} run={editor.runDry} blocked={blocked} stale={editor.stale} onEdit={editor.draft.edit} text={editor.draft.text} />}
      second={<SidePane editor={editor} {...side} />} />
  );
}

function NewerVersion({ version, onLoad, onCompare }: { readonly version: number; readonly onLoad: () => void; readonly onCompare: () => void }) {
  return <div className="banner" role="status">Version {version} was saved elsewhere while you were typing.<span className="row end"><Button size="s" onClick={onCompare}>Compare</Button><Button size="s" onClick={onLoad}>Load it, dropping my edits</Button></span></div>;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Ctrl or Cmd with S saves, with Enter dry-runs, wherever the focus is. Monaco answers Enter itself. */
function useCommandKeys(commands: { readonly save: (() => void) | null; readonly dryRun: (() => void) | null }) {
  const latest = useRef(commands);
  useEffect(() => { latest.current = commands; });
  return (event: React.KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === 's') { event.preventDefault(); latest.current.save?.(); }
    if (event.key === 'Enter' && !event.defaultPrevented) { event.preventDefault(); latest.current.dryRun?.(); }
  };
}
