// What can be done to a machine from its picture, by mouse or by key: each is an edit of the document, and the new thing is chosen.
import type { MachineDocument } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import type { Point } from './geometry.ts';
import { boxWidth, type StateBox } from './graph-model.ts';
import { addState, addTransition, freeName, removeState, removeTransition, setTimer } from './machine-edits.ts';
import { firstGuard } from './placeholder.ts';
import { freePlace } from './places.ts';
import type { Selection } from './selection.ts';

const newBox = { width: boxWidth, height: 58 } as const;

/** Steps of the picture that can be taken back, and made again; null when there is none. */
export interface UndoSteps { readonly undo: (() => void) | null; readonly redo: (() => void) | null }

export interface MachineCommands {
  /** Beside a state, or where there is room. */
  addState(beside: string | null): Selection;
  /** Where an arrow was let go, with a transition to it. */
  addStateFrom(from: string, at: Point): Selection;
  /** `to` null: to the first other state, or to itself. */
  connect(from: string, to: string | null): Selection;
  /** What takes its place in hand; null when it cannot go. */
  remove(what: Selection): Selection | null;
}

interface Given { readonly document: MachineDocument; readonly boxes: readonly StateBox[]; readonly onSelect: (selection: Selection) => void; readonly onEdit: (edits: readonly RuleEdit[]) => void }

export function machineCommands({ document, boxes, onSelect, onEdit }: Given): MachineCommands {
  const done = (edits: readonly RuleEdit[], next: Selection): Selection => { onEdit(edits); onSelect(next); return next; };
  const firstTransition = (from: string): Selection => ({ kind: 'transition', state: from, index: document.states[from]?.on?.length ?? 0 });
  return {
    addState: (beside) => {
      const [name, near] = [freeName(document), boxes.find((box) => box.name === beside) ?? boxes.at(-1)];
      const wanted = near === undefined ? { x: 40, y: 120 } : { x: near.x + near.width + 150, y: near.y };
      return done(addState(name, freePlace({ ...wanted, ...newBox }, boxes)), { kind: 'state', state: name });
    },
    addStateFrom: (from, at) => {
      const name = freeName(document);
      const place = freePlace({ x: at.x, y: at.y - newBox.height / 2, ...newBox }, boxes);
      return done([...addState(name, place), ...addTransition(document, from, { when: firstGuard, to: name })], firstTransition(from));
    },
    connect: (from, to) => done(addTransition(document, from, { when: firstGuard, to: to ?? Object.keys(document.states).find((name) => name !== from) ?? from }), firstTransition(from)),
    remove: (what) => {
      switch (what.kind) {
        case 'machine': return null;
        case 'state': return Object.keys(document.states).length < 2 ? null : done(removeState(document, what.state), { kind: 'machine' });
        case 'transition': return done(removeTransition(document, what.state, what.index), { kind: 'state', state: what.state });
        case 'timer': return done(setTimer(document, what.state, what.time, { time: undefined }), { kind: 'state', state: what.state });
      }
    },
  };
}
