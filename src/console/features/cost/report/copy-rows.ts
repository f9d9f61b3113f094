// The report for elsewhere: as it came (JSON), or its rows as CSV with the units in the head. Pure.
import type { CostReport, CostRow } from '../../../../model/index.ts';

const columns: readonly (readonly [string, (row: CostRow, currency: string) => string | number | null])[] = [
  ['label', row => row.label], ['signal', row => row.signal], ['service', row => row.service], ['durable_id', row => row.durableId], ['records_per_second', row => row.recordsPerSecond], ['bytes_per_second', row => row.bytesPerSecond],
  ['cost_per_month', row => row.perMonth], ['currency', (_, currency) => currency], ['share', row => row.share], ['saved_per_month', row => row.savedPerMonth], ['unread_since', row => row.unreadSince],
];

/** RFC 4180. A text that a spreadsheet would take for a formula gets a quote before it. */
export function reportCsv(report: CostReport): string {
  return [columns.map(([name]) => name).join(','), ...report.rows.map(row => columns.map(([, of]) => cell(of(row, report.currency))).join(','))].join('\r\n');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
