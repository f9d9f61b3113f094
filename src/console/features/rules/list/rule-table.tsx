// The rules as agents run them, from first to last: choose some, move one, see who hides whom.
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { useFollowing } from '../../../api/index.ts';
import { ConfirmDialog, plural, Table } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands/index.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EnableAgain } from './enable-again.tsx';
import type { FoundRule } from './find-rules.ts';
import { movedWords } from './move-words.ts';
import { ruleColumns, type RuleActions } from './rule-columns.tsx';
import { hasNote, RuleNotes } from './rule-notes.tsx';
import { tied, tieOf, tieWords } from './rule-order.ts';
import { StopDialog } from './stop-dialog.tsx';
import { useRoom } from './use-room.ts';
import { useRowMoves, type PlannedMove } from './use-row-moves.ts';
import './list.css';

export interface RuleTableProps {
  /** What is shown, in order, and where it was found. */
  readonly found: readonly FoundRule<RuleSummary>[];
  /** All rules, in order: moves are among these. */
  readonly all: readonly RuleSummary[];
}

type Asking = { readonly action: 'disable' | 'delete' | 'enable'; readonly rule: RuleSummary };

export function RuleTable({ found, all }: RuleTableProps) {
  const navigate = useNavigate();
  const commands = useRuleCommands();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [planned, setPlanned] = useState<PlannedMove | null>(null);
  const room = useRoom();
  const following = useFollowing().data?.rules ?? {};
  const followsOf = (id: string) => following[id] ?? [];
  const rules = useMemo(() => found.map(({ rule }) => rule), [found]);
  const places = useMemo(() => new Map(found.map(({ rule, places: at }) => [rule.id, at])), [found]);
  const selection = useSelection(rules);
  const equal = tied(all);
  const movable = rules.length < all.length ? 'Show all rules to change their order' : null;
  const open = (id: string) => void navigate({ to: '/rules/$ruleId', params: { ruleId: id } });
  const move = (plan: PlannedMove) => void commands.reorder(plan.rule.name, plan.orders, plan.was, movedWords(plan.rule, plan.before, plan.orders, plan.touched));
  const moves = useRowMoves(all, movable === null, plan => { if (plan.deployed.length > 0) setPlanned(plan); else move(plan); });
  const ask = (action: Asking['action']) => (rule: RuleSummary) => setAsking({ action, rule });
  const actions: RuleActions = {
    open: rule => open(rule.id),
    duplicate: rule => void navigate({ to: '/rules/new', search: { copyOf: rule.id } }),
    disable: ask('disable'), remove: ask('delete'), enableAgain: ask('enable'), move: moves.step,
  };
  return (
    <>
      <Table label="Rules" rows={rules} rowKey={rule => rule.id} rowLabel={rule => `${rule.name}, ${stateWord(rule)}`} onPick={actions.open} columns={ruleColumns({ actions, selection, movable, tieOf: rule => tieOf(all, rule), makes: rules.some(makesNow), room })} rowProps={moves.rowProps}
        rowNote={rule => hasNote(rule, places.get(rule.id) ?? [], followsOf(rule.id)) ? <RuleNotes rule={rule} places={places.get(rule.id) ?? []} follows={followsOf(rule.id)} onOpen={open} onEnableAgain={actions.enableAgain} /> : null} />
      {rules.some(({ id }) => equal.has(id)) && <p className="rules-tied t3">{tieWords(all).map(words => <span key={words}>= {words}</span>)}</p>}
      {moves.refusal !== null && <p className="rules-refusal" role="status">{moves.refusal}</p>}
      {selection.rules.length > 0 && <BulkBar rules={selection.rules} busy={commands.busy !== null} onClear={selection.clear} onRun={(action, which, mode) => void commands.bulk(action, which, mode).then(selection.clear)} />}
      <StopDialog action={asking === null || asking.action === 'enable' ? null : asking.action} rules={asking === null ? [] : [asking.rule]} onClose={() => setAsking(null)} onConfirm={action => { if (asking !== null) void (action === 'delete' ? commands.remove(asking.rule) : commands.disable(asking.rule)); }} />
      <EnableAgain rule={asking?.action === 'enable' ? asking.rule : null} onClose={() => setAsking(null)} onConfirm={(rule, expires) => void commands.enableAgain(rule, expires)} />
      <ConfirmDialog open={planned !== null} onOpenChange={() => setPlanned(null)} title={`Run ${planned?.rule.name ?? ''} ${planned?.before == null ? 'last' : `before ${planned.before.name}`}?`} confirmLabel="Move" cancelLabel="Leave it" icon="deploy" onConfirm={() => { if (planned !== null) move(planned); }}>
        {planned !== null && <MoveWords plan={planned} />}
      </ConfirmDialog>
    </>
  );
}

const makesNow = ({ state, effect }: RuleSummary): boolean => state === 'deployed' && ((effect.would ?? effect).emittedPerSecond ?? 0) > 0;

const stateWord = ({ state, mode, breaches, ended }: RuleSummary): string => (breaches.length > 0 ? 'turned off' : mode === 'shadow' ? 'shadow' : ended?.reason === 'expired' ? 'expired' : state);

function MoveWords({ plan: { rule, deployed, orders } }: { readonly plan: PlannedMove }) {
  const others = orders.length - (orders.some(({ id }) => id === rule.id) ? 1 : 0);
  return (
    <>
      <p>{deployed.length === 1 ? <><strong>{deployed[0]!.name}</strong> runs</> : <><strong>{plural(deployed.length, 'rule')}</strong> run</>} on agents now and will be deployed again at once with the new order. What a rule removes, later ones no longer see; the list says so where that happens.</p>
      {others > 0 && <p>{plural(others, 'other rule')} {others === 1 ? 'gets' : 'get'} a new number, too: there is no free one between.</p>}
    </>
  );
}

function useSelection(rules: readonly RuleSummary[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = rules.filter(rule => chosen.has(rule.id));
  return {
    chosen, rules: selected, all: selected.length === 0 ? false : selected.length === rules.length ? true : 'indeterminate' as const,
    clear: () => setChosen(new Set()),
    toggle: ({ id }: RuleSummary) => setChosen(before => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next; }),
    toggleAll: () => setChosen(selected.length === rules.length ? new Set() : new Set(rules.map(({ id }) => id))),
  };
}
