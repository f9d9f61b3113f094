// What costs: the sorted table, the treemap under it, and why the chosen row costs what it costs beside them.
import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, useRef, useState, type RefObject } from 'react';
import type { CostReport, PriceTable, SavingList, SuggestionList } from '../../../../model/index.ts';
import type { CostSearch } from '../../../state/index.ts';
import { Pane, ResizablePanes, SkeletonRows, Treemap, useDownInto } from '../../../ui/index.ts';
import type { SetSearch } from '../cost-view.tsx';
import { RowPane } from '../row/row-pane.tsx';
import { LoadFailure } from '../words/load-failure.tsx';
import { NoneFound, NothingMeasured, NothingPriced } from './empty.tsx';
import { ReportTable } from './report-table.tsx';
import { ReportTools } from './report-tools.tsx';
import { inOrder, shownRows } from './rows.ts';
import { rowKeyOf, treemapNodes } from './treemap-nodes.ts';

export interface ReportTabProps {
  readonly search: CostSearch & Required<Pick<CostSearch, 'by'>>; readonly set: SetSearch; readonly report: UseQueryResult<CostReport>;
  /** By service, of everything: what can be chosen. */
  readonly whole: CostReport | undefined;
  readonly prices: PriceTable | undefined; readonly suggestions: SuggestionList | undefined; readonly savings: SavingList | undefined;
}

export function ReportTab(props: ReportTabProps) {
  const { search, set, report, prices, suggestions, savings } = props;
  const chosen = report.data?.rows.find(({ key }) => key === search.row);
  const close = () => set({ row: undefined });
  const side = search.row === undefined || report.data === undefined ? null
    : <RowPane key={search.row} row={chosen ?? null} report={report.data} prices={prices} suggestions={suggestions?.suggestions ?? []} savings={savings?.savings ?? []} onClose={close} />;
  return (
    <div className="col grow cost-report" onKeyDown={event => { if (event.key === 'Escape' && search.row !== undefined && !event.defaultPrevented) close(); }}>
      <ResizablePanes id="cost.row" label="the chosen row" defaultSize={364} minSize={280} maxSize={560} first={<Main {...props} />} second={side} />
    </div>
  );
}

function Main({ search, set, report, whole, prices }: ReportTabProps) {
  const { data, error } = report;
  const rows = useRef<HTMLDivElement>(null);
  const down = () => rows.current?.querySelector<HTMLElement>('tr.pick[tabindex="0"]')?.focus();
  useDownInto(down);
  const table = (
    <Pane className="grow cost-table" label="What costs">
      <ReportTools search={search} set={set} report={data} whole={whole} onDown={down} />
      {data === undefined && (error ? <LoadFailure error={error} onRetry={() => void report.refetch()} /> : <SkeletonRows rows={12} label="Loading the report" />)}
      {data !== undefined && <Rows into={rows} report={data} search={search} set={set} prices={prices} />}
    </Pane>
  );
  const mapped = search.map !== 'off' && data !== undefined && data.rows.length > 1;
  return <ResizablePanes id="cost.map" label="the treemap" direction="vertical" defaultSize={196} minSize={90} maxSize={520} first={table} second={mapped ? <Map report={data} search={search} set={set} /> : null} />;
}

interface RowsProps { readonly into: RefObject<HTMLDivElement | null>; readonly report: CostReport; readonly search: ReportTabProps['search']; readonly set: SetSearch; readonly prices: PriceTable | undefined }

function Rows({ into, report, search, set, prices }: RowsProps) {
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const found = shownRows(report, search.find ?? '');
  if (report.rows.length === 0) return <NothingMeasured service={search.service} onAll={() => set({ service: undefined })} />;
  if (found.length === 0) return <NoneFound by={report.by} onClear={() => set({ find: undefined })} />;
  const rows = held === null ? found : inOrder(found, held);
  return (
    <div ref={into} className="grow scroll" onPointerEnter={() => setHeld(found.map(({ row }) => row.key))} onPointerLeave={() => setHeld(null)}>
      {report.totalPerMonth === 0 && prices !== undefined && <NothingPriced onPrices={() => set({ prices: true })} />}
      <ReportTable report={report} rows={rows} chosen={search.row ?? null} onPick={key => set({ row: key === search.row ? undefined : key })} />
    </div>
  );
}

function Map({ report, search, set }: Omit<RowsProps, 'prices' | 'into'>) {
  const nodes = useMemo(() => treemapNodes(report), [report]);
  return <Pane well className="grow" label="Treemap"><Treemap className="grow" label="Areas as large as what each costs; the table above says the same in figures" nodes={nodes} chosen={search.row ?? null} onPick={area => { const key = rowKeyOf(area); if (report.rows.some(row => row.key === key)) set({ row: key }); }} /></Pane>;
}
