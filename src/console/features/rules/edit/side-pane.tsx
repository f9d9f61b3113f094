// Beside the dry run: how risky the rule is, what it does once it runs, and its versions.
import { useState } from 'react';
import type { AgentSummary, RuleDetail } from '../../../../model/index.ts';
import { EmptyState, Pane, Tabs } from '../../../ui/index.ts';
import { MetricPreview } from '../dry-run/index.ts';
import { EffectPane } from '../effect/index.ts';
import { RiskPane } from '../risk/index.ts';
import type { RuleEditorState } from './use-rule-editor.ts';
import { VersionsPane, type VersionsPaneProps } from './versions-pane.tsx';

type Side = 'metric' | 'risk' | 'effect' | 'versions';

export interface SidePaneProps extends Omit<VersionsPaneProps, 'rule'> { readonly editor: RuleEditorState; readonly rule: RuleDetail | null; readonly agents: readonly AgentSummary[] }

export function SidePane({ editor, rule, agents, ...versions }: SidePaneProps) {
  const preview = previewOf(editor);
  const [chosen, setChosen] = useState<Side | null>(null);
  const first: Side = preview !== null ? 'metric' : rule !== null && rule.state !== 'draft' ? 'effect' : 'risk';
  const tabs = [
    ...(preview === null ? [] : [{ value: 'metric', label: 'Metric', content: preview } as const]),
    { value: 'risk', label: 'Risk', content: <RiskPane rule={editor.compiled} dryRun={editor.stale ? null : editor.dryRun} deployed={rule?.state === 'deployed' ? rule : null} /> } as const,
    { value: 'effect', label: 'Effect', content: rule === null ? <Pane label="Measured effect"><EmptyState title="Not deployed yet">What it takes and makes appears here seconds after you deploy. Saving alone changes nothing on any agent.</EmptyState></Pane> : <EffectPane rule={rule} agents={agents} /> } as const,
    ...(rule === null ? [] : [{ value: 'versions', label: 'Versions', count: rule.versions.length, content: <VersionsPane rule={rule} {...versions} /> } as const]),
  ];
  const value = chosen !== null && tabs.some(tab => tab.value === chosen) ? chosen : first;
  return <Pane className="rules-side grow"><Tabs<Side> label="Risk, effect and versions" value={value} onChange={setChosen} tabs={tabs} /></Pane>;
}

/** Stays while the text is being edited, as long as the last dry run made points. */
function previewOf({ compiled, dryRun: { result }, stale }: RuleEditorState) {
  const sink = compiled?.kind === 'query' ? compiled.plan.sink : null;
  if (result === null || (sink?.sink !== 'to_metric' && result.metrics.length === 0)) return null;
  return <MetricPreview name={sink?.sink === 'to_metric' ? sink.name : result.metrics[0]?.name ?? ''} result={result} stale={stale} />;
}
