// One row: time, severity letter, service, durable id, extra columns, body and the first attributes.
import { memo } from 'react';
import { formatClock, MaskedText, millisFromNanos, severityLetter, SeverityMark, shortenPath } from '../../../ui/index.ts';
import type { TailRow } from '../../../workers/tail/index.ts';

export interface RowProps { readonly row: TailRow; readonly selected: boolean; readonly zone: 'utc' | 'local'; readonly columns: readonly string[] }

/** The cells of a row; the list draws the row itself, so that it can place and measure it. */
export const RowCells = memo(function RowCells({ row, zone, columns }: Omit<RowProps, 'selected'>) {
  return (
    <>
      <span role="gridcell" className="ts">{formatClock(millisFromNanos(row.timeUnixNano), zone, true)}</span>
      <span role="gridcell"><SeverityMark severity={row.severity} /></span>
      <span role="gridcell" className="sv c-s" title={row.service}>{row.service}</span>
      <span role="gridcell" className="id c-i" title={row.template === undefined ? row.durableId : `${row.template} (template ${row.durableId})`}>{row.template === undefined ? shortenPath(row.durableId, 19) : <span className="t3"><MaskedText text={row.template} /></span>}</span>
      {columns.map((name, i) => <span role="gridcell" className="id" key={name} title={row.cells?.[i]}><MaskedText text={row.cells?.[i] ?? ''} /></span>)}
      <span role="gridcell" className="what">
        {row.adjustedCount > 1 && <span className="x4" title={`Stands for ${row.adjustedCount} records: a sampling rule kept one of them`}>×{Math.round(row.adjustedCount * 10) / 10}</span>}
        <span data-redact-place="column" data-redact-name={{ logs: 'Body', spans: 'Name', metrics: 'MetricName' }[row.signal]}><MaskedText text={row.summary} /></span>
        {fieldsBeside(row).map(([name, text]) => <span key={name} className="fld"> <span className="at">{name}=</span><span data-redact-place="attribute" data-redact-name={name}><MaskedText text={text} /></span></span>)}
      </span>
    </>
  );
});

/** W, E and F tint the row. */
export function rowTone(row: TailRow): string {
  const letter = severityLetter(row.severity);
  return letter === 'W' || letter === 'E' ? letter : letter === 'F' ? 'E' : '';
}

/** What its body says already (`user=ada moves=7`) is not said twice; the id of a probe is for filters, and its name stands in the row. */
export function fieldsBeside({ fields = [], summary, durableId }: Pick<TailRow, 'fields' | 'summary' | 'durableId'>): NonNullable<TailRow['fields']> {
  return fields.filter(([name, text]) => name !== 'weir.probe.id' && !(name === 'weir.probe.name' && text === durableId) && !` ${summary} `.includes(` ${name}=${text} `));
}
