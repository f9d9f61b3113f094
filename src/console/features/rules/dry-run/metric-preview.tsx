// Points that a rule would make: a chart of the largest series, how many there are against the bound, and the points as a table.
import { useMemo } from 'react';
import { seriesWarning, type QueryDryRunResult } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { EmptyState, formatClock, formatCount, formatRate, millisFromNanos, Pane, PaneHeader, plural, shownValue, Table, TimeChart } from '../../../ui/index.ts';
import './dry-run.css';
import { alignSeries, seriesLabel, windowWords } from './metric-series.ts';

const drawn = 6;
const tones = { overflow: 'red', many: 'amb' } as const;
const listed = 200;

export interface MetricPreviewProps { readonly name: string; readonly result: Pick<QueryDryRunResult, 'matched' | 'metrics' | 'series' | 'windows' | 'groups' | 'groupBound' | 'overflowed' | 'late'>; /** The text has changed since. */ readonly stale?: boolean }

export function MetricPreview({ name, result, stale = false }: MetricPreviewProps) {
  const { metrics, groups, groupBound } = result;
  const warning = seriesWarning(result);
  return (
    <Pane label="Metric preview" className="rules-metric-pane">
      <PaneHeader title="Metric preview" meta={<span className="mono ell" title={name}>{name}</span>}><span className={`meta nw ${warning === null ? 't3' : tones[warning.kind]}`} title={`At most ${formatCount(groupBound)} series at a time; what is past that joins one more.`}>{plural(groups, 'series', 'series')} of at most {formatCount(groupBound)}</span></PaneHeader>
      {stale && <div className="rules-range rules-stale-bar" role="status"><b className="amb md">From the text before your edit.</b></div>}
      <div className={`col grow${stale ? ' rules-stale' : ''}`}>
        <Notes result={result} />
        {metrics.length === 0
          ? <EmptyState title="No point yet">No record matched within the records at hand, so no window has a value. Run again in a moment.</EmptyState>
          : <><SeriesChart name={name} result={result} /><Points name={name} metrics={metrics} /></>}
      </div>
    </Pane>
  );
}

function Notes({ result }: Pick<MetricPreviewProps, 'result'>) {
  const { overflowed, late } = result;
  const warning = seriesWarning(result);
  if (warning === null && overflowed === 0 && late === 0) return null;
  return <div className="banner" role="status">{warning !== null && <span><b className={tones[warning.kind]}>{warning.strong}</b> {warning.rest} </span>}{overflowed > 0 && <span>{plural(overflowed, 'record')} had no series of {overflowed === 1 ? 'its' : 'their'} own. </span>}{late > 0 && <span>{plural(late, 'record')} came after {late === 1 ? 'its' : 'their'} window had closed and count in the next.</span>}</div>;
}

function SeriesChart({ name, result: { series, windows, groups } }: Pick<MetricPreviewProps, 'name' | 'result'>) {
  const shown = useMemo(() => worthDrawing(series, windows).slice(0, drawn), [series, windows]);
  const { times, lines, whole } = useMemo(() => alignSeries(shown, windows, groups), [shown, windows, groups]);
  const words = useMemo(() => windowWords(series, windows), [series, windows]);
  const few = times.length <= fewWindows;
  return (
    <div className="rules-metric">
      <p className="rules-metric-words">{words}</p>
      <div className="legend">{lines.map(line => <span key={line.label} className="ell" title={line.label}><i style={{ background: `var(${line.token})` }} />{line.label}{few && <b className="num"> {line.values.map(value => (value === null ? '–' : formatRate(value))).join(', ')}</b>}</span>)}{groups > shown.length && lines.length === shown.length && <span className="t3">{plural(groups - shown.length, 'smaller one')} not drawn</span>}</div>
      <TimeChart label={`${name} by window, ${plural(groups, 'series', 'series')}${whole ? '' : ', of windows that are not whole'}; the largest is ${shown[0] === undefined ? 'none' : seriesLabel(shown[0])}`} times={times} series={lines} height={112} {...around(times, windows)} kind={few ? 'bars' : 'area'} />
    </div>
  );
}

/** Only whole windows are drawn where there are some: of series without one, nothing would be seen. */
function worthDrawing(series: QueryDryRunResult['series'], windows: QueryDryRunResult['windows']) {
  return windows.some(window => window.whole) ? series.filter(each => each.points.some(point => point.whole)) : series;
}

/** So few windows make no line: bars, with their values beside the names. */
const fewWindows = 2;

/** Bars need room on both sides of their windows. */
function around(times: readonly number[], windows: QueryDryRunResult['windows']) {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length > fewWindows) return {};
  const size = Math.max(1000, ...windows.map(window => window.endMs - window.startMs));
  return { fromMs: first - size, toMs: last + size };
}

function Points({ name, metrics }: { readonly name: string; readonly metrics: QueryDryRunResult['metrics'] }) {
  const zone = usePreferences(state => state.timeZone);
  const points = useMemo(() => metrics.slice(0, listed).map((point, index) => ({ ...point, key: String(index) })), [metrics]);
  const clock = (nanos: bigint) => formatClock(millisFromNanos(nanos), zone);
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label="Points">
      <Table label={`Points of ${name}`} rows={points} rowKey={point => point.key} columns={[
        { key: 'time', head: 'Window from', width: 132, cell: point => <span title={`${clock(point.startUnixNano)} to ${clock(point.timeUnixNano)}${point.whole ? '' : '; the records at hand reach over a part of it'}`}>{clock(point.startUnixNano)}{!point.whole && <span className="t3"> not whole</span>}</span> },
        { key: 'keys', head: 'Keys', cell: point => <span className="mono" title={keys(point.attributes)}>{keys(point.attributes) || 'none'}</span> },
        { key: 'value', head: 'Value', numeric: true, width: 72, cell: point => <>{formatRate(point.value)}</> },
      ]} />
    </div>
  );
}

const keys = (attributes: QueryDryRunResult['metrics'][number]['attributes']) => Object.entries(attributes).map(([key, value]) => `${key}=${shownValue(value)}`).join(' ');
