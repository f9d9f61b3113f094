// Four figures: what it costs at the present rate, this month, what rules save, what could be saved. Each says how it was measured.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CostReport, SavingList, SuggestionList } from '../../../model/index.ts';
import { formatMoney, formatDuration, plural, Skeleton, Sparkline } from '../../ui/index.ts';
import { savedInAll } from './words/agreement.ts';

export interface HeaderStripProps { readonly report: CostReport | undefined; readonly suggestions: SuggestionList | undefined; readonly savings: SavingList | undefined }

export function HeaderStrip({ report, suggestions, savings }: HeaderStripProps) {
  return (
    <div className="cost-strip">
      <Rate report={report} />
      <Month report={report} />
      <Saved savings={savings} />
      <CouldBe suggestions={suggestions} />
    </div>
  );
}

function Rate({ report }: { readonly report: CostReport | undefined }) {
  if (report === undefined) return <Figure label="A month at today's rate" />;
  if (report.rows.length === 0) return <Figure label="A month at today's rate" value={null} note="nothing was measured in the last minutes" />;
  const points = report.history.slice(-mostPoints).map(({ perMonth }) => perMonth);
  return (
    <Figure label="A month at today's rate" value={report.totalPerMonth} unit={report.currency} note={`last ${formatDuration(report.overSeconds * 1000)}${isAtLeast(report) ? ', metrics at least' : ''}`}
      title={isAtLeast(report) ? `${report.series} metric series are counted by the values of their attributes: together these may make more, so that the money of metrics is a lower bound.` : undefined}
      aside={points.length > 1 && <Sparkline width={84} height={26} tone="accent" values={points} label={`Cost a month, minute by minute or hour by hour: ${formatMoney(Math.min(...known(points)))} to ${formatMoney(Math.max(...known(points)))} ${report.currency}`} />} />
  );
}

const isAtLeast = ({ series }: CostReport): boolean => series !== null && series > 0;
const mostPoints = 120;
const known = (points: readonly (number | null)[]): readonly number[] => { const there = points.filter(value => value !== null); return there.length > 0 ? there : [0]; };

/** Time that nobody measured is not guessed: it says how much of the month is known. */
function Month({ report }: { readonly report: CostReport | undefined }) {
  if (report === undefined) return <Figure label="This month so far" />;
  const { soFar, projected, measuredSeconds } = report.month;
  if (measuredSeconds <= 0) return <Figure label="This month so far" value={null} note="not measured yet" />;
  return <Figure label="This month so far" value={soFar} unit={report.currency} note={<>measured {formatDuration(measuredSeconds * 1000)}; <b className="md">{formatMoney(projected)}</b> at its end, at today&rsquo;s rate</>} title={`${formatDuration(measuredSeconds * 1000)} of this calendar month (UTC) were measured; the time before is not in the figure. With the rest of the month at today's rate it comes to ${formatMoney(projected)} ${report.currency}.`} />;
}

function Saved({ savings }: { readonly savings: SavingList | undefined }) {
  if (savings === undefined) return <Figure label="Saved by rules, a month" />;
  const { measured, compared, measuring } = savedInAll(savings.savings);
  if (savings.savings.every(({ state }) => state !== 'deployed')) return <Figure label="Saved by rules, a month" value={null} note="no rule takes records away yet" />;
  const note = measuring > 0 ? `${plural(measuring, 'rule')} being measured` : compared === null ? 'nothing was predicted' : <>{compared.measured !== measured && `${formatMoney(compared.measured)} of it `}predicted <b className="md">{formatMoney(compared.predicted)}</b></>;
  return <Figure label="Saved by rules, a month" value={measured} unit={savings.currency} note={<Link className="quiet" to="/cost" search={{ tab: 'savings' }}>{note}</Link>} title="Measured over the last minutes, at today's rate" />;
}

function CouldBe({ suggestions }: { readonly suggestions: SuggestionList | undefined }) {
  if (suggestions === undefined) return <Figure label="Could be saved safely, a month" />;
  const { totalPerMonth, currency, suggestions: all } = suggestions;
  return <Figure label="Could be saved safely, a month" value={all.length === 0 ? null : totalPerMonth} unit={currency} approximate note={all.length === 0 ? 'nothing is suggested now' : <Link to="/cost" search={{ tab: 'suggestions' }}>{plural(all.length, 'suggestion')}</Link>} title="What goes without loss of single records that matter: debug records, equal records, and fields that nobody names; each event counted once. Other suggestions save more, at a higher risk." />;
}

interface FigureProps { readonly label: string; /** Missing: not known yet; null: there is none. */ readonly value?: number | null; readonly unit?: string; readonly note?: ReactNode; readonly title?: string; readonly aside?: ReactNode; readonly approximate?: boolean }

function Figure({ label, value, unit, note, title, aside, approximate = false }: FigureProps) {
  return (
    <div className="cost-figure" role="group" aria-label={label} title={title}>
      <div className="grow">
        <div className="l">{label}</div>
        <div className="v">{value === undefined ? <Skeleton width={96} height={16} /> : value === null ? <span className="t3">–</span> : <>{approximate && <small>≈ </small>}{formatMoney(value)}<small> {unit}</small></>}</div>
        <div className="n ell">{note ?? (value === undefined ? <Skeleton width={130} /> : '')}</div>
      </div>
      {aside}
    </div>
  );
}
