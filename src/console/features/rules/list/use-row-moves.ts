// Moving rules in the list, by dragging a row or with Alt and the arrow keys. A move that reaches agents is asked about first.
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { moved, whyNotThere, type NewOrder } from './rule-order.ts';

export interface PlannedMove { readonly rule: RuleSummary; readonly before: RuleSummary | null; readonly orders: readonly NewOrder[]; readonly was: readonly NewOrder[]; readonly deployed: readonly RuleSummary[] }

interface RowMoves {
  readonly rowProps: (rule: RuleSummary) => { readonly draggable: boolean; readonly className: string; onDragStart(event: DragEvent): void; onDragOver(event: DragEvent): void; onDrop(event: DragEvent): void; onDragEnd(): void; onKeyDown(event: KeyboardEvent): void };
  /** Why the place under the pointer takes nothing. */
  readonly refusal: string | null;
}

/** @param rules as they run, all of them: places between rules that a filter hides would be guesses. */
export function useRowMoves(rules: readonly RuleSummary[], enabled: boolean, onPlan: (move: PlannedMove) => void): RowMoves {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<{ readonly id: string; readonly below: boolean } | null>(null);
  const placeOf = (id: string, below: boolean): string | null => below ? rules[rules.findIndex(rule => rule.id === id) + 1]?.id ?? null : id;
  const plan = (id: string, before: string | null) => {
    const rule = rules.find(one => one.id === id);
    const orders = moved(rules, id, before);
    if (rule === undefined || orders.length === 0) return;
    const touched = rules.filter(one => orders.some(order => order.id === one.id));
    onPlan({ rule, before: rules.find(one => one.id === before) ?? null, orders, was: touched.map(one => ({ id: one.id, order: one.order })), deployed: touched.filter(one => one.state === 'deployed') });
  };
  const end = () => { setDragged(null); setOver(null); };
  const refusal = dragged === null || over === null ? null : whyNotThere(rules, dragged, placeOf(over.id, over.below));

  const rowProps = (rule: RuleSummary) => ({
    draggable: enabled,
    className: [rule.id === dragged ? 'dragged' : '', over?.id === rule.id && refusal === null ? (over.below ? 'drop-below' : 'drop-above') : ''].filter(Boolean).join(' '),
    onDragStart: (event: DragEvent) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', rule.name); setDragged(rule.id); },
    onDragOver: (event: DragEvent) => {
      if (dragged === null) return;
      const box = event.currentTarget.getBoundingClientRect();
      const next = { id: rule.id, below: event.clientY > box.top + box.height / 2 };
      if (over?.id !== next.id || over.below !== next.below) setOver(next);
      if (whyNotThere(rules, dragged, placeOf(next.id, next.below)) === null) event.preventDefault();
    },
    onDrop: (event: DragEvent) => { event.preventDefault(); if (dragged !== null && over !== null) plan(dragged, placeOf(over.id, over.below)); end(); },
    onDragEnd: end,
    onKeyDown: (event: KeyboardEvent) => {
      if (!enabled || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      const at = rules.findIndex(one => one.id === rule.id);
      if (event.key === 'ArrowUp' && at > 0) plan(rule.id, rules[at - 1]!.id);
      if (event.key === 'ArrowDown' && at < rules.length - 1) plan(rule.id, rules[at + 2]?.id ?? null);
    },
  });
  return { rowProps, refusal };
}
