// The price table as it is typed, and as it is meant. An empty field is "not billed that way". Pure.
import { mostPrice, priceTable, type PriceTable, type SignalPrices } from '../../../../model/index.ts';

export const signals = ['logs', 'spans', 'metrics'] as const;
type SignalName = (typeof signals)[number];
export const priceRows: readonly { readonly key: keyof SignalPrices; readonly label: string; readonly hint: string; readonly days?: true }[] = [
  { key: 'perGb', label: 'A GB taken in', hint: 'uncompressed, as it left the agent' }, { key: 'perMillionRecords', label: 'A million records', hint: 'log records, spans, data points' },
  { key: 'perGbMonthKept', label: 'A GB kept a month', hint: 'beyond the included days' }, { key: 'retentionDays', label: 'Days kept', hint: 'in all', days: true }, { key: 'includedDays', label: 'Days included', hint: 'in the price of a GB', days: true },
];

export interface PriceDraft { readonly currency: string; readonly perSeriesMonth: string; readonly note: string; /** By `signal key`. */ readonly cells: Readonly<Record<string, string>> }

export const cellKey = (signal: SignalName, key: keyof SignalPrices): string => `${signal} ${key}`;
const typed = (value: number | null): string => (value === null ? '' : String(value));

export function draftOf({ currency, perSeriesMonth, note, ...of }: PriceTable): PriceDraft {
  return { currency, perSeriesMonth: typed(perSeriesMonth), note, cells: Object.fromEntries(signals.flatMap(signal => priceRows.map(({ key }) => [cellKey(signal, key), typed(of[signal][key])]))) };
}

/** What was typed since `base`, on top of what the table says now. */
export function takenOver(typedNow: PriceDraft, base: PriceDraft, latest: PriceDraft): PriceDraft {
  const own = (mine: string, was: string, now: string): string => (mine === was ? now : mine);
  return {
    currency: own(typedNow.currency, base.currency, latest.currency), perSeriesMonth: own(typedNow.perSeriesMonth, base.perSeriesMonth, latest.perSeriesMonth), note: own(typedNow.note, base.note, latest.note),
    cells: Object.fromEntries(Object.keys(latest.cells).map(key => [key, own(typedNow.cells[key] ?? '', base.cells[key] ?? '', latest.cells[key] ?? '')])),
  };
}

export interface ReadDraft { /** Null while something is wrong. */ readonly prices: PriceTable | null; /** What is wrong, by the field: `currency`, `note`, `perSeriesMonth`, or a cell's key. */ readonly errors: Readonly<Record<string, string>> }

export function readDraft({ currency, perSeriesMonth, note, cells }: PriceDraft): ReadDraft {
  const errors: Record<string, string> = {};
  const fail = (field: string, why: string): number => { errors[field] = why; return 0; };
  const price = (field: string, text: string): number | null => (text.trim() === '' ? null : numberOf(text) ?? fail(field, 'A price is a number from 0 up to a billion, such as 0.5 or 1000, without commas between thousands; or empty.'));
  const days = (field: string, text: string): number => { const value = numberOf(text); return value !== null && Number.isInteger(value) && value <= 3650 ? value : fail(field, 'Whole days, 0 to 3650.'); };
  const of = (signal: SignalName): SignalPrices => Object.fromEntries(priceRows.map(({ key, days: isDays }) => { const field = cellKey(signal, key); return [key, (isDays === true ? days : price)(field, cells[field] ?? '')]; })) as SignalPrices;
  if (currency.trim() === '' || currency.trim().length > 8) fail('currency', 'Name a currency in up to 8 letters, such as EUR.');
  if (note.length > 1000) fail('note', 'At most 1,000 letters.');
  const table = { currency: currency.trim(), logs: of('logs'), spans: of('spans'), metrics: of('metrics'), perSeriesMonth: price('perSeriesMonth', perSeriesMonth), note };
  const read = priceTable.safeParse(table);
  return { prices: Object.keys(errors).length === 0 && read.success ? read.data : null, errors };
}

/** A decimal comma is one; `1,000` may be one or a thousand, so it is neither. Anything else that is no number from 0 up is null. */
function numberOf(text: string): number | null {
  const plain = text.trim();
  if (!/^\d*(\d|[.,]\d+)(e[+-]?\d+)?$/i.test(plain) || /^0*[1-9]\d*,\d{3}$/.test(plain)) return null;
  const value = Number(plain.replace(',', '.'));
  return value <= mostPrice ? value : null;
}
