// Everything known of one agent: summary, effective config, attributes.
import type { AgentSummary } from '../../../model/index.ts';
import { copyText, IconButton, Pane, Tabs } from '../../ui/index.ts';
import { AgentSummaryTab } from './agent-summary-tab.tsx';
import { healthState } from './config-state.ts';

export type AgentTab = 'summary' | 'config' | 'attributes';
export interface AgentDetailProps { readonly agent: AgentSummary; readonly tab: AgentTab; readonly onTab: (tab: AgentTab) => void; readonly onClose: () => void }

export function AgentDetail({ agent, tab, onTab, onClose }: AgentDetailProps) {
  const attributes = Object.entries(agent.attributes).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Pane className="grow" label={`Agent ${agent.name}`}>
      <div className="ph"><span className={`dot ${healthState(agent).dot}`} /><h2 className="ell">{agent.name}</h2><span className="meta ell">{agent.host}</span><span className="row end gap1"><IconButton icon="copy" label="Copy agent as JSON" variant="ghost" size="s" onClick={() => void copyText(JSON.stringify(agent, null, 2), 'Agent as JSON')} /><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      <Tabs label="Agent detail" value={tab} onChange={onTab} tabs={[
        { value: 'summary', label: 'Summary', content: <AgentSummaryTab agent={agent} /> },
        { value: 'config', label: 'Effective config', content: <pre className="code well-text scroll grow" tabIndex={0} aria-label="Effective config as JSON">{prettyJson(agent.effectiveConfig) || 'The agent has not reported its configuration yet.'}</pre> },
        { value: 'attributes', label: 'Attributes', count: attributes.length, content: <dl className="facts scroll">{attributes.map(([name, value]) => <div key={name}><dt className="mono">{name}</dt><dd className="mono">{value}</dd></div>)}</dl> },
      ]} />
    </Pane>
  );
}

/** Indented when it is JSON, else as it came. */
export function prettyJson(text: string): string {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}
