// The four figures of the audit: what leaks, what stopped, what is hidden, and what the independent scan has looked at.
import type { ReactNode } from 'react';
import type { RedactionOverview } from '../../../../model/index.ts';
import { formatCount, formatRate, Icon, plural, Skeleton, Time, type IconName } from '../../../ui/index.ts';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';

export function Tiles({ overview, seconds }: { readonly overview: RedactionOverview | undefined; readonly seconds: RangeSeconds }) {
  if (overview === undefined) return <div className="redact-tiles" role="status" aria-label="Loading">{[0, 1, 2, 3].map(i => <div key={i}><div className="col gap1 grow"><Skeleton width={140} height={14} /><Skeleton width={190} /></div></div>)}</div>;
  return (
    <div className="redact-tiles">
      <Leaking overview={overview} seconds={seconds} />
      <Tile icon="check" tone="acc" title={`${plural(overview.clean, 'source')} clean`}>{overview.ignored > 0 && `${overview.ignored} more let pass on purpose; `}{overview.lastStopped === null ? 'none had to be stopped in this range' : <>{overview.lastStopped.detector} since <Time at={overview.lastStopped.at} show="both" /></>}</Tile>
      <Tile icon="redact" tone="t3" title={`${formatRate(overview.maskedPerSecond)}/s masked`}>{plural(overview.masked, 'finding')} in {rangeWords(seconds)}, {overview.distinctIsFloor && 'at least '}{plural(overview.distinct, 'distinct value')}{overview.dropped > 0 && `, ${plural(overview.dropped, 'record')} dropped`}</Tile>
      <Residual scanned={overview.scanned} />
    </div>
  );
}

function Leaking({ overview: { leaking, worstLeak, scanned }, seconds }: { readonly overview: RedactionOverview; readonly seconds: RangeSeconds }) {
  if (leaking > 0) return <Tile icon="warn" tone="amb" title={`${plural(leaking, 'source')} still leaking`}>{worstLeak === null ? 'see the table' : `${worstLeak.detector} from ${worstLeak.service}, ${formatCount(worstLeak.residual)} in the last ${rangeWords(seconds)}`}</Tile>;
  if (scanned.records === 0) return <Tile icon="eye" tone="t3" title="Leaks not known yet">{scanned.ofRecords === 0 ? 'no record has left in this range' : 'no record was looked at yet'}</Tile>;
  return <Tile icon="check" tone="acc" title="0 sources leaking">of what the independent scan looked at</Tile>;
}

function Residual({ scanned }: { readonly scanned: RedactionOverview['scanned'] }) {
  return <Tile icon="eye" tone="t3" title={`Residual scan: ${formatCount(scanned.found)} of ${formatCount(scanned.records)}`}>second scanner, {scanned.fullUntil !== null ? <>all that leaves until <Time at={scanned.fullUntil} /></> : shareWords(scanned)}</Tile>;
}

/** "1 in 20 of what leaves". */
export function shareWords({ records, ofRecords }: { readonly records: number; readonly ofRecords: number }): string {
  if (ofRecords === 0) return 'nothing left in this range';
  if (records === 0) return `none of ${formatCount(ofRecords)} looked at yet`;
  return records >= ofRecords ? 'all of what leaves' : `1 in ${formatRate(ofRecords / records)} of what leaves`;
}

function Tile({ icon, tone, title, children }: { readonly icon: IconName; readonly tone: 'amb' | 'acc' | 't3'; readonly title: string; readonly children: ReactNode }) {
  return <div className={tone === 'amb' ? 'attn' : undefined}><Icon name={icon} className={tone} /><div className="grow"><b className={tone === 'amb' ? 'amb ell' : 'ell'}>{title}</b><span className="meta t2 ell">{children}</span></div></div>;
}
