// The times in which everything that left was looked at: from when to when, by whom, how much of it, and what was found.
import type { RedactionOverview } from '../../../../model/index.ts';
import { EmptyState, Icon, PaneHeader, plural, SkeletonRows, Time } from '../../../ui/index.ts';
import { isWhole, scanSaid, type FullScan } from './full-scans.ts';

export function ScansPane({ overview }: { readonly overview: RedactionOverview | undefined }) {
  const scans = overview?.fullScans;
  return (
    <section aria-label="Full scans">
      <PaneHeader title="Full scans" meta="everything that left was looked at" />
      {overview === undefined && <SkeletonRows rows={2} />}
      {overview !== undefined && (scans === undefined || scans.length === 0) && <EmptyState title="None in this range">A full scan looks at every record that leaves, not at a sample. One starts by itself when a redacting rule is deployed from the tail.</EmptyState>}
      {overview !== undefined && scans !== undefined && scans.length > 0 && <ul className="redact-canary">{scans.map(scan => <Row key={scan.fromUnixMs} scan={scan} nowMs={overview.now} />)}</ul>}
    </section>
  );
}

function Row({ scan, nowMs }: { readonly scan: FullScan; readonly nowMs: number }) {
  const { fromUnixMs, toUnixMs, by, rule, found, missing = [] } = scan;
  const runs = toUnixMs > nowMs;
  const proof = !runs && isWhole(scan);
  return (
    <li>
      <Icon name={runs ? 'clock' : proof && found === 0 ? 'check' : 'warn'} size="s" className={runs ? 't3' : proof && found === 0 ? 'acc' : 'amb'} />
      <div>
        <b className="md nw"><Time at={fromUnixMs} /> to <Time at={toUnixMs} /></b>
        <div className="meta t2">{scanSaid(scan, nowMs)}</div>
        <div className="meta t3">by {by}{rule !== undefined && <>, for <span className="mono">{rule}</span></>}{missing.length > 0 && <span className="amb">; {plural(missing.length, 'agent')} not whole: {missing.join(', ')}</span>}</div>
      </div>
    </li>
  );
}
