// The columns of the rules list.
import type { RuleSummary } from '../../../../model/index.ts';
import { Checkbox, Chip, formatCount, formatPercent, formatRate, Icon, IconButton, Menu, Time, type MenuEntry, type TableColumn } from '../../../ui/index.ts';
import { reachWords, StateChip, versionWords } from '../words/rule-state.tsx';

export interface RuleActions {
  open(rule: RuleSummary): void;
  duplicate(rule: RuleSummary): void;
  disable(rule: RuleSummary): void;
  remove(rule: RuleSummary): void;
  move(rule: RuleSummary, by: -1 | 1): void;
}

export interface RowSelection { readonly chosen: ReadonlySet<string>; readonly all: boolean | 'indeterminate'; toggle(rule: RuleSummary): void; toggleAll(): void }

const rate = (value: number | null) => value === null ? <span className="t3">–</span> : <>{formatRate(value)}<span className="t3">/s</span></>;

/** @param movable null, or why rows cannot be moved now */
export function ruleColumns(actions: RuleActions, selection: RowSelection, movable: string | null): readonly TableColumn<RuleSummary>[] {
  return [
    { key: 'grip', head: <Checkbox label="Choose all rules" checked={selection.all} onChange={selection.toggleAll} />, width: 58, cell: rule => <span className="row gap1"><span className="rules-grip t3" title={movable ?? 'Drag to change the order, or Alt with the arrow keys'}><Icon name="grip" size="s" /></span><Checkbox label={`Choose ${rule.name}`} checked={selection.chosen.has(rule.id)} onChange={() => selection.toggle(rule)} /></span> },
    { key: 'order', head: 'Order', numeric: true, width: 52, cell: rule => <span className="t3">{rule.order}</span> },
    { key: 'name', head: 'Name', cell: rule => <span className="mono t1" title={rule.description || rule.name}>{rule.name}</span> },
    { key: 'state', head: 'State', width: 96, cell: rule => <StateChip rule={rule} /> },
    { key: 'does', head: 'Does', width: 148, cell: rule => rule.kind === 'state-machine' ? <span className="row gap1"><Icon name="net" size="s" />state machine</span> : <>{rule.table} <span className="t3">→</span> <span className="mono">{rule.sink}</span></> },
    { key: 'version', head: 'Version', width: 104, cell: rule => <Version rule={rule} /> },
    { key: 'agents', head: 'Agents', numeric: true, width: 64, cell: rule => <span className={rule.state === 'deployed' && rule.appliedAgents < rule.targetAgents ? 'amb' : undefined}>{reachWords(rule)}</span> },
    { key: 'matched', head: 'Matches', numeric: true, width: 80, cell: rule => rate(live(rule, rule.effect.matchedPerSecond)) },
    { key: 'removed', head: 'Removed', numeric: true, width: 80, cell: rule => rate(live(rule, rule.effect.removedPerSecond)) },
    { key: 'emitted', head: 'Made', numeric: true, width: 72, className: 'hide-n', cell: rule => rate(live(rule, rule.effect.emittedPerSecond)) },
    { key: 'effect', head: 'Out, before → after', numeric: true, width: 148, className: 'hide-n', cell: rule => <Effect rule={rule} /> },
    { key: 'cpu', head: 'CPU', numeric: true, width: 64, cell: rule => { const share = live(rule, rule.effect.cpuShare); return share === null ? <span className="t3">–</span> : formatPercent(share, 2); } },
    { key: 'errors', head: 'Errors', numeric: true, width: 60, className: 'hide-n', cell: rule => rule.effect.errors === 0 ? <span className="t3">0</span> : <span className="red" title={rule.effect.lastError ?? undefined}>{formatCount(rule.effect.errors)}</span> },
    { key: 'more', head: <span className="vh">Actions</span>, width: 48, numeric: true, cell: rule => <RowMenu rule={rule} actions={actions} movable={movable} /> },
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

/** What needs a person: turned off by itself, hidden behind another rule, about to end. Null when nothing does. */
export function RuleNote({ rule, onOpen }: { readonly rule: RuleSummary; readonly onOpen: (id: string) => void }) {
  const [breach] = rule.breaches;
  return (
    <ul className="rules-notes">
      {breach !== undefined && <li className="red"><Icon name="warn" size="s" /><span><b>Turned itself off</b> on {breach.agent} <Time at={breach.at} show="relative" />: {breach.reason} Its records pass; deploy it again to arm it.</span></li>}
      {rule.conflicts.map(({ withId, withName, level, message }) => <li key={withId} className={level === 'never' ? 'amb' : 't2'}><Icon name={level === 'never' ? 'warn' : 'info'} size="s" /><span>{message} <button type="button" className="link" onClick={() => onOpen(withId)}>Open {withName}</button></span></li>)}
      {rule.expiresAt !== null && rule.state === 'deployed' && <li className="t3"><Icon name="clock" size="s" /><span>Ends by itself <Time at={rule.expiresAt} show="relative" />.</span></li>}
    </ul>
  );
}
export const hasNote = (rule: RuleSummary): boolean => rule.breaches.length > 0 || rule.conflicts.length > 0 || (rule.expiresAt !== null && rule.state === 'deployed');

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
