// The boxes as they stand now: where the document puts them, but for one that is being moved and is not in the document yet.
import type { NodeChange } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Point } from './geometry.ts';
import type { MachineGraph, StateBox } from './graph-model.ts';
import type { StateNodeType } from './state-node.tsx';

export interface Boxes {
  readonly boxes: readonly StateBox[];
  /** Moves a box in the picture only. */
  move(name: string, to: Point): void;
  /** Takes the moves out of what the canvas reports; it keeps nothing else of its own. */
  onNodesChange(changes: NodeChange<StateNodeType>[]): void;
}

export function useBoxes(graph: MachineGraph): Boxes {
  const [moved, setMoved] = useState<{ readonly graph: MachineGraph; readonly places: ReadonlyMap<string, Point> }>({ graph, places: new Map() });
  // A new document is the truth: what was moved is in it, or was given up.
  const places = moved.graph === graph ? moved.places : null;
  const boxes = useMemo(() => (places === null || places.size === 0 ? graph.boxes : graph.boxes.map((box) => ({ ...box, ...places.get(box.name) }))), [graph, places]);
  const move = (name: string, to: Point) => setMoved((before) => ({ graph, places: new Map([...(before.graph === graph ? before.places : []), [name, { x: to.x, y: to.y }]]) }));
  return {
    boxes, move,
    onNodesChange: (changes) => { for (const change of changes) if (change.type === 'position' && change.position !== undefined) move(change.id, change.position); },
  };
}
