// The rules as agents run them, from first to last: choose some, move one, see who hides whom.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { ConfirmDialog, plural, Table } from '../../../ui/index.ts';
import { useRuleCommands } from '../commands.ts';
import { BulkBar } from './bulk-bar.tsx';
import { DeleteWords } from './delete-words.tsx';
import { ruleColumns, type RuleActions } from './rule-columns.tsx';
import { hasNote, RuleNotes } from './rule-notes.tsx';
import { useRowMoves, type PlannedMove } from './use-row-moves.ts';
import { useWide } from './use-wide.ts';
import './list.css';

export interface RuleTableProps {
  /** What is shown, in order. */
  readonly rules: readonly RuleSummary[];
  /** All rules, in order: moves are among these. */
  readonly all: readonly RuleSummary[];
}

export function RuleTable({ rules, all }: RuleTableProps) {
  const navigate = useNavigate();
  const commands = useRuleCommands();
  const [deleting, setDeleting] = useState<RuleSummary | null>(null);
  const [planned, setPlanned] = useState<PlannedMove | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wide = useWide();
  const movable = rules.length < all.length ? 'Show all rules to change their order' : null;
  const open = (id: string) => void navigate({ to: '/rules/$ruleId', params: { ruleId: id } });
  const move = (plan: PlannedMove) => void commands.reorder(plan.rule.name, plan.orders, plan.was);
  const moves = useRowMoves(all, movable === null, plan => { if (plan.deployed.length > 0) setPlanned(plan); else move(plan); });
  const selected = rules.filter(rule => chosen.has(rule.id));
  const selection = {
    chosen, all: selected.length === 0 ? false : selected.length === rules.length ? true : 'indeterminate' as const,
    toggle: ({ id }: RuleSummary) => setChosen(before => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next; }),
    toggleAll: () => setChosen(selected.length === rules.length ? new Set() : new Set(rules.map(({ id }) => id))),
  };
  const actions: RuleActions = {
    open: rule => open(rule.id),
    duplicate: rule => void navigate({ to: '/rules/new', search: { copyOf: rule.id } }),
    disable: rule => void commands.disable(rule),
    remove: setDeleting,
    move: moves.step,
  };
  return (
    <>
      <Table label="Rules" rows={rules} rowKey={rule => rule.id} rowLabel={rule => `${rule.name}, ${rule.breaches.length > 0 ? 'turned off' : rule.mode === 'shadow' ? 'shadow' : rule.state}`} onPick={actions.open} columns={ruleColumns({ actions, selection, movable, wide })} rowProps={moves.rowProps}
        rowNote={rule => hasNote(rule) ? <RuleNotes rule={rule} onOpen={open} /> : null} />
      {moves.refusal !== null && <p className="rules-refusal" role="status">{moves.refusal}</p>}
      {selected.length > 0 && <BulkBar rules={selected} busy={commands.busy !== null} onClear={() => setChosen(new Set())} onRun={action => void commands.bulk(action, selected).then(() => setChosen(new Set()))} />}
      <ConfirmDialog open={deleting !== null} onOpenChange={() => setDeleting(null)} title={`Delete ${deleting?.name ?? ''}?`} confirmLabel="Delete" cancelLabel="Keep" icon="trash" onConfirm={() => { if (deleting !== null) void commands.remove(deleting); }}>
        {deleting !== null && <DeleteWords rule={deleting} />}
      </ConfirmDialog>
      <ConfirmDialog open={planned !== null} onOpenChange={() => setPlanned(null)} title={`Run ${planned?.rule.name ?? ''} ${planned?.before == null ? 'last' : `before ${planned.before.name}`}?`} confirmLabel="Move" cancelLabel="Leave it" onConfirm={() => { if (planned !== null) move(planned); }}>
        {planned !== null && <p>{planned.deployed.length === 1 ? <><strong>{planned.deployed[0]!.name}</strong> runs</> : <><strong>{plural(planned.deployed.length, 'rule')}</strong> run</>} on agents now and will be deployed again at once with the new order. What a rule removes, later ones no longer see; the list says so where that happens.</p>}
      </ConfirmDialog>
    </>
  );
}
