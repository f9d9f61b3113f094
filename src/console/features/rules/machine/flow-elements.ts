// Boxes and arrows as the canvas library takes them.
import { MarkerType } from '@xyflow/react';
import type { ArrowEdgeType } from './arrow-edge.tsx';
import type { StateArrow, StateBox } from './graph-model.ts';
import type { Route } from './routes.ts';
import { sameSelection, selectionOf, type Selection } from './selection.ts';
import { stateWords, type StateNodeType } from './state-node.tsx';

export interface Shown { readonly selection: Selection; readonly highlight: Selection | null }
export interface ShownBoxes { readonly selection: Selection; /** The state that a replay is in after its step. */ readonly at: string | null; readonly counts: Readonly<Record<string, number>> | null; readonly problemAt: (place: string) => string | null; readonly readOnly: boolean }

export function nodesOf(boxes: readonly StateBox[], { selection, at, counts, problemAt, readOnly }: ShownBoxes): StateNodeType[] {
  return boxes.map((box) => {
    const problem = problemAt(`states/${box.name}`);
    const { width, height } = box;
    const count = counts?.[box.name] ?? null;
    return {
      id: box.name, type: 'state', position: { x: box.x, y: box.y }, width, height, measured: { width, height }, data: { box, problem, at: at === box.name, count }, draggable: !readOnly,
      selected: selection.kind === 'state' && selection.state === box.name, ariaLabel: stateWords(box, problem, count), domAttributes: { 'aria-roledescription': 'state' },
    };
  });
}

export function edgesOf(arrows: readonly StateArrow[], routes: ReadonlyMap<string, Route>, { selection, highlight }: Shown): ArrowEdgeType[] {
  return arrows.flatMap((arrow): ArrowEdgeType[] => {
    const route = routes.get(arrow.id);
    if (route === undefined) return [];
    const at = highlight !== null && sameSelection(highlight, selectionOf(arrow));
    const selected = at || sameSelection(selection, selectionOf(arrow));
    const markerEnd = { type: MarkerType.ArrowClosed, width: selected ? 13 : 16, height: selected ? 13 : 16, color: selected ? 'var(--accent)' : 'var(--text-3)' };
    // The line has no name of its own: its label is the button, and says all.
    return [{ id: arrow.id, type: 'arrow', source: arrow.from, target: arrow.to, selected, focusable: false, data: { kind: arrow.kind, d: route.d }, markerEnd, domAttributes: { 'aria-hidden': true } }];
  });
}
