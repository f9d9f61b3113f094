// Points that a rule would make from the buffer: a small chart of the largest series, and the points as a table.
import { useMemo } from 'react';
import { EmptyState, formatClock, formatRate, millisFromNanos, Pane, PaneHeader, plural, Table, TimeChart, type TimeChartSeries } from '../../../ui/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { valueText, type DryRunResult } from '../../../workers/tail/index.ts';
import { metricSeries, type MetricSeries } from './metric-series.ts';

const drawn = 4;
const listed = 200;

export function MetricPreview({ name, metrics }: { readonly name: string; readonly metrics: DryRunResult['metrics'] }) {
  const zone = usePreferences(state => state.timeZone);
  const series = useMemo(() => metricSeries(metrics), [metrics]);
  const points = useMemo(() => metrics.slice(0, listed).map((point, index) => ({ ...point, key: String(index) })), [metrics]);
  return (
    <Pane label="Metric preview" className="rules-metric-pane">
      <PaneHeader title="Metric preview" meta={<span className="mono">{name}</span>}><span className="meta t3 nw">{plural(series.length, 'series', 'series')}</span></PaneHeader>
      {metrics.length === 0
        ? <EmptyState title="No point yet">No window closed within the records at hand. A window closes when later records arrive; run again in a moment.</EmptyState>
        : (
          <>
            <MetricChart name={name} series={series.slice(0, drawn)} />
            <div className="scroll grow" tabIndex={0} role="region" aria-label="Points">
              <Table label={`Points of ${name}`} rows={points} rowKey={point => point.key} columns={[
                { key: 'time', head: 'Window', width: 76, cell: point => formatClock(millisFromNanos(point.timeUnixNano), zone) },
                { key: 'keys', head: 'Keys', cell: point => <span className="mono" title={keys(point.attributes)}>{keys(point.attributes) || 'none'}</span> },
                { key: 'value', head: 'Value', numeric: true, width: 72, cell: point => <>{formatRate(point.value)}</> },
              ]} />
            </div>
          </>
        )}
    </Pane>
  );
}

const keys = (attributes: DryRunResult['metrics'][number]['attributes']) => Object.entries(attributes).map(([key, value]) => `${key}=${valueText(value)}`).join(' ');

function MetricChart({ name, series }: { readonly name: string; readonly series: readonly MetricSeries[] }) {
  const { times, lines } = useMemo(() => align(series), [series]);
  return (
    <div className="rules-metric">
      <div className="legend">{lines.map(line => <span key={line.label} className="ell"><i style={{ background: `var(${line.token})` }} />{line.label}</span>)}</div>
      <TimeChart label={`${name} over the dry run, ${plural(series.length, 'series', 'series')}`} times={times} series={lines} height={96} />
    </div>
  );
}

/** All series on one list of times; a series without a point at a time has a gap there. */
function align(series: readonly MetricSeries[]): { readonly times: readonly number[]; readonly lines: readonly TimeChartSeries[] } {
  const times = [...new Set(series.flatMap(each => each.points.map(point => point[0])))].sort((a, b) => a - b);
  const lines = series.map((each, index) => {
    const values = new Map(each.points);
    return { label: each.label, token: `--cat-${index + 1}`, values: times.map(time => values.get(time) ?? null) };
  });
  return { times, lines };
}
