// The four figures of the audit: what leaks, what stopped, what is hidden, and what the independent scan has looked at.
import type { ReactNode } from 'react';
import type { RedactionOverview } from '../../../../model/index.ts';
import { formatCount, formatDuration, formatPercent, formatRate, Icon, plural, Skeleton, Time, type IconName } from '../../../ui/index.ts';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';
import { countedWords } from '../words/source-words.ts';
import { Term } from '../words/term.tsx';
import { lastEnded, scanSaid } from './full-scans.ts';
import { isSampled } from './next-step.ts';
import type { ScanResult } from './scan-result.ts';

export interface TilesProps { readonly overview: RedactionOverview | undefined; readonly seconds: RangeSeconds; /** Of the full scan that ended last. */ readonly result: ScanResult | null }

export function Tiles({ overview, seconds, result }: TilesProps) {
  if (overview === undefined) return <div className="redact-tiles" role="status" aria-label="Loading">{[0, 1, 2, 3].map(i => <div key={i}><div className="col gap1 grow"><Skeleton width={140} height={14} /><Skeleton width={190} /></div></div>)}</div>;
  return (
    <div className="redact-tiles">
      <Leaking overview={overview} seconds={seconds} />
      <Clean overview={overview} />
      <Tile icon="redact" tone="t3" title={`${formatRate(overview.maskedPerSecond)} findings/s hidden`}>{plural(overview.masked, 'finding')} hidden in {rangeWords(seconds)}; <Term name="distinct">{overview.distinctIsFloor && 'at least '}{plural(overview.distinct, 'distinct value')}</Term> hidden or left{overview.dropped > 0 && `, ${plural(overview.dropped, 'record')} dropped`}</Tile>
      <Residual overview={overview} result={result} />
    </div>
  );
}

function Leaking({ overview: { leaking, worstLeak, scanned, downstream }, seconds }: { readonly overview: RedactionOverview; readonly seconds: RangeSeconds }) {
  const sampled = isSampled(scanned);
  if (leaking > 0) return <Tile icon="warn" tone="amb" title={`${plural(leaking, 'source')} still leaking`}>{worstLeak === null ? 'see the table' : `${worstLeak.detector} from ${worstLeak.service}, ${countedWords(worstLeak.residual, sampled)} in the last ${rangeWords(seconds)}`}{downstream === false && '; there is no downstream, so it went nowhere'}</Tile>;
  if (scanned.records === 0) return <Tile icon="eye" tone="t3" title="Leaks not known yet">{scanned.ofRecords === 0 ? 'no record has left in this range' : 'no record was looked at yet'}</Tile>;
  if (sampled) return <Tile icon="eye" tone="t3" title="No source seen leaking">in {scannedShare(scanned)} of what left; a full scan looks at all</Tile>;
  return <Tile icon="check" tone="acc" title="0 sources leaking">the independent scan looked at all that left</Tile>;
}

function Clean({ overview: { clean, unproved = 0, ignored, lastStopped } }: { readonly overview: RedactionOverview }) {
  return (
    <Tile icon={unproved > 0 ? 'eye' : 'check'} tone={unproved > 0 ? 't3' : 'acc'} title={<>{plural(clean, 'source')} clean{unproved > 0 && <>, <Term name="unproved"><span className="amb">{formatCount(unproved)} not proved</span></Term></>}</>}>
      {ignored > 0 && `${formatCount(ignored)} more let pass on purpose; `}{lastStopped === null ? 'none had to be stopped in this range' : <>{lastStopped.detector} since <Time at={lastStopped.at} show="both" /></>}
    </Tile>
  );
}

function Residual({ overview, result }: { readonly overview: RedactionOverview; readonly result: ScanResult | null }) {
  const { scanned, now } = overview;
  const last = lastEnded(overview);
  const title = <><Term name="residual">Residual</Term>: {formatCount(scanned.found)} in {plural(scanned.records, 'record')}</>;
  if (last !== null && scanned.fullUntil === null) return <Tile icon="eye" tone={last.found > 0 ? 'amb' : 't3'} title={title}>{shareWords(scanned)} in this range; full scan <Time at={last.fromUnixMs} /> to <Time at={last.toUnixMs} />: {scanSaid(last, now)}</Tile>;
  if (result !== null && scanned.fullUntil === null) return <Tile icon="eye" tone={result.found > 0 ? 'amb' : 't3'} title={title}>full scan of {formatDuration(result.seconds * 1000)}, ended <Time at={result.endedMs} />: {resultWords(result)}</Tile>;
  return <Tile icon="eye" tone="t3" title={title}>second scanner, {scanned.fullUntil !== null ? <>all that leaves until <Time at={scanned.fullUntil} /></> : shareWords(scanned)}</Tile>;
}

/** "3 secrets left in 12,300 records", "none left in …". Of the seconds that it ran; where buckets are longer, a little more than those. */
export const resultWords = ({ found, records, ofRecords }: ScanResult): string =>
  (ofRecords === 0 ? 'no record left' : records === 0 ? `none of ${plural(ofRecords, 'record')} could be looked at` : `${found === 0 ? 'no secret' : plural(found, 'secret')} left in ${records < ofRecords ? `${formatCount(records)} of ${plural(ofRecords, 'record')}` : plural(records, 'record')}`);

/** "5.0 % of 609,960 records that left". */
export function shareWords({ records, ofRecords }: { readonly records: number; readonly ofRecords: number }): string {
  if (ofRecords === 0) return 'nothing left in this range';
  if (records === 0) return `none of ${plural(ofRecords, 'record')} looked at yet`;
  return records >= ofRecords ? 'all of what left' : `${scannedShare({ records, ofRecords })} of ${plural(ofRecords, 'record')} that left`;
}

/** "38 %": never all of what is not whole. */
export function scannedShare({ records, ofRecords }: { readonly records: number; readonly ofRecords: number }): string {
  if (ofRecords === 0 || records >= ofRecords) return 'all';
  const share = records / ofRecords;
  return share < 0.001 ? 'less than 0.1 %' : formatPercent(Math.min(0.999, share), share < 0.1 || share > 0.99 ? 1 : 0);
}

function Tile({ icon, tone, title, children }: { readonly icon: IconName; readonly tone: 'amb' | 'acc' | 't3'; readonly title: ReactNode; readonly children: ReactNode }) {
  return <div className={tone === 'amb' ? 'attn' : undefined}><Icon name={icon} className={tone} /><div className="grow"><b className={tone === 'amb' ? 'amb' : undefined}>{title}</b><span className="meta t2">{children}</span></div></div>;
}
