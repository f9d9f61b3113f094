// The keys of the canvas. They act on the state or arrow that has the focus, or on what is chosen when neither has.
import type { KeyboardEvent, RefObject } from 'react';
import type { Point } from './geometry.ts';
import type { MachineGraph } from './graph-model.ts';
import type { MachineCommands } from './machine-commands.ts';
import { selectionOf, type Selection } from './selection.ts';
import { useFocusNext } from './use-focus-next.ts';
import type { Nudge } from './use-nudge.ts';

interface Given {
  readonly canvas: RefObject<HTMLDivElement | null>;
  readonly graph: MachineGraph; readonly selection: Selection; readonly commands: MachineCommands; readonly nudge: Nudge;
  readonly onSelect: (selection: Selection) => void; readonly onForm: () => void; readonly onFit: () => void;
  readonly readOnly: boolean;
}
type Act = (inHand: Selection, event: KeyboardEvent) => Selection | null | void;

const step = 16, bigStep = 64;
const directions: Readonly<Record<string, Point>> = { arrowleft: { x: -1, y: 0 }, arrowright: { x: 1, y: 0 }, arrowup: { x: 0, y: -1 }, arrowdown: { x: 0, y: 1 } };

export function useGraphKeys(given: Given): (event: KeyboardEvent) => void {
  const { canvas, graph, selection } = given;
  const focusOn = useFocusNext(canvas);
  return (event) => {
    const key = event.key.toLowerCase();
    const inHand = focused(event.target, graph);
    const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keysOf(given, inHand)[key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = act(inHand ?? selection, event);
    if (next) focusOn(next);
  };
}

function keysOf(given: Given, focus: Selection | null): Readonly<Record<string, Act>> {
  const { commands, nudge, onSelect, onForm, onFit, readOnly } = given;
  // A label is a button and answers Enter itself.
  const onBox: Readonly<Record<string, Act>> = focus?.kind === 'state' ? { enter: (state) => { onSelect(state); onForm(); }, ' ': (state) => { onSelect(state); } } : {};
  const remove: Act = (what) => commands.remove(what);
  if (readOnly) return { ...onBox, f: onFit };
  const move: Act = (what, { key, shiftKey }) => { if (what.kind === 'state') nudge(what.state, directions[key.toLowerCase()]!, shiftKey ? bigStep : step); };
  const state = (focus ?? given.selection).kind === 'state';
  return {
    ...onBox, f: onFit, n: (what) => commands.addState(what.kind === 'machine' ? null : what.state), delete: remove, backspace: remove,
    t: (what) => (what.kind === 'machine' ? null : commands.connect(what.state, null)),
    ...(state ? Object.fromEntries(Object.keys(directions).map((key) => [key, move])) : {}),
  };
}

/** The state or arrow under the focus; null for the canvas itself and its tools. */
function focused(target: EventTarget, graph: MachineGraph): Selection | null {
  if (!(target instanceof HTMLElement)) return null;
  const name = target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (name !== undefined) return { kind: 'state', state: name };
  const arrow = graph.arrows.find(({ id }) => id === target.dataset['arrow']);
  return arrow === undefined ? null : selectionOf(arrow);
}
