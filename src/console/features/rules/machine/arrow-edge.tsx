// The line of a transition or a timer. It is drawn as routes.ts says; its label is drawn by arrow-labels.tsx.
import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { StateArrow } from './graph-model.ts';

export type ArrowEdgeType = Edge<{ readonly kind: StateArrow['kind']; readonly d: string }, 'arrow'>;

export function ArrowEdge({ id, selected = false, markerEnd, data }: EdgeProps<ArrowEdgeType>) {
  return data === undefined ? null : <BaseEdge id={id} path={data.d} markerEnd={markerEnd ?? ''} className={`net-arrow ${data.kind}${selected ? ' on' : ''}`} />;
}
