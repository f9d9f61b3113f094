// The columns of the rules list.
import type { RuleSummary } from '../../../../model/index.ts';
import { Checkbox, Chip, formatCount, formatPercent, formatRate, Icon, IconButton, Menu, type MenuEntry, type TableColumn } from '../../../ui/index.ts';
import { isRedaction } from './rule-order.ts';
import { reachWords, StateChip, versionWords } from '../words/rule-state.tsx';

export interface RuleActions {
  open(rule: RuleSummary): void;
  duplicate(rule: RuleSummary): void;
  disable(rule: RuleSummary): void;
  remove(rule: RuleSummary): void;
  move(rule: RuleSummary, by: -1 | 1): void;
}

export interface RowSelection { readonly chosen: ReadonlySet<string>; readonly all: boolean | 'indeterminate'; toggle(rule: RuleSummary): void; toggleAll(): void }

/** Wide: there is room for the columns that matter less. */
export interface ColumnOptions { readonly actions: RuleActions; readonly selection: RowSelection; /** Null, or why rows cannot be moved now. */ readonly movable: string | null; readonly wide: boolean }

const rate = (value: number | null) => value === null ? <span className="t3">–</span> : <>{formatRate(value)}<span className="t3">/s</span></>;

export function ruleColumns({ actions, selection, movable, wide }: ColumnOptions): readonly TableColumn<RuleSummary>[] {
  const columns: readonly (TableColumn<RuleSummary> & { readonly onlyWide?: true })[] = [
    { key: 'grip', head: <span className="rules-choose"><Checkbox label="Choose all rules" checked={selection.all} onChange={selection.toggleAll} /></span>, width: 58, cell: rule => <Grip rule={rule} selection={selection} movable={movable} /> },
    { key: 'order', head: 'Order', numeric: true, width: 52, cell: rule => <Order rule={rule} /> },
    { key: 'name', head: 'Name', cell: rule => <span className="mono t1" title={rule.description || rule.name}>{rule.name}</span> },
    { key: 'state', head: 'State', width: 96, cell: rule => <StateChip rule={rule} /> },
    { key: 'does', head: 'Does', width: wide ? 148 : 128, cell: rule => <Does rule={rule} /> },
    { key: 'version', head: 'Version', width: wide ? 104 : 92, cell: rule => <Version rule={rule} /> },
    { key: 'agents', head: 'Agents', numeric: true, width: 64, cell: rule => <span className={rule.state === 'deployed' && rule.appliedAgents < rule.targetAgents ? 'amb' : undefined}>{reachWords(rule)}</span> },
    { key: 'matched', head: 'Matches', numeric: true, width: 80, cell: rule => rate(live(rule, rule.effect.matchedPerSecond)) },
    { key: 'removed', head: 'Removed', numeric: true, width: wide ? 108 : 100, cell: rule => <Did rule={rule} did={rule.effect.removedPerSecond} would={rule.effect.would?.removedPerSecond} /> },
    { key: 'emitted', head: 'Made', numeric: true, width: 88, onlyWide: true, cell: rule => <Did rule={rule} did={rule.effect.emittedPerSecond} would={rule.effect.would?.emittedPerSecond} /> },
    { key: 'effect', head: 'Out, before → after', numeric: true, width: 148, onlyWide: true, cell: rule => <Effect rule={rule} /> },
    { key: 'cpu', head: 'CPU', numeric: true, width: 64, cell: rule => { const share = live(rule, rule.effect.cpuShare); return share === null ? <span className="t3">–</span> : formatPercent(share, 2); } },
    { key: 'errors', head: 'Errors', numeric: true, width: 60, onlyWide: true, cell: rule => rule.effect.errors === 0 ? <span className="t3">0</span> : <span className="red" title={rule.effect.lastError ?? undefined}>{formatCount(rule.effect.errors)}</span> },
    { key: 'more', head: <span className="vh">Actions</span>, width: 48, numeric: true, cell: rule => <RowMenu rule={rule} actions={actions} movable={movable} /> },
  ];
  return wide ? columns : columns.filter(({ onlyWide }) => onlyWide !== true);
}

function Grip({ rule, selection, movable }: { readonly rule: RuleSummary } & Pick<ColumnOptions, 'selection' | 'movable'>) {
  return <span className="row gap1"><span className={movable === null ? 'rules-grip t3' : 'rules-grip off'} title={movable ?? 'Drag to change the order, or Alt with the arrow keys'}><Icon name="grip" size="s" /></span><Checkbox label={`Choose ${rule.name}`} checked={selection.chosen.has(rule.id)} onChange={() => selection.toggle(rule)} /></span>;
}

/** Redaction runs before all others, whatever its number. */
function Order({ rule }: { readonly rule: RuleSummary }) {
  return isRedaction(rule) ? <span className="t3" title={`Redaction always runs first; among redaction rules this one has order ${rule.order}`}>first</span> : <span className="t3">{rule.order}</span>;
}

function Does({ rule }: { readonly rule: RuleSummary }) {
  if (rule.kind === 'state-machine') return <span className="row gap1"><Icon name="net" size="s" />state machine</span>;
  return rule.sink === '' ? <>{rule.table} <span className="t3">→ nothing yet</span></> : <>{rule.table} <span className="t3">→</span> <span className="mono">{rule.sink}</span></>;
}

/** In shadow nothing is done: what would be is said as such. */
function Did({ rule, did, would }: { readonly rule: RuleSummary; readonly did: number | null; readonly would: number | null | undefined }) {
  if (rule.mode !== 'shadow' || would === undefined) return rate(live(rule, did));
  return would === null ? <span className="t3">–</span> : <span title="What it would do: in shadow it changes nothing"><span className="t3">would </span>{rate(live(rule, would))}</span>;
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

function RowMenu({ rule, actions, movable }: { readonly rule: RuleSummary; readonly actions: RuleActions; readonly movable: string | null }) {
  const entries: readonly MenuEntry[] = [
    { label: 'Open', icon: 'edit', kbd: 'Enter', onSelect: () => actions.open(rule) },
    { label: 'Duplicate', icon: 'copy', onSelect: () => actions.duplicate(rule) },
    { label: 'Run earlier', icon: 'deploy', disabled: movable !== null, kbd: 'Alt ↑', onSelect: () => actions.move(rule, -1) },
    { label: 'Run later', icon: 'down', disabled: movable !== null, kbd: 'Alt ↓', onSelect: () => actions.move(rule, 1) },
    { label: 'Disable', icon: 'pause', disabled: rule.state !== 'deployed', detail: rule.state === 'deployed' ? undefined : 'not deployed', onSelect: () => actions.disable(rule) },
    { kind: 'separator' },
    { label: 'Delete…', icon: 'trash', danger: true, onSelect: () => actions.remove(rule) },
  ];
  // The row opens on click; the menu in it must not.
  return <span onClick={event => event.stopPropagation()}><Menu entries={entries} align="end" label={`Actions of ${rule.name}`}><IconButton icon="more" label={`Actions of ${rule.name}`} variant="ghost" size="s" tooltip={false} /></Menu></span>;
}
