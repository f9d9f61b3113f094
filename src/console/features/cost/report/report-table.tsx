// Rows by money: each with its share, drawn after the shares of all before it, so that the column reads as a Pareto curve.
import { bytes } from '../../../../cost/index.ts';
import type { CostReport, CostRow, EventRow } from '../../../../model/index.ts';
import { useEventTrends } from '../../../api/index.ts';
import { formatMoney, formatPercent, formatRate, SeverityMark, shortenPath, Sparkline, Table, Time, type SeverityLetter, type TableColumn } from '../../../ui/index.ts';
import { byWords } from '../words/bys.ts';
import { isLeftOver, type ShownRow } from './rows.ts';

export interface ReportTableProps { readonly report: CostReport; readonly rows: readonly ShownRow[]; readonly chosen: string | null; readonly onPick: (key: string) => void }

export function ReportTable({ report, rows, chosen, onPick }: ReportTableProps) {
  const byEvent = report.by === 'event';
  const trends = useEventTrends(byEvent).data;
  const words = byWords[report.by];
  return (
    <Table oneStop label={`Cost by ${words.one}`} rows={rows} rowKey={({ row }) => row.key} selectedKey={chosen} onPick={({ row }) => onPick(row.key)} columns={columnsOf(report, trends)}
      rowLabel={({ row }) => `${row.label}${row.service === null || !byEvent ? '' : ` of ${row.service}`}: ${formatMoney(row.perMonth)} ${report.currency} a month, ${formatPercent(row.share)}`}
      footer={report.rest.rows > 0 && <tr><td className="t3">{report.rest.rows} more {report.rest.rows === 1 ? words.one : words.many}</td><td colSpan={columnsOf(report, trends).length - 1} className="t3">{formatMoney(report.rest.perMonth)} {report.currency} a month together</td></tr>} />
  );
}

function columnsOf(report: CostReport, trends: readonly EventRow[] | undefined): readonly TableColumn<ShownRow>[] {
  const byEvent = report.by === 'event';
  const ofEvents: readonly TableColumn<ShownRow>[] = [
    { key: 'service', head: 'Service', width: 92, className: 'c-service', cell: ({ row }) => <span className="t2" title={row.service ?? ''}>{row.service}</span> },
    { key: 'signal', head: 'Signal', width: 62, className: 'c-signal', cell: ({ row }) => <span className="t3">{row.signal}</span> },
    { key: 'trend', head: 'Trend', width: 90, className: 'c-trend', cell: ({ row }) => <Trend row={row} trends={trends} /> },
  ];
  return [
    { key: 'what', head: byWords[report.by].label, cell: ({ row }) => <What row={row} report={report} /> },
    ...(byEvent ? ofEvents : report.by === 'field' ? ofEvents.filter(({ key }) => key === 'signal') : []),
    { key: 'records', head: 'Records /s', width: 80, numeric: true, className: 'c-records', cell: ({ row }) => formatRate(row.recordsPerSecond) },
    { key: 'bytes', head: 'Bytes /s', width: 84, numeric: true, className: 'c-bytes', cell: ({ row }) => bytes(row.bytesPerSecond) },
    { key: 'money', head: `${report.currency}/month`, width: 92, numeric: true, sort: 'descending', cell: ({ row }) => <span className="md">{formatMoney(row.perMonth)}</span> },
    { key: 'share', head: report.totalPerMonth > 0 ? 'Share, added up' : 'Share of bytes', width: 196, className: 'c-share', cell: shown => <Share shown={shown} /> },
    { key: 'saved', head: 'Saved', width: 72, numeric: true, className: 'c-saved', cell: ({ row }) => (row.savedPerMonth > 0 ? <span className="acc" title={`Rules take away ${formatMoney(row.savedPerMonth)} ${report.currency} a month of it already`}>{formatMoney(row.savedPerMonth)}</span> : <span className="t3">–</span>) },
    ...(byEvent ? [{ key: 'read', head: 'Not read since', width: 136, className: 'c-read', cell: ({ row }: ShownRow) => <Unread row={row} firstSeenAt={eventIn(trends, row)?.firstSeenAt ?? null} /> }] : []),
  ];
}

const letters: Readonly<Partial<Record<string, SeverityLetter>>> = { TRACE: 'T', DEBUG: 'D', INFO: 'I', WARN: 'W', ERROR: 'E', FATAL: 'F' };
const byCode = new Set(['event', 'field']);

function What({ row, report }: { readonly row: CostRow; readonly report: CostReport }) {
  const letter = report.by === 'severity' ? letters[row.key] : undefined;
  return (
    <span className="row gap1 cost-what">
      {letter !== undefined && <SeverityMark severity={letter} />}
      <span className={isLeftOver(row) ? 't2 ell' : byCode.has(report.by) ? 'mono ell' : 'ell'} title={row.label}>{row.source === 'code-location' ? shortenPath(row.label, 44) : row.label}</span>
      {row.source === 'template' && <span className="chip line">mined</span>}
      {row.sampledFrom !== null && <span className="t3 meta" title={`By a sample of ${row.sampledFrom} records`}>sampled</span>}
    </span>
  );
}

const eventIn = (trends: readonly EventRow[] | undefined, row: CostRow): EventRow | undefined => trends?.find(event => event.durableId === row.durableId && event.service === row.service && event.signal === row.signal);

function Trend({ row, trends }: { readonly row: CostRow; readonly trends: readonly EventRow[] | undefined }) {
  const found = eventIn(trends, row);
  return found === undefined ? <span className="cost-no-trend" /> : <Sparkline width={78} values={found.history} label={`${row.label}, records per second over time`} />;
}

function Share({ shown: { row, cumulative } }: { readonly shown: ShownRow }) {
  const percent = (share: number) => `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span className="cost-share" title={`${formatPercent(row.share)} of all; with all that cost more ${formatPercent(cumulative)}`}>
      <span className="cost-pareto" aria-hidden="true"><i className="before" style={{ width: percent(cumulative - row.share) }} /><i style={{ left: percent(cumulative - row.share), width: percent(row.share) }} /></span>
      <span className="num nw">{formatPercent(row.share)}</span><span className="num nw t3"><span className="vh">, added up </span>{formatPercent(cumulative, 0)}</span>
    </span>
  );
}

/** What nobody opened since it was first seen may only be young. */
function Unread({ row: { unreadSince }, firstSeenAt }: { readonly row: CostRow; readonly firstSeenAt: string | null }) {
  if (unreadSince === null) return null;
  const never = firstSeenAt === unreadSince;
  return <span className="t2" title={`No rule, net, view, metric or recorder names it, and nobody opened it${never ? ' since it was first seen' : ''}`}>{never && 'seen '}<Time at={unreadSince} show="relative" /></span>;
}
