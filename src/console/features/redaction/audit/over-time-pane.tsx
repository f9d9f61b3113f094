// Findings over time, each owner in a colour of its own. A click on a spike, or the button for the busiest moment, lists the sources of that bucket alone.
import { useMemo, useState } from 'react';
import type { RedactionSeries, RedactionSourceDetail } from '../../../../model/index.ts';
import { useRedactionSeries } from '../../../api/index.ts';
import type { RedactionSearch } from '../../../state/index.ts';
import { Button, formatCount, formatDuration, PaneHeader, Segmented, Skeleton, Time, TimeChart, type TimeChartMark, type TimeChartSeries } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { useNarrow } from './use-narrow.ts';
import { assignSlots, busiest, chartSeries } from './over-time.ts';

export type SeriesBy = NonNullable<RedactionSearch['by']>;
const choices: readonly { readonly value: SeriesBy; readonly label: string }[] = [{ value: 'detector', label: 'Detector' }, { value: 'service', label: 'Service' }, { value: 'rule', label: 'Rule' }, { value: 'key', label: 'Key' }, { value: 'state', label: 'State' }];

export interface OverTimePaneProps { readonly seconds: RangeSeconds; readonly by: SeriesBy; readonly onBy: (by: SeriesBy) => void; readonly onPick: (at: number, wide: number) => void; /** The bucket whose sources are listed alone. */ readonly chosenAt: number | undefined; readonly detail: RedactionSourceDetail | undefined }

export function OverTimePane({ seconds, by, onBy, onPick, chosenAt, detail }: OverTimePaneProps) {
  const { data, error, refetch } = useRedactionSeries(seconds, by);
  const peak = data === undefined ? null : busiest(data);
  const series = useSeries(data, by);
  const narrow = useNarrow();
  return (
    <section className="redact-time" aria-label="Found over time">
      <PaneHeader title="Found over time" meta={data && `findings in ${formatDuration(data.bucketMs)}, masked or not`}>
        {peak !== null && data !== undefined && <Button size="s" variant="ghost" icon="zoom" title={`List the sources of the moment with ${formatCount(peak.count)} findings`} onClick={() => onPick(peak.at, data.bucketMs)}>Busiest <Time at={peak.at} /></Button>}
        <Segmented label="Colours tell" value={by} options={choices} onChange={onBy} />
      </PaneHeader>
      {peak !== null && <ul className="redact-owners meta t2" aria-label={`Colours by ${by}`}>{series.map(({ label, token }) => <li key={label} className="nw"><i style={{ background: `var(${token})` }} />{label}</li>)}</ul>}
      <div className="redact-chart">
        {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton height={72} /></div>)}
        {data !== undefined && peak === null && <p className="t3 pad">Nothing was found in the last {rangeWords(seconds)}.</p>}
        {data !== undefined && peak !== null && <TimeChart label={`Findings over the last ${rangeWords(seconds)}, by ${by}; most at the button Busiest`} times={data.times} series={series} chosenAt={chosenAt} marks={marksOf(detail, data.times[0] ?? 0)} stacked kind="bars" onPickTime={at => onPick(at, data.bucketMs)} height={narrow ? 72 : 100} unit=" findings" />}
      </div>
    </section>
  );
}

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
