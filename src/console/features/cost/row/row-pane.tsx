// One row: what it costs and why, which of its fields are the money, what could be saved, who uses it, and where to look further.
import type { ReactNode } from 'react';
import { bytes } from '../../../../cost/index.ts';
import type { CostReport, CostRow, PriceTable, Saving, Suggestion } from '../../../../model/index.ts';
import { eventOf, useEventFacts } from '../../../api/index.ts';
import { formatMoney, Chip, EmptyState, formatPercent, formatRate, IconButton, Pane, SkeletonRows } from '../../../ui/index.ts';
import { FieldsPane } from './fields-pane.tsx';
import { RowLinks } from './row-links.tsx';
import { RowSuggestions } from './row-suggestions.tsx';
import { UsersPane } from './users-pane.tsx';
import { whyOf } from './why.ts';

export interface RowPaneProps {
  /** Null: the address names a row that the report no longer has. */
  readonly row: CostRow | null;
  readonly report: CostReport; readonly prices: PriceTable | undefined; readonly suggestions: readonly Suggestion[]; readonly savings: readonly Saving[]; readonly onClose: () => void;
}

export function RowPane({ row, report, prices, suggestions, savings, onClose }: RowPaneProps) {
  const facts = useEventFacts(row === null ? null : eventOf(row));
  if (row === null) {
    return <Pane className="grow" label="Chosen row"><Head title="Not in the report" onClose={onClose} /><EmptyState title="This row is not in the report now">Nothing of it was measured in the last minutes, or rules take all of it away.</EmptyState></Pane>;
  }
  return (
    <Pane className="grow scroll cost-row" label={`Cost of ${row.label}`}>
      <Head title={row.label} mono={row.durableId !== null || row.field !== null} onClose={onClose}>{row.source === 'template' && <Chip tone="line">mined</Chip>}</Head>
      <div className="cost-sum">
        <div className="v">{formatMoney(row.perMonth)}<small> {report.currency} a month</small></div>
        <div className="t3 meta">{formatPercent(row.share)} of {report.totalPerMonth > 0 ? 'all' : 'all bytes'}, {formatRate(row.recordsPerSecond)} records/s, {bytes(row.bytesPerSecond)}/s{row.savedPerMonth > 0 && <>; rules take away <span className="acc">{formatMoney(row.savedPerMonth)}</span> more</>}</div>
      </div>
      <RowLinks row={row} by={report.by} facts={facts.data} />
      <section aria-label="Why it costs that"><div className="ph"><h3>Why</h3></div>{prices === undefined ? <SkeletonRows rows={2} /> : <ul className="cost-why">{whyOf(row, prices).map(line => <li key={line}>{line}</li>)}</ul>}</section>
      <RowSuggestions row={row} suggestions={suggestions} savings={savings} currency={report.currency} />
      {eventOf(row) !== null && <FieldsPane row={row} facts={facts} prices={prices} currency={report.currency} />}
      {eventOf(row) !== null && <UsersPane row={row} facts={facts.data} />}
    </Pane>
  );
}

function Head({ title, mono = false, children, onClose }: { readonly title: string; readonly mono?: boolean; readonly children?: ReactNode; readonly onClose: () => void }) {
  return <div className="ph cost-head"><h2 className={mono ? 'mono ell' : 'ell'} title={title}>{title}</h2>{children}<span className="end"><IconButton icon="x" label="Close" kbd="Esc" variant="ghost" size="s" onClick={onClose} /></span></div>;
}
