// Actions as spans: full when over, bright while they run, dashed when they did not.
import type { Incident } from '../../../../model/index.ts';
import { actionRowPx, type ActionBar, type ActionLane } from './lanes.ts';

export function ActionsLane({ lane, incident, top, width }: { readonly lane: ActionLane; readonly incident: Incident; readonly top: number; readonly width: number }) {
  const { running, done, failed } = incident.actions;
  const counts = [...(running > 0 ? [`${running} running`] : []), ...(done > 0 ? [`${done} done`] : [])].join(', ');
  return (
    <g>
      <path d={`M0 ${top}H${width}`} className="inc-grid" />
      <text x={12} y={top + 18} className="inc-lane">Actions</text>
      {lane.rows > 1 && <text x={12} y={top + 33}>{counts}</text>}
      {lane.rows > 2 && failed > 0 && <text x={12} y={top + 47}>{failed} not done</text>}
      {lane.more > 0 && <text x={12} y={top + (lane.rows > 3 || failed === 0 ? 33 + (failed > 0 ? 28 : 14) : 61)}>{lane.more} more below</text>}
      {lane.bars.map(bar => <Bar key={bar.id} bar={bar} y={top + 6 + bar.row * actionRowPx} />)}
    </g>
  );
}

function Bar({ bar: { x, endX, state, label, says }, y }: { readonly bar: ActionBar; readonly y: number }) {
  return (
    <g className={`inc-bar ${state}`}>
      <title>{says}</title><rect x={x} y={y} width={Math.max(5, endX - x)} height={13} rx={2} />
      {label !== null && <text x={label.side === 'right' ? endX + 6 : x - 6} y={y + 11} textAnchor={label.side === 'right' ? 'start' : 'end'}>{label.text}</text>}
    </g>
  );
}
