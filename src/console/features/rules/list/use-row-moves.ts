// Moving rules in the list, by dragging a row or with Alt and the arrow keys. A move that reaches agents is asked about first.
import { useEffect, useRef, useState, type DragEvent, type HTMLAttributes, type KeyboardEvent } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { moved, whyNotThere, type NewOrder } from './rule-order.ts';

export interface PlannedMove { readonly rule: RuleSummary; readonly before: RuleSummary | null; readonly orders: readonly NewOrder[]; readonly was: readonly NewOrder[]; /** Rules that get another number. */ readonly touched: readonly RuleSummary[]; readonly deployed: readonly RuleSummary[] }
type RowProps = HTMLAttributes<HTMLTableRowElement> & { readonly draggable: boolean };

export interface RowMoves {
  readonly rowProps: (rule: RuleSummary) => RowProps;
  /** One place earlier or later. */
  readonly step: (rule: RuleSummary, by: -1 | 1) => void;
  /** Why the place under the pointer, or the last step, is not taken. */
  readonly refusal: string | null;
}

interface Place { readonly id: string; readonly below: boolean }

/** @param rules as they run, all of them: places between rules that a filter hides would be guesses. */
export function useRowMoves(rules: readonly RuleSummary[], enabled: boolean, onPlan: (move: PlannedMove) => void): RowMoves {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<Place | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const follow = useFollowedRow(rules);
  const plan = (id: string, before: string | null) => { const move = planOf(rules, id, before); if (move !== null) onPlan(move); };
  const end = () => { setDragged(null); setOver(null); };
  const step = (rule: RuleSummary, by: -1 | 1) => {
    const before = placeBeside(rules, rule.id, by);
    if (before === undefined) return;
    const why = whyNotThere(rules, rule.id, before);
    setRefused(why);
    if (why === null) { follow(rule.id); plan(rule.id, before); }
  };
  const hover = (event: DragEvent, rule: RuleSummary) => {
    if (dragged === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const next = { id: rule.id, below: event.clientY > box.top + box.height / 2 };
    if (over?.id !== next.id || over.below !== next.below) setOver(next);
    if (whyNotThere(rules, dragged, beforeOf(rules, next)) === null) event.preventDefault();
  };
  const refusal = dragged === null || over === null ? refused : whyNotThere(rules, dragged, beforeOf(rules, over));

  const rowProps = (rule: RuleSummary): RowProps => ({
    id: rowId(rule.id), draggable: enabled,
    className: [rule.id === dragged ? 'dragged' : '', over?.id === rule.id && refusal === null ? (over.below ? 'drop-below' : 'drop-above') : ''].filter(Boolean).join(' '),
    onDragStart: event => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', rule.name); setRefused(null); setDragged(rule.id); },
    onDragOver: event => hover(event, rule),
    onDrop: event => { event.preventDefault(); if (dragged !== null && over !== null) plan(dragged, beforeOf(rules, over)); end(); },
    onDragEnd: end,
    onBlur: () => setRefused(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (!enabled || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      step(rule, event.key === 'ArrowUp' ? -1 : 1);
    },
  });
  return { rowProps, step, refusal };
}

/** The rule that will follow: null at the end. */
const beforeOf = (rules: readonly RuleSummary[], { id, below }: Place): string | null => (below ? rules[rules.findIndex(rule => rule.id === id) + 1]?.id ?? null : id);

/** As `beforeOf`, one place away; undefined when there is no such place. */
function placeBeside(rules: readonly RuleSummary[], id: string, by: -1 | 1): string | null | undefined {
  const at = rules.findIndex(rule => rule.id === id);
  if (by < 0) return at > 0 ? rules[at - 1]!.id : undefined;
  return at < rules.length - 1 ? rules[at + 2]?.id ?? null : undefined;
}

function planOf(rules: readonly RuleSummary[], id: string, before: string | null): PlannedMove | null {
  const rule = rules.find(one => one.id === id);
  const orders = moved(rules, id, before);
  if (rule === undefined || orders.length === 0) return null;
  const touched = rules.filter(one => orders.some(order => order.id === one.id));
  return { rule, before: rules.find(one => one.id === before) ?? null, orders, was: touched.map(one => ({ id: one.id, order: one.order })), touched, deployed: touched.filter(one => one.state === 'deployed') };
}

const rowId = (id: string): string => `rule-row-${id}`;

/** A row that was moved by key keeps the focus at its new place, so that it can be moved on. */
function useFollowedRow(rules: readonly RuleSummary[]): (id: string) => void {
  const followed = useRef<string | null>(null);
  const order = rules.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (followed.current === null) return;
    document.getElementById(rowId(followed.current))?.focus();
    followed.current = null;
  }, [order]);
  return id => { followed.current = id; };
}
