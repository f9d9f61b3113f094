// A transition or a timer as an arrow with its label on it; the label is the button.
import { BaseEdge, EdgeLabelRenderer, useInternalNode, type Edge, type EdgeProps, type InternalNode } from '@xyflow/react';
import { arrowPath, type Box } from './arrow-path.ts';
import type { StateArrow } from './graph-model.ts';

export type ArrowEdgeType = Edge<{ readonly arrow: StateArrow; readonly problem: string | null; readonly onPick: (arrow: StateArrow) => void }, 'arrow'>;

export function ArrowEdge({ id, source, target, selected = false, markerEnd, data }: EdgeProps<ArrowEdgeType>) {
  const [from, to] = [useInternalNode(source), useInternalNode(target)];
  if (data === undefined || from === undefined || to === undefined) return null;
  const { arrow, problem, onPick } = data;
  const { d, label } = arrowPath(boxOf(from), source === target ? boxOf(from) : boxOf(to), arrow.kind, arrow.lane);
  const name = `${arrow.kind === 'timer' ? 'Timer' : 'Transition'} from ${arrow.from} to ${arrow.to}: ${arrow.label}${arrow.detail === '' ? '' : `, ${arrow.detail}`}`;
  return (
    <>
      <BaseEdge id={id} path={d} markerEnd={markerEnd ?? ''} className={`net-arrow ${arrow.kind}${selected ? ' on' : ''}`} />
      <EdgeLabelRenderer>
        <button type="button" className={`net-label nodrag nopan${selected ? ' on' : ''}${problem === null ? '' : ' wrong'}`} aria-label={name} aria-pressed={selected} title={problem ?? undefined}
          style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }} onClick={() => onPick(arrow)}>
          {arrow.detail !== '' && <b>{arrow.detail}</b>}<span>{arrow.label}</span>
        </button>
      </EdgeLabelRenderer>
    </>
  );
}

function boxOf(node: InternalNode): Box {
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.measured.width ?? 190, height: node.measured.height ?? 72 };
}
