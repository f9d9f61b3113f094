// One state as a box of the graph. Its size is graph-model.ts's; machine.css draws exactly that.
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { Chip, formatCount, Icon, plural } from '../../../ui/index.ts';
import type { StateBox } from './graph-model.ts';

export type StateNodeType = Node<{ readonly box: StateBox; readonly problem: string | null; /** A replay is here. */ readonly at: boolean; /** Machines in this state. */ readonly count: number | null }, 'state'>;

export function StateNode({ data: { box, problem, at, count }, selected, isConnectable }: NodeProps<StateNodeType>) {
  const classes = ['net-state', selected ? 'on' : '', at ? 'at' : '', problem === null ? '' : 'wrong', box.reachable ? '' : 'unreached', liveTone(box, count)].filter(Boolean).join(' ');
  return (
    <div className={classes} title={problem ?? undefined}>
      <Handle type="target" isConnectable={isConnectable} position={Position.Left} className="net-catch" />
      <header>
        <span className={`dot ${dotOf(box, count)}`} /><span className="ell" title={box.name}>{box.name}</span>
        <span className="end row gap1">{problem !== null && <span className="amb"><Icon name="warn" size="s" label={problem} /></span>}{box.initial && <Chip tone="line">initial</Chip>}{box.actions.length > 0 && <span className="t2"><Icon name="bolt" size="s" label="starts actions" /></span>}</span>
      </header>
      <div className="net-timer ell">{count !== null && <><b>{formatCount(count)}</b> {count === 1 ? 'key' : 'keys'}, </>}{timerWords(box)}</div>
      {box.actions.length > 0 && <ul>{box.actions.map((action, i) => <li key={`${action}-${String(i)}`}><Icon name="bolt" size="xs" /><span className="ell">{action}</span></li>)}</ul>}
      <Handle type="source" isConnectable={isConnectable} position={Position.Right} className="net-handle" title="Draw from here to another state to make a transition" />
    </div>
  );
}

/** Of a state with machines in it: where actions start is what the net was set for; others but the first are on the way there. */
const liveTone = ({ initial, actions }: StateBox, count: number | null): '' | 'live-attn' | 'live-danger' => (count === null || count === 0 || (initial && actions.length === 0) ? '' : actions.length > 0 ? 'live-danger' : 'live-attn');
const dotOf = (box: StateBox, count: number | null): string => ({ '': box.initial ? 'grey' : 'off', 'live-attn': 'amb', 'live-danger': 'red' })[liveTone(box, count)];

function timerWords({ timers, reachable }: StateBox): string {
  if (!reachable) return 'nothing leads here';
  const [first] = timers;
  return first === undefined ? 'no timer' : `to ${first}${timers.length > 1 ? `, ${timers.length - 1} more` : ''}`;
}

/** The box in a sentence, for screen readers. */
export function stateWords({ name, initial, timers, actions, reachable }: StateBox, problem: string | null, count: number | null = null): string {
  return [`State ${name}`, ...(initial ? ['initial'] : []), ...(count === null ? [] : [`${plural(count, 'key')} now`]), ...(reachable || problem !== null ? [] : ['nothing leads here']), ...timers.map((timer) => `to ${timer}`), ...(actions.length === 0 ? [] : [`starts ${actions.join(', ')}`]), ...(problem === null ? [] : [problem])].join(', ');
}
