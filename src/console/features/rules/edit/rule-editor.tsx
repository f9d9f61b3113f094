// The rule editor: text above, what it would do and what it does below and beside it.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { AgentSummary, RuleDetail, RuleVersion } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { ruleEditorSearch, toast, useUrlState } from '../../../state/index.ts';
import { Button, ConfirmDialog, EmptyState, Pane, PaneHeader, ResizablePanes } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands.ts';
import { DeployDialog } from '../deploy/index.ts';
import { draftOf, type Draft } from '../draft/index.ts';
import { DryRunPane, MetricPreview } from '../dry-run/index.ts';
import { EffectPane } from '../effect/index.ts';
import { DeleteWords } from '../list/index.ts';
import { useTailValue } from '../services.tsx';
import { Details, Header } from './header.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { Story } from './story.tsx';
import { TextPane } from './text-pane.tsx';
import { reasons, useRuleEditor, type RuleEditorState } from './use-rule-editor.ts';
import { useLiveFields } from './use-live-fields.ts';
import { VersionsPane, type VersionsPaneProps } from './versions-pane.tsx';

export interface RuleEditorProps { readonly rule: RuleDetail | null; readonly initial: Draft; readonly updatedAtMs: number }

export function RuleEditor({ rule, initial, updatedAtMs }: RuleEditorProps) {
  const editor = useRuleEditor(rule, initial);
  const commands = useRuleCommands();
  const navigate = useNavigate();
  const agents = useAgents().data ?? [];
  const tailRatio = useTailValue(state => state.ratio);
  const [search, setSearch] = useUrlState(ruleEditorSearch);
  const [asking, setAsking] = useState<'deploy' | 'delete' | null>(null);
  const leaving = useRef(false);
  const why = reasons(editor, rule, commands.busy);
  useLiveFields();

  /** Saves when there is something to save; the rule as it stands on the server, or null after a failure. */
  const saveNow = async (note: string): Promise<RuleDetail | null> => {
    if (rule !== null && !editor.dirty) return rule;
    if (editor.check.document === null) return null;
    const saved = await commands.save(rule?.id ?? null, editor.check.document, note);
    if (saved !== null) editor.rebase(saved);
    return saved;
  };
  /** A new rule has its own address once it is saved. */
  const settle = (saved: RuleDetail | null) => {
    if (saved === null || rule !== null) return;
    leaving.current = true;
    void navigate({ to: '/rules/$ruleId', params: { ruleId: saved.id }, replace: true });
  };
  const save = () => void saveNow('').then(saved => { if (saved !== null) toast({ title: `${saved.name} version ${saved.latestVersion} is saved`, detail: 'Nothing is deployed by saving.' }); settle(saved); });
  const deploy = () => void saveNow('').then(async saved => { if (saved !== null) await commands.deploy(saved, saved.latestVersion); settle(saved); });
  const remove = async () => { if (rule === null) return; leaving.current = true; if (await commands.remove(rule)) void navigate({ to: '/rules' }); else leaving.current = false; };
  const compare = (version: number | null) => setSearch({ tab: version === null ? undefined : 'compare', version: version ?? undefined }, { replace: true });
  const restore = (version: RuleVersion) => { editor.change(draftOf(version.document)); compare(null); toast({ title: `Version ${version.version} is back in the editor`, detail: 'Save it to make it a new version.' }); };
  const on = { save, deploy: () => { editor.runDry(); setAsking('deploy'); }, disable: () => { if (rule !== null) void commands.disable(rule); }, remove: () => setAsking('delete') };
  const keys = useCommandKeys({ save: why.save === null ? save : editor.finishName, dryRun: why.dryRun === null ? editor.runDry : null });
  const compared = search.tab === 'compare' && rule !== null ? search.version ?? rule.deployedVersion ?? rule.latestVersion : null;
  const version = (rule?.latestVersion ?? 0) + (rule === null || editor.dirty ? 1 : 0);

  return (
    <div className="rules-editor" onKeyDown={keys}>
      <Header editor={editor} rule={rule} busy={commands.busy} why={why} on={on} />
      <Details editor={editor} />
      <Story editor={editor} rule={rule} />
      {editor.newerVersion !== null && commands.busy === null && <NewerVersion version={editor.newerVersion} onLoad={() => { if (rule !== null) { editor.change(draftOf(rule.document)); editor.rebase(rule); } }} onCompare={() => compare(editor.newerVersion)} />}
      <ResizablePanes id="rules.side" label="Effect and versions" defaultSize={340} minSize={260} maxSize={520}
        first={<ResizablePanes id="rules.lower" label="Dry run" direction="vertical" sized="second" defaultSize={400} minSize={160} maxSize={720}
          first={<TextPane editor={editor} rule={rule} compared={compared} onCompare={compare} />}
          second={<DryRunPane dryRun={editor.dryRun} run={editor.runDry} blocked={why.dryRun} stale={editor.stale} />} />}
        second={<Side editor={editor} rule={rule} agents={agents} updatedAtMs={updatedAtMs} compared={compared} onCompare={compare} onRestore={restore} />} />
      {editor.target !== null && <DeployDialog open={asking === 'deploy'} onOpenChange={() => setAsking(null)} name={editor.draft.name} saves={rule === null || editor.dirty} onConfirm={deploy}
        facts={{ plan: editor.target.plan, dryRun: editor.stale ? null : editor.dryRun.result, coveredMs: editor.dryRun.coveredMs, agents, rule: rule?.state === 'deployed' ? rule : null, version, tailRatio }} />}
      {rule !== null && <ConfirmDialog open={asking === 'delete'} onOpenChange={() => setAsking(null)} title={`Delete ${rule.name}?`} confirmLabel="Delete" cancelLabel="Keep" icon="trash" onConfirm={() => void remove()}><DeleteWords rule={rule} /></ConfirmDialog>}
      <LeaveGuard dirty={editor.dirty} name={editor.draft.name} allowed={leaving} />
    </div>
  );
}

