// The columns of the rules list.
import type { RuleSummary } from '../../../../model/index.ts';
import { Checkbox, Chip, formatPercent, formatRate, Icon, IconButton, Menu, type MenuEntry, type TableColumn } from '../../../ui/index.ts';
import { isRedaction } from './rule-order.ts';
import type { Room } from './use-room.ts';
import { doingWords } from '../words/doing-words.ts';
import { reachWords, StateChip, versionWords } from '../words/rule-state.tsx';

export interface RuleActions {
  open(rule: RuleSummary): void;
  duplicate(rule: RuleSummary): void;
  disable(rule: RuleSummary): void;
  enableAgain(rule: RuleSummary): void;
  remove(rule: RuleSummary): void;
  move(rule: RuleSummary, by: -1 | 1): void;
}

export interface RowSelection { readonly chosen: ReadonlySet<string>; readonly all: boolean | 'indeterminate'; toggle(rule: RuleSummary): void; toggleAll(): void }

export interface ColumnOptions { readonly actions: RuleActions; readonly selection: RowSelection; /** Null, or why rows cannot be moved now. */ readonly movable: string | null; /** How its id settles its place, in a sentence; null where its number does. */ readonly tieOf: (rule: RuleSummary) => string | null; /** Some rule makes records or points now. */ readonly makes: boolean; readonly room: Room }

const rate = (value: number | null) => value === null ? <span className="t3">–</span> : <>{formatRate(value)}<span className="t3">/s</span></>;
type RuleColumn = TableColumn<RuleSummary> & { /** The least room in which it is drawn: the name keeps what the others leave. */ readonly from?: Room };
const rooms: readonly Room[] = ['little', 'usual', 'wide'];

export function ruleColumns({ actions, selection, movable, tieOf, makes, room }: ColumnOptions): readonly TableColumn<RuleSummary>[] {
  const wide = room === 'wide';
  const columns: readonly RuleColumn[] = [
    { key: 'grip', head: <span className="rules-choose"><Checkbox label="Choose all rules" checked={selection.all} onChange={selection.toggleAll} /></span>, width: 58, cell: rule => <Grip rule={rule} selection={selection} movable={movable} /> },
    { key: 'order', head: <span title="Lower runs first; the same order runs by id, the lower id first">Order</span>, numeric: true, width: 60, cell: rule => <Order rule={rule} tie={tieOf(rule)} /> },
    { key: 'name', head: 'Name', cell: rule => <span title={rule.description === '' ? rule.name : `${rule.name}: ${rule.description}`}><span className="mono t1">{rule.name}</span>{!wide && versionWords(rule).behind && <> <Newer rule={rule} /></>}</span> },
    { key: 'state', head: 'State', width: 96, cell: rule => <StateChip rule={rule} /> },
    { key: 'does', head: 'Does', width: wide ? 156 : 132, from: 'usual', cell: rule => <Does rule={rule} /> },
    { key: 'version', head: 'Version', width: 124, from: 'wide', cell: rule => <Version rule={rule} /> },
    { key: 'agents', head: 'Agents', numeric: true, width: 64, cell: rule => <span className={rule.state === 'deployed' && rule.appliedAgents < rule.targetAgents ? 'amb' : undefined}>{reachWords(rule)}</span> },
    { key: 'matched', head: 'Matches', numeric: true, width: 84, cell: rule => rate(live(rule, rule.effect.matchedPerSecond)) },
    { key: 'removed', head: <span title="Records a second that this rule takes away, now">Removes</span>, numeric: true, width: wide ? 124 : 104, cell: rule => <Did rule={rule} did={rule.effect.removedPerSecond} would={rule.effect.would?.removedPerSecond} /> },
    { key: 'emitted', head: <span title="Records and points a second that this rule makes, now">Makes</span>, numeric: true, width: wide ? 112 : 92, from: makes ? 'little' : 'wide', cell: rule => <Did rule={rule} did={rule.effect.emittedPerSecond} would={rule.effect.would?.emittedPerSecond} /> },
    { key: 'cpu', head: 'CPU', numeric: true, width: 68, from: 'usual', cell: rule => { const share = live(rule, rule.effect.cpuShare); return share === null ? <span className="t3">–</span> : formatPercent(share, 2); } },
    { key: 'more', head: <span className="vh">Actions</span>, width: 48, numeric: true, cell: rule => <RowMenu rule={rule} actions={actions} movable={movable} /> },
  ];
  return columns.filter(({ from = 'little' }) => rooms.indexOf(room) >= rooms.indexOf(from));
}

