// Points that a rule would make: a chart of the largest series, how many there are against the bound, and the points as a table.
import { useMemo } from 'react';
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { EmptyState, formatClock, formatCount, formatRate, Pane, PaneHeader, plural, shownValue, Table, TimeChart } from '../../../ui/index.ts';
import { alignSeries, seriesLabel } from './metric-series.ts';

const drawn = 6;
const listed = 200;

export interface MetricPreviewProps { readonly name: string; readonly result: Pick<QueryDryRunResult, 'metrics' | 'series' | 'groups' | 'groupBound' | 'overflowed' | 'late'> }

export function MetricPreview({ name, result }: MetricPreviewProps) {
  const { metrics, series, groups, groupBound } = result;
  return (
    <Pane label="Metric preview" className="rules-metric-pane">
      <PaneHeader title="Metric preview" meta={<span className="mono">{name}</span>}><span className="meta t3 nw" title={`At most ${formatCount(groupBound)} series at a time; what is past that joins one more.`}>{plural(groups, 'series', 'series')} of at most {formatCount(groupBound)}</span></PaneHeader>
      <Notes result={result} />
      {metrics.length === 0
        ? <EmptyState title="No point yet">No window closed within the records at hand. A window closes when later records arrive; run again in a moment.</EmptyState>
        : <><SeriesChart name={name} series={series} groups={groups} /><Points name={name} metrics={metrics} /></>}
    </Pane>
  );
}

function Notes({ result: { overflowed, late } }: Pick<MetricPreviewProps, 'result'>) {
  if (overflowed === 0 && late === 0) return null;
  return <div className="banner" role="status">{overflowed > 0 && <span>{plural(overflowed, 'record')} had no series of {overflowed === 1 ? 'its' : 'their'} own: group by fewer values. </span>}{late > 0 && <span>{plural(late, 'record')} came after {late === 1 ? 'its' : 'their'} window had closed and count in the next.</span>}</div>;
}

function SeriesChart({ name, series, groups }: { readonly name: string; readonly series: QueryDryRunResult['series']; readonly groups: number }) {
  const shown = useMemo(() => series.slice(0, drawn), [series]);
  const { times, lines } = useMemo(() => alignSeries(shown), [shown]);
  return (
    <div className="rules-metric">
      <div className="legend">{lines.map(line => <span key={line.label} className="ell" title={line.label}><i style={{ background: `var(${line.token})` }} />{line.label}</span>)}{groups > drawn && <span className="t3">{plural(groups - drawn, 'smaller one')} not drawn</span>}</div>
      <TimeChart label={`${name} over the dry run, ${plural(groups, 'series', 'series')}; the largest is ${shown[0] === undefined ? 'none' : seriesLabel(shown[0])}`} times={times} series={lines} height={112} {...around(times)} kind={times.length === 1 ? 'bars' : 'area'} />
    </div>
  );
}

/** One moment alone has no span to draw over. */
function around(times: readonly number[]) {
  const [only] = times;
  return times.length === 1 && only !== undefined ? { fromMs: only - 5000, toMs: only + 5000 } : {};
}

function Points({ name, metrics }: { readonly name: string; readonly metrics: QueryDryRunResult['metrics'] }) {
  const zone = usePreferences(state => state.timeZone);
  const points = useMemo(() => metrics.slice(0, listed).map((point, index) => ({ ...point, key: String(index) })), [metrics]);
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label="Points">
      <Table label={`Points of ${name}`} rows={points} rowKey={point => point.key} columns={[
        { key: 'time', head: 'Window', width: 76, cell: point => formatClock(Number(point.timeUnixNano / 1_000_000n), zone) },
        { key: 'keys', head: 'Keys', cell: point => <span className="mono" title={keys(point.attributes)}>{keys(point.attributes) || 'none'}</span> },
        { key: 'value', head: 'Value', numeric: true, width: 72, cell: point => <>{formatRate(point.value)}</> },
      ]} />
    </div>
  );
}

const keys = (attributes: QueryDryRunResult['metrics'][number]['attributes']) => Object.entries(attributes).map(([key, value]) => `${key}=${shownValue(value)}`).join(' ');
