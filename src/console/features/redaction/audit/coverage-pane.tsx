// How much of what each service sends passes under a redaction at all.
import type { RedactionOverview } from '../../../../model/index.ts';
import { EmptyState, formatBytes, formatDuration, formatPercent, PaneHeader, SkeletonRows } from '../../../ui/index.ts';
import { Term } from '../words/term.tsx';

type Coverage = RedactionOverview['coverage'][number];

export function CoveragePane({ coverage, seconds }: { readonly coverage: readonly Coverage[] | undefined; /** Of the last so many seconds; undefined: of the range. */ readonly seconds: number | undefined }) {
  return (
    <section aria-label="Coverage by service">
      <PaneHeader title={<Term name="coverage">Coverage by service</Term>} meta={`bytes that left in ${spanWords(seconds)}`} />
      {coverage === undefined && <SkeletonRows rows={4} />}
      {coverage?.length === 0 && <EmptyState title={`Nothing has left in ${spanWords(seconds)}`}>Coverage is measured on records that leave an agent. Send some{seconds === undefined && ', or choose a longer range'}.</EmptyState>}
      {coverage !== undefined && coverage.length > 0 && <><ul className="redact-coverage">{coverage.map(each => <Row key={each.service} coverage={each} />)}</ul><Legend /></>}
    </section>
  );
}

const spanWords = (seconds: number | undefined): string => (seconds === undefined ? 'this range' : seconds === 60 ? 'the last minute' : `the last ${formatDuration(seconds * 1000)}`);

const shareOf = ({ bytes, coveredBytes }: Coverage): number => (bytes === 0 ? 0 : Math.min(1, coveredBytes / bytes));

/** Never "100 %" of something that is not whole, nor "0.0 %" of something. */
export function coverageWords(share: number): string {
  if (share === 1 || share === 0) return formatPercent(share, 0);
  return formatPercent(Math.min(0.999, Math.max(0.001, share)), 1);
}

function Row({ coverage }: { readonly coverage: Coverage }) {
  const share = shareOf(coverage);
  return (
    <li title={`${formatBytes(coverage.coveredBytes)} of ${formatBytes(coverage.bytes)} passed under a redaction`}>
      <span className="ell">{coverage.service === '' ? <span className="t3">no service name</span> : coverage.service}</span>
      <span className="redact-share" aria-hidden="true"><i style={{ width: `${share * 100}%` }} /><i className="gap" style={{ width: `${(1 - share) * 100}%` }} /></span>
      <span className={share < 1 ? 'num amb md' : 'num t2'}>{coverageWords(share)}</span>
    </li>
  );
}

const Legend = () => <p className="row gap3 meta t2 redact-legend"><span><i />under a redaction</span><span><i className="gap" />not covered</span></p>;
