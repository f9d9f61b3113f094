// The figures of an event: rate with its history, what was seen since when, its versions and severities, and what rules take away.
import type { ReactNode } from 'react';
import { bytes } from '../../../../cost/index.ts';
import type { EventDetail } from '../../../../model/index.ts';
import { formatCount, formatPercent, formatRate, SeverityMark, severityLetter, Sparkline, Time } from '../../../ui/index.ts';
import { recordWords } from '../words/event-words.ts';

const shownVersions = 4;

export function Facts({ event }: { readonly event: EventDetail }) {
  const what = recordWords[event.signal];
  return (
    <dl className="ev-facts">
      <Fact name={`${what} a second`} wide><span className="row gap3"><b className="ev-figure">{formatRate(event.perSecond)}</b><Sparkline width={104} height={26} tone="accent" values={event.history} label={`${what} a second over five minutes`} /></span></Fact>
      <Fact name="bytes a second"><b className="ev-figure">{bytes(event.bytesPerSecond)}</b><span className="t3 meta">{bytes(event.records === 0 ? 0 : event.bytes / event.records)} each</span></Fact>
      <Fact name={`${what} in all`}><b className="ev-figure">{formatCount(event.records)}</b><Removed event={event} /></Fact>
      <Fact name="first and last seen"><span><Time at={event.firstSeenAt} show="full" /></span><span className="t2"><Time at={event.lastSeenAt} show="relative" /></span></Fact>
      <Fact name={event.byVersion.length > shownVersions ? `versions, ${shownVersions} of ${event.byVersion.length}` : 'versions'}>{event.byVersion.slice(0, shownVersions).map(({ version, records, firstSeenAt }) => <span key={version} className="row gap1 meta"><span className="mono t1">{versionWord(version)}</span><span className="t3 nw">{formatPercent(records / Math.max(1, event.records))} first <Time at={firstSeenAt} show="relative" /></span></span>)}</Fact>
      {event.signal === 'logs' && <Fact name="severity">{event.bySeverity.map(({ severity, records }) => <span key={severity} className="row gap1 meta"><SeverityMark severity={severity} /><span className="t3">{severityLetter(severity) === null ? 'none ' : ''}{formatPercent(records / Math.max(1, event.records))}</span></span>)}</Fact>}
    </dl>
  );
}

const versionWord = (version: string): string => (version === '' ? 'none said' : version === '*' ? 'older ones' : version);

const Fact = ({ name, wide = false, children }: { readonly name: string; readonly wide?: boolean; readonly children: ReactNode }) => <div className={wide ? 'wide' : undefined}><dt className="meta t3">{name}</dt><dd>{children}</dd></div>;

function Removed({ event: { records, removedRecords } }: { readonly event: EventDetail }) {
  return removedRecords === 0 ? <span className="t3 meta">rules take none away</span> : <span className="t2 meta">rules took {formatPercent(removedRecords / Math.max(1, records))} away</span>;
}
