// The cost report for people to read: a table, and what could be saved.
import { amount, bytes, money, paretoOf, percent, totalSaving, type SuggestionDraft } from '../../cost/index.ts';
import type { CostReport, CostRow, PriceTable } from '../../model/index.ts';

export interface CostHead { readonly name: string; readonly what: string; readonly span: string; readonly warnings: readonly string[]; readonly pricesFrom: string }

const widestLabel = 60;
/** Names come from data: no control character reaches the terminal. */
const clean = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
const cut = (text: string): string => { const plain = clean(text); return plain.length > widestLabel ? `${plain.slice(0, widestLabel - 1)}…` : plain; };

export function printCost(head: CostHead, report: CostReport, prices: PriceTable): readonly string[] {
  return [
    clean(`${head.name}: ${head.what}, ${head.span}`),
    `At this rate ${money(report.totalPerMonth, report.currency)} a month (730 hours), by ${head.pricesFrom}.`,
    ...(report.series === null ? [] : [`${amount(report.series)} metric series${prices.perSeriesMonth === null ? '' : `, at ${money(prices.perSeriesMonth, report.currency)} each`}: at the least, by their attributes.`]),
    ...head.warnings, '', ...table(report), ...closing(report),
  ];
}

const heads: Readonly<Record<CostReport['by'], readonly string[]>> = {
  event: ['event', 'service', 'signal', 'durable id'], service: ['service'], version: ['version'], severity: ['severity'], signal: ['signal'], field: ['field', 'signal'],
};

function table({ rows, by, currency }: CostReport): readonly string[] {
  const { cumulative } = paretoOf({ rows });
  const cells = [
    [`${currency}/month`, 'share', 'sum', 'records/s', 'bytes/s', ...heads[by]],
    ...rows.map((row, i) => [figure(row.perMonth), percent(row.share), percent(Math.min(1, cumulative[i]!)), amount(row.recordsPerSecond), bytes(row.bytesPerSecond), ...words(row, by)]),
  ];
  return aligned(cells, 5);
}

function words(row: CostRow, by: CostReport['by']): readonly string[] {
  if (by === 'event') return [cut(row.label), cut(row.service === '' ? '(no service.name)' : row.service ?? ''), row.signal ?? '', row.durableId === row.label ? '(the same)' : clean(row.durableId ?? '')];
  return by === 'field' ? [cut(row.label), row.signal ?? ''] : [cut(row.label)];
}

/** The first `figures` columns to the right, the others to the left. */
function aligned(rows: readonly (readonly string[])[], figures: number): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => (column < figures ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd());
}

const figure = (value: number): string => (value === 0 ? '0' : value < 0.01 ? amount(value) : value.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ','));

function closing(report: CostReport): readonly string[] {
  const most = paretoOf(report).rowsFor(0.8);
  return [
    ...(report.rest.rows > 0 ? [`and ${amount(report.rest.rows)} more ${report.rest.rows === 1 ? 'row' : 'rows'}: ${money(report.rest.perMonth, report.currency)} a month (--top shows more)`] : []),
    ...(most !== null && report.rows.length > 2 && report.by !== 'field' ? ['', `${most === 1 ? 'One row is' : `${most} rows are`} 80 % of it.`] : []),
  ];
}

export function printSuggestions(drafts: readonly SuggestionDraft[], all: readonly SuggestionDraft[], currency: string, print: (draft: SuggestionDraft) => string): readonly string[] {
  if (all.length === 0) return ['', 'Nothing to suggest: no event has enough records, or all of them are errors.'];
  return [
    '', `What could be saved: ${money(totalSaving(all), currency)} a month in all without losing a record that matters, more where you decide so${drafts.length < all.length ? `; the first ${drafts.length} of ${all.length}` : ''}`,
    ...drafts.flatMap((draft, i) => [
      '', `${i + 1}. ${clean(draft.title)}: ${money(draft.savingPerMonth, currency)} a month, risk ${draft.risk} of 10`,
      ...draft.because.slice(0, -1).map((line) => `   ${clean(line)}`), `   Lost: ${clean(draft.lost.join(' '))}`,
      ...print(draft).trimEnd().split('\n').map((line) => `     ${clean(line)}`.trimEnd()),
    ]),
  ];
}