interface SideProps extends Omit<VersionsPaneProps, 'rule'> { readonly editor: RuleEditorState; readonly rule: RuleDetail | null; readonly agents: readonly AgentSummary[]; readonly updatedAtMs: number }

function Side({ editor, rule, agents, updatedAtMs, ...versions }: SideProps) {
  return (
    <div className="rules-side">
      {rule === null
        ? <Pane label="Measured effect"><PaneHeader title="Measured effect" /><EmptyState title="Not deployed yet">Rates before and after appear here seconds after you deploy. Saving alone changes nothing on any agent.</EmptyState></Pane>
        : <EffectPane rule={rule} agents={agents} updatedAtMs={updatedAtMs} />}
      <Preview editor={editor} />
      {rule !== null && <VersionsPane rule={rule} {...versions} />}
    </div>
  );
}

/** Stays while the text is being edited, as long as the last dry run made points. */
function Preview({ editor: { target, dryRun } }: { readonly editor: RuleEditorState }) {
  const sink = target?.plan.sink;
  const metrics = dryRun.result?.metrics ?? [];
  if (dryRun.result === null || (sink?.sink !== 'to_metric' && metrics.length === 0)) return null;
  return <MetricPreview name={sink?.sink === 'to_metric' ? sink.name : metrics[0]?.name ?? ''} metrics={metrics} />;
}

function NewerVersion({ version, onLoad, onCompare }: { readonly version: number; readonly onLoad: () => void; readonly onCompare: () => void }) {
  return <div className="banner" role="status">Version {version} was saved elsewhere while you were typing.<span className="row end"><Button size="s" onClick={onCompare}>Compare</Button><Button size="s" onClick={onLoad}>Load it, dropping my edits</Button></span></div>;
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