function Grip({ rule, selection, movable }: { readonly rule: RuleSummary } & Pick<ColumnOptions, 'selection' | 'movable'>) {
  return <span className="row gap1"><span className={movable === null ? 'rules-grip t3' : 'rules-grip off'} title={movable ?? 'Drag to change the order, or Alt with the arrow keys'}><Icon name="grip" size="s" /></span><Checkbox label={`Choose ${rule.name}`} checked={selection.chosen.has(rule.id)} onChange={() => selection.toggle(rule)} /></span>;
}

/** Redaction runs before all others, whatever its number; `=` marks a number that another rule has too. */
function Order({ rule, tie }: { readonly rule: RuleSummary; readonly tie: string | null }) {
  const same = tie === null ? null : '= ';
  return isRedaction(rule) ? <span className="t3" title={`Redaction always runs first; among redaction rules this one has order ${rule.order}${tie === null ? '' : `. ${tie}`}`}>{same}first</span> : <span className="t3" title={tie ?? undefined}>{same}{rule.order}</span>;
}

function Does({ rule }: { readonly rule: RuleSummary }) {
  if (rule.kind === 'state-machine') return <span className="row gap1"><Icon name="net" size="s" />net</span>;
  if (rule.kind === 'redaction-policy') return <span className="row gap1"><Icon name="shield" size="s" />redaction policy</span>;
  if (rule.kind === 'language') return <span className="row gap1"><Icon name="code" size="s" />JavaScript</span>;
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
  return <span className="row gap1">{text}{behind && <Newer rule={rule} />}</span>;
}

const Newer = ({ rule }: { readonly rule: RuleSummary }) => <Chip tone="attn" title="The latest version is not deployed">v{rule.latestVersion} newer</Chip>;

function RowMenu({ rule, actions, movable }: { readonly rule: RuleSummary; readonly actions: RuleActions; readonly movable: string | null }) {
  const entries: readonly MenuEntry[] = [
    { label: 'Open', icon: 'edit', kbd: 'Enter', onSelect: () => actions.open(rule) },
    { label: 'Duplicate', icon: 'copy', onSelect: () => actions.duplicate(rule) },
    { label: 'Run earlier', icon: 'deploy', disabled: movable !== null, kbd: 'Alt ↑', onSelect: () => actions.move(rule, -1) },
    { label: 'Run later', icon: 'down', disabled: movable !== null, kbd: 'Alt ↓', onSelect: () => actions.move(rule, 1) },
    rule.ended === null ? { label: `${doingWords(rule.kind).disable}…`, icon: 'pause', disabled: rule.state !== 'deployed', detail: rule.state === 'deployed' ? undefined : 'not deployed', onSelect: () => actions.disable(rule) } : { label: doingWords(rule.kind).again, icon: 'deploy', onSelect: () => actions.enableAgain(rule) },
    { kind: 'separator' },
    { label: 'Delete…', icon: 'trash', danger: true, onSelect: () => actions.remove(rule) },
  ];
  // The row opens on click; the menu in it must not.
  return <span onClick={event => event.stopPropagation()}><Menu entries={entries} align="end" label={`Actions of ${rule.name}`}><IconButton icon="more" label={`Actions of ${rule.name}`} variant="ghost" size="s" tooltip={false} /></Menu></span>;
}
