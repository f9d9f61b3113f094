// One state as a box of the graph.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { Chip, Icon } from '../../../ui/index.ts';
import type { StateBox } from './graph-model.ts';

export type StateNodeType = Node<{ readonly box: StateBox; readonly problem: string | null }, 'state'>;

export function StateNode({ data: { box, problem }, selected }: NodeProps<StateNodeType>) {
  return (
    <div className={`net-state${selected ? ' on' : ''}${box.actions.length > 0 ? ' acts' : ''}`} title={problem ?? undefined}>
      <Handle type="target" position={Position.Left} className="net-handle" />
      <header>
        <span className={`dot ${box.initial ? 'grey' : box.actions.length > 0 ? 'red' : 'amb'}`} /><span className="ell">{box.name}</span>
        <span className="end row gap1">{problem !== null && <span className="amb"><Icon name="warn" size="s" label={problem} /></span>}{box.initial ? <Chip tone="line">initial</Chip> : box.actions.length > 0 && <span className="red"><Icon name="bolt" size="s" label="starts actions" /></span>}</span>
      </header>
      <div className="net-timer">{box.timer === null ? 'no timer' : `to ${box.timer}`}</div>
      {box.actions.length > 0 && <ul>{box.actions.map((action, i) => <li key={`${action}-${String(i)}`}><Icon name="bolt" size="xs" />{action}</li>)}</ul>}
      <Handle type="source" position={Position.Right} className="net-handle" />
    </div>
  );
}
