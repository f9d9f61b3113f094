// "Where records went": a stacked chart that adds up to what came in, with deployments marked.
import { useMemo } from 'react';
import { liveFigures } from '../../api/index.ts';
import type { Overview } from '../../../model/index.ts';
import { formatRate, PaneHeader, Segmented, TimeChart } from '../../ui/index.ts';
import { bucketFlow, flowParts } from './flow.ts';

const bucketMs = 5000;

export interface FlowPaneProps { readonly data: Overview; readonly minutes: 5 | 15; readonly onMinutes: (minutes: 5 | 15) => void }

const shortestMs = 60_000;

/** The whole span asked for; while less than that is known, only what is known, so that the first minute fills the chart. */
function shownFrom(data: Overview, toMs: number, spanMs: number): number {
  const known = Math.floor((data.points[0]?.t ?? toMs) / bucketMs) * bucketMs;
  return Math.max(toMs - spanMs, Math.min(known, toMs - shortestMs));
}

export function FlowPane({ data, minutes, onMinutes }: FlowPaneProps) {
  const toMs = Math.floor(data.now / bucketMs) * bucketMs;
  const fromMs = shownFrom(data, toMs, minutes * 60_000);
  const flow = useMemo(() => bucketFlow(data.points, fromMs, toMs, bucketMs), [data.points, fromMs, toMs]);
  const now = liveFigures(data);
  const parts = flowParts.filter(part => part.key === 'out' || flow.values[part.key].some(value => (value ?? 0) > 0));
  const series = parts.map(part => ({ label: part.label, token: part.token, values: flow.values[part.key] }));
  const marks = data.marks.filter(mark => mark.t >= fromMs && mark.t <= toMs).map(mark => ({ at: mark.t, label: mark.label }));
  return (
    <>
      <PaneHeader bare title="Where records went" meta={<span className="x-opt">per second, all agents, 5 s buckets</span>}>
        <Segmented label="Time shown" value={String(minutes) as '5' | '15'} options={[{ value: '5', label: '5 min' }, { value: '15', label: '15 min' }]} onChange={value => onMinutes(value === '5' ? 5 : 15)} />
      </PaneHeader>
      <div className="legend">{parts.map(part => <span key={part.key} className="nw"><i style={{ background: `var(${part.token})` }} />{part.label} {now && <b className="md t1">{formatRate(now[part.key])}</b>}</span>)}</div>
      <TimeChart className="flow bb" stacked unit="/s" times={flow.times} series={series} marks={marks} fromMs={fromMs} toMs={toMs - bucketMs} label={`Where records went in the last ${minutes} minutes, per second: ${parts.map(part => `${part.label} ${now ? formatRate(now[part.key]) : 'no data'}`).join(', ')}.`} />
    </>
  );
}
