// The columns of the rules list.
import type { RuleSummary } from '../../../../model/index.ts';
import { Chip, formatCount, formatPercent, formatRate, IconButton, Menu, type MenuEntry, type TableColumn } from '../../../ui/index.ts';
import { reachWords, StateChip, versionWords } from '../words/rule-state.tsx';

export interface RuleActions {
  open(rule: RuleSummary): void;
  duplicate(rule: RuleSummary): void;
  disable(rule: RuleSummary): void;
  remove(rule: RuleSummary): void;
}

const rate = (value: number | null) => value === null ? <span className="t3">–</span> : <>{formatRate(value)}<span className="t3">/s</span></>;

export function ruleColumns(actions: RuleActions): readonly TableColumn<RuleSummary>[] {
  return [
    { key: 'name', head: 'Name', cell: rule => <span className="mono t1" title={rule.description || rule.name}>{rule.name}</span> },
    { key: 'state', head: 'State', width: 92, cell: rule => <StateChip rule={rule} /> },
    { key: 'does', head: 'Does', width: 148, cell: rule => <>{rule.table} <span className="t3">→</span> <span className="mono">{rule.sink}</span></> },
    { key: 'order', head: 'Order', numeric: true, width: 56, className: 'hide-n', cell: rule => rule.order },
    { key: 'version', head: 'Version', width: 104, cell: rule => <Version rule={rule} /> },
    { key: 'agents', head: 'Agents', numeric: true, width: 64, cell: rule => <span className={rule.state === 'deployed' && rule.appliedAgents < rule.targetAgents ? 'amb' : undefined}>{reachWords(rule)}</span> },
    { key: 'matched', head: 'Matches', numeric: true, width: 80, cell: rule => rate(live(rule, rule.effect.matchedPerSecond)) },
    { key: 'removed', head: 'Removed', numeric: true, width: 80, cell: rule => rate(live(rule, rule.effect.removedPerSecond)) },
    { key: 'emitted', head: 'Emitted', numeric: true, width: 76, className: 'hide-n', cell: rule => rate(live(rule, rule.effect.emittedPerSecond)) },
    { key: 'effect', head: 'Out, before → after', numeric: true, width: 148, className: 'hide-n', cell: rule => <Effect rule={rule} /> },
    { key: 'cpu', head: 'CPU', numeric: true, width: 64, cell: rule => { const share = live(rule, rule.effect.cpuShare); return share === null ? <span className="t3">–</span> : formatPercent(share, 2); } },
    { key: 'errors', head: 'Errors', numeric: true, width: 60, cell: rule => rule.effect.errors === 0 ? <span className="t3">0</span> : <span className="red" title={rule.effect.lastError ?? undefined}>{formatCount(rule.effect.errors)}</span> },
    { key: 'more', head: <span className="vh">Actions</span>, width: 48, numeric: true, cell: rule => <RowMenu rule={rule} actions={actions} /> },
  ];
}

/** Rates of a rule that does not run are not zero, they are nothing. */
const live = (rule: RuleSummary, value: number | null) => rule.state === 'deployed' ? value : null;

function Version({ rule }: { readonly rule: RuleSummary }) {
  const { text, behind } = versionWords(rule);
  return <span className="row gap1">{text}{behind && <Chip tone="attn" title="The latest version is not deployed">v{rule.latestVersion} newer</Chip>}</span>;
}

function Effect({ rule }: { readonly rule: RuleSummary }) {
  const { outBeforePerSecond: before, outAfterPerSecond: after } = rule.effect;
  if (rule.state !== 'deployed' || before === null || after === null) return <span className="t3">–</span>;
  return <><span className="t3">{formatRate(before)} →</span> {formatRate(after)}<span className="t3">/s</span></>;
}

function RowMenu({ rule, actions }: { readonly rule: RuleSummary; readonly actions: RuleActions }) {
  const entries: readonly MenuEntry[] = [
    { label: 'Open', icon: 'edit', kbd: 'Enter', onSelect: () => actions.open(rule) },
    { label: 'Duplicate', icon: 'copy', onSelect: () => actions.duplicate(rule) },
    { label: 'Disable', icon: 'pause', disabled: rule.state !== 'deployed', detail: rule.state === 'deployed' ? undefined : 'not deployed', onSelect: () => actions.disable(rule) },
    { kind: 'separator' },
    { label: 'Delete…', icon: 'trash', danger: true, onSelect: () => actions.remove(rule) },
  ];
  // The row opens on click; the menu in it must not.
  return <span onClick={event => event.stopPropagation()}><Menu entries={entries} align="end" label={`Actions of ${rule.name}`}><IconButton icon="more" label={`Actions of ${rule.name}`} variant="ghost" size="s" tooltip={false} /></Menu></span>;
}
