// Findings over time, each owner in a colour of its own. A click on a spike, or the button for the busiest moment, lists the sources of that bucket alone.
import { useMemo, useState } from 'react';
import type { RedactionSeries, RedactionSourceDetail } from '../../../../model/index.ts';
import { useRedactionSeries } from '../../../api/index.ts';
import type { RedactionSearch } from '../../../state/index.ts';
import { Button, formatCount, formatDuration, PaneHeader, Segmented, Skeleton, Time, TimeChart, type TimeChartMark, type TimeChartSeries } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { useNarrow } from './use-narrow.ts';
import { scansWithin, type FullScan } from './full-scans.ts';
import { assignSlots, busiest, chartSeries, secretsOnly } from './over-time.ts';

export type SeriesBy = NonNullable<RedactionSearch['by']>;
const choices: readonly { readonly value: SeriesBy; readonly label: string }[] = [{ value: 'detector', label: 'Detector' }, { value: 'service', label: 'Service' }, { value: 'rule', label: 'Rule' }, { value: 'key', label: 'Key' }, { value: 'state', label: 'State' }];

export interface OverTimePaneProps { readonly seconds: RangeSeconds; readonly by: SeriesBy; readonly onBy: (by: SeriesBy) => void; readonly onPick: (at: number, wide: number) => void; /** The bucket whose sources are listed alone. */ readonly chosenAt: number | undefined; readonly detail: RedactionSourceDetail | undefined; /** Times in which everything was looked at. */ readonly scans: readonly FullScan[] }

export function OverTimePane({ seconds, by, onBy, onPick, chosenAt, detail, scans }: OverTimePaneProps) {
  const { data: read, error, refetch } = useRedactionSeries(seconds, by);
  const data = useMemo(() => (read === undefined || by !== 'detector' ? read : secretsOnly(read)), [read, by]);
  const peak = data === undefined ? null : busiest(data);
  const series = useSeries(data, by);
  const narrow = useNarrow();
  return (
    <section className="redact-time" aria-label="Found over time">
      <PaneHeader title="Found over time" meta={data && <>findings in {formatDuration(data.bucketMs)}, masked or not<Scanned scans={scansWithin(scans, data.times[0] ?? 0)} /></>}>
        {peak !== null && data !== undefined && <Button size="s" variant="ghost" icon="zoom" title={`List the sources of the moment with ${formatCount(peak.count)} findings`} onClick={() => onPick(peak.at, data.bucketMs)}>Busiest <Time at={peak.at} /></Button>}
        <Segmented label="Colours tell" value={by} options={choices} onChange={onBy} />
      </PaneHeader>
      {peak !== null && <ul className="redact-owners meta t2" aria-label={`Colours by ${by}`}>{series.map(({ label, token }) => <li key={label} className="nw"><i style={{ background: `var(${token})` }} />{label}</li>)}</ul>}
      <div className="redact-chart">
        {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton height={72} /></div>)}
        {data !== undefined && peak === null && <p className="t3 pad">Nothing was found in the last {rangeWords(seconds)}.</p>}
        {data !== undefined && peak !== null && <TimeChart label={`Findings over the last ${rangeWords(seconds)}, by ${by}; most at the button Busiest`} times={data.times} series={series} chosenAt={chosenAt} marks={[...scanMarks(scans, data.times[0] ?? 0), ...marksOf(detail, data.times[0] ?? 0)]} stacked kind="bars" onPickTime={at => onPick(at, data.bucketMs)} height={narrow ? 72 : 100} unit=" findings" />}
      </div>
    </section>
  );
}

/** A bar may be higher for no other reason than that more was looked at. */
function Scanned({ scans }: { readonly scans: readonly FullScan[] }) {
  const [newest] = scans;
  return newest === undefined ? null : <span title="Left in clear is seen by a second scanner: of a sample as a rule, of everything in a full scan. More seen then is not more that left.">; more is seen in full scans: <Time at={newest.fromUnixMs} /> to <Time at={newest.toUnixMs} />{scans.length > 1 && `, ${scans.length - 1} more`}</span>;
}

/** Where the newest full scan began and ended: for more, the chart has no room. */
const scanMarks = (scans: readonly FullScan[], from: number): readonly TimeChartMark[] => scansWithin(scans, from).slice(0, 1).flatMap(({ fromUnixMs, toUnixMs }) => [{ at: Math.max(from, fromUnixMs), label: 'all scanned' }, { at: toUnixMs, label: 'a sample again' }]);

/** A name keeps its colour while counts move. */
function useSeries(data: RedactionSeries | undefined, by: SeriesBy): readonly TimeChartSeries[] {
  const [held, setHeld] = useState<{ readonly by: SeriesBy; readonly slots: ReadonlyMap<string, number> }>({ by, slots: new Map() });
  const slots = data === undefined ? held.slots : assignSlots(held.by === by ? held.slots : new Map(), data);
  if (held.by !== by || slots !== held.slots) setHeld({ by, slots });
  return useMemo(() => (data === undefined ? [] : chartSeries(data, by === 'state', slots)), [data, by, slots]);
}

/** Of the chosen source: when it stopped, or, while it leaks, when its rule was deployed. One mark, so that its words have room. */
function marksOf(detail: RedactionSourceDetail | undefined, from: number): readonly TimeChartMark[] {
  if (detail === undefined) return [];
  const { deployedAt, source: { cleanSince, detector } } = detail;
  const at = Date.parse(cleanSince ?? deployedAt ?? '');
  return at >= from ? [{ at, label: cleanSince === null ? 'rule deployed' : `${detector} stopped` }] : [];
}
