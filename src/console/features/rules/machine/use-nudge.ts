// Moving a state with the arrow keys: the box moves at once, and several presses are one change of the document.
import { useEffect, useRef } from 'react';
import type { RuleEdit } from '../../../../rules/index.ts';
import type { Point } from './geometry.ts';
import type { StateBox } from './graph-model.ts';
import { moveState } from './machine-edits.ts';

interface Given { readonly boxes: readonly StateBox[]; readonly move: (name: string, to: Point) => void; readonly onEdit: (edits: readonly RuleEdit[]) => void }
interface Pending { readonly name: string; readonly to: Point; readonly timer: ReturnType<typeof setTimeout> }
export type Nudge = (name: string, direction: Point, by: number) => void;

const quietMs = 350;

export function useNudge({ boxes, move, onEdit }: Given): Nudge {
  const pending = useRef<Pending | null>(null);
  const write = useRef(onEdit);
  useEffect(() => { write.current = onEdit; });
  const settle = () => {
    const last = pending.current;
    if (last === null) return;
    clearTimeout(last.timer);
    pending.current = null;
    write.current(moveState(last.name, last.to));
  };
  useEffect(() => settle, []);
  return (name, { x, y }, by) => {
    const box = boxes.find((each) => each.name === name);
    if (box === undefined) return;
    if (pending.current !== null && pending.current.name !== name) settle();
    clearTimeout(pending.current?.timer);
    const to = { x: box.x + x * by, y: box.y + y * by };
    move(name, to);
    pending.current = { name, to, timer: setTimeout(settle, quietMs) };
  };
}
