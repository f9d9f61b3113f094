// Which attribute is the money, for one event.
import type { UseQueryResult } from '@tanstack/react-query';
import type { CostRow, EventDetail, PriceTable } from '../../../../model/index.ts';
import { formatMoney, formatCount, formatPercent, Meter, PaneHeader, SkeletonRows, Table, type TableColumn } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import { fieldMoney, type FieldMoney } from './field-money.ts';

export function FieldsPane({ row, facts, prices, currency }: { readonly row: CostRow; readonly facts: UseQueryResult<EventDetail>; readonly prices: PriceTable | undefined; readonly currency: string }) {
  const { data, error } = facts;
  const rows = data === undefined || prices === undefined ? [] : fieldMoney(row, data, prices);
  return (
    <section aria-label="Its fields by money">
      <PaneHeader title="Its fields by money" meta={data === undefined ? undefined : `by a sample of ${formatCount(data.looked)} records`} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void facts.refetch()} /> : <SkeletonRows rows={5} />)}
      {data !== undefined && rows.length === 0 && <p className="t3 pad">{row.perMonth > 0 ? 'None of its records was looked at yet.' : 'It costs nothing, so no field is to blame.'}</p>}
      {rows.length > 0 && <Table label="Fields by money" columns={columnsOf(currency, rows[0]!.share)} rows={rows} rowKey={({ key }) => key} />}
    </section>
  );
}

const columnsOf = (currency: string, most: number): readonly TableColumn<FieldMoney>[] => [
  { key: 'field', head: 'Field', cell: ({ label, quiet, presence, distinct }) => <span className={quiet ? 't3' : 'mono'} title={presence === null ? label : `${label}: in ${formatPercent(presence, 0)} of the records, ${distinct === null ? '' : `about ${formatCount(distinct)} values`}`}>{label}</span> },
  { key: 'money', head: currency, width: 66, numeric: true, cell: ({ perMonth }) => formatMoney(perMonth) },
  { key: 'share', head: 'Share', width: 112, cell: ({ share, quiet }) => <span className="cost-share"><Meter share={share / most} tone={quiet ? 'quiet' : 'plain'} height={8} label="Share of the event's money" /><span className="num nw t2">{formatPercent(share)}</span></span> },
];
