// The flow of the chosen source: agents, what hides it there, and the exporters it leaves by. Amber and dashed still leaks.
import type { CSSProperties, ReactNode } from 'react';
import type { SourceAgent } from '../../../../model/index.ts';
import { formatCount, plural, Time } from '../../../ui/index.ts';
import type { AgentStand } from './agent-stand.ts';
import type { FlowExporter, FlowRow, SourceFlow } from './source-flow.ts';

const rowPx = 46;
/** Left edge and width of the three columns, percent of the figure. */
const columns = { agent: [1.5, 23], rule: [35, 30], exporter: [76, 22.5] } as const;

export function FlowFigure({ flow, isFloor, downstream }: { readonly flow: SourceFlow; /** Something is sent on at all. */ readonly downstream: boolean; /** What was seen leaving was counted in a sample. */ readonly isFloor: boolean }) {
  const height = Math.max(flow.rows.length, flow.exporters.length, 2) * rowPx;
  // Where nobody knows whether it leaves, no count says that none did.
  const unknown = flow.rows.some(({ stand }) => stand === 'unproved');
  const y = (i: number, count: number) => (i + 0.5) * height / count;
  return (
    <div className="redact-flow" role="group" aria-label="From agent to exporter" style={{ height }}>
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">{flow.rows.map((row, i) => <Ways key={row.key} row={row} at={y(i, flow.rows.length)} exporterAt={exporter => y(exporter, flow.exporters.length)} />)}</svg>
      {flow.rows.map((row, i) => <Node key={`agent ${row.key}`} column="agent" y={y(i, flow.rows.length)} leaking={row.leaking} unproved={row.stand === 'unproved'} title={agentTitle(row)}><AgentNote row={row} /></Node>)}
      {flow.rows.map((row, i) => <Node key={`rule ${row.key}`} column="rule" y={y(i, flow.rows.length)} leaking={row.leaking} absent={row.rule === null} unproved={row.stand === 'unproved'} title={row.rule ?? 'no rule here'} mono>{row.rule === null ? row.stand === 'unproved' ? 'none is known to hide it' : 'nothing hides it' : `${formatCount(row.masked)} masked`}</Node>)}
      {flow.exporters.map((exporter, i) => <Node key={`exporter ${exporter.name}`} column="exporter" y={y(i, flow.exporters.length)} leaking={exporter.leaking > 0} title={exporter.name}>{unknown ? 'not known' : exporterNote(exporter, isFloor, downstream)}</Node>)}
    </div>
  );
}

function Ways({ row, at, exporterAt }: { readonly row: FlowRow; readonly at: number; readonly exporterAt: (exporter: number) => number }) {
  return <><Line from={[columns.agent[0] + columns.agent[1], at]} to={[columns.rule[0], at]} leaking={row.leaking} />{row.ways.map(way => <Line key={way.exporter} from={[columns.rule[0] + columns.rule[1], at]} to={[columns.exporter[0], exporterAt(way.exporter)]} leaking={way.leaking} />)}</>;
}

function Line({ from: [x1, y1], to: [x2, y2], leaking }: { readonly from: readonly [number, number]; readonly to: readonly [number, number]; readonly leaking: boolean }) {
  const middle = (x1 + x2) / 2;
  return <path className={leaking ? 'leaks' : undefined} d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} vectorEffect="non-scaling-stroke" />;
}

function Node({ column, y, leaking, unproved = false, absent = false, mono = false, title, children }: { readonly column: keyof typeof columns; readonly y: number; readonly leaking: boolean; readonly unproved?: boolean; readonly absent?: boolean; readonly mono?: boolean; readonly title: string; readonly children: ReactNode }) {
  const [left, width] = columns[column];
  const style: CSSProperties = { left: `${left}%`, width: `${width}%`, top: y - 18 };
  return <div className={['redact-node', leaking ? 'leaks' : '', unproved ? 'unproved' : '', absent || unproved ? 'absent' : ''].filter(Boolean).join(' ')} style={style}><b className={mono ? 'mono ell' : 'md ell'} title={title}>{title}</b><span className={leaking ? 'amb ell' : 't3 ell'}>{children}</span></div>;
}

const agentTitle = ({ agents }: FlowRow): string => (agents.length === 1 ? agents[0]!.agent.name : plural(agents.length, 'more agent'));

const manyWords: Readonly<Record<AgentStand, string>> = { leaking: 'still leak', unproved: 'not proved', stopped: 'none seen leaving any more', never: 'never seen leaving', ignored: 'let pass on purpose' };

function AgentNote({ row: { agents, stand } }: { readonly row: FlowRow }) {
  const [only] = agents;
  if (agents.length > 1 || only === undefined) return manyWords[stand];
  if (!only.agent.connected) return <>away since <Time at={only.agent.lastSeenAt} /></>;
  return <Stand agent={only} stand={stand} />;
}

function Stand({ agent, stand }: { readonly agent: SourceAgent; readonly stand: AgentStand }) {
  if (stand === 'leaking') return <>still leaking</>;
  return stand === 'stopped' && agent.stoppedAt !== null ? <>stopped <Time at={agent.stoppedAt} /></> : manyWords[stand];
}

function exporterNote({ leaking, before }: FlowExporter, isFloor: boolean, downstream: boolean): string {
  const least = isFloor ? '\u2265 ' : '';
  if (leaking > 0) return `${least}${formatCount(leaking)} left${downstream ? '' : ' the rules'}`;
  return before > 0 ? `${least}${formatCount(before)} before it stopped` : isFloor ? 'none seen leaving (sampled)' : '0 left';
}
