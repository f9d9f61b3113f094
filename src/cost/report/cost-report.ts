// The report: what leaves the agents costs so much a month, by whatever one asks.
import type { CostBy, CostReport, CostRow, PriceTable } from '../../model/index.ts';
import { eventKey, seriesOf, type MeasuredEvent } from '../measured-event.ts';
import { monthlyCost } from '../prices/index.ts';
import { everythingElse, fieldParts, moneyByField } from './field-rows.ts';
import { groupParts } from './groups.ts';
import { monthSoFar, type CostBucket } from './month.ts';
import { costOf, type EventCost, type Part } from './row.ts';

export interface ReportOptions {
  readonly by: CostBy;
  /** Now. The month is the calendar month of it in UTC. */
  readonly atUnixMs: number;
  /** Length of the window that rates are of, seconds. */
  readonly overSeconds: number;
  /** Rows; the others are the rest. */
  readonly limit?: number;
  /** What was measured earlier, oldest first. */
  readonly history?: readonly CostBucket[];
  /** Metric series that agents saw; null when nobody counted them. */
  readonly series?: number | null;
}

const usualLimit = 100;
/** Rows of events that are told field by field, and fields of each. */
const mostParted = 60;
const mostFields = 8;

/** Rows are sorted by money, then bytes, then key; shares are of `totalPerMonth`, of bytes while nothing has a price. */
export function costReport(events: readonly MeasuredEvent[], prices: PriceTable, { by, atUnixMs, overSeconds, limit = usualLimit, history = [], series = null }: ReportOptions): CostReport {
  const costs = events.map((event) => costOf(event, prices));
  const totalPerMonth = sum(costs.map(({ perMonth }) => perMonth));
  const rows = withShares(partsBy(costs, by, prices).toSorted(byMoney), totalPerMonth);
  return {
    at: new Date(atUnixMs).toISOString(), by, currency: prices.currency, overSeconds, totalPerMonth, month: monthSoFar(history, totalPerMonth, atUnixMs),
    rows: parted(rows.slice(0, limit), by, costs, prices), rest: { rows: Math.max(0, rows.length - limit), perMonth: sum(rows.slice(limit).map(({ perMonth }) => perMonth)) },
    series, history: history.map(({ startUnixMs, perMonth, savedPerMonth }) => ({ t: startUnixMs, perMonth, savedPerMonth })),
  };
}

function parted(rows: readonly CostRow[], by: CostBy, costs: readonly EventCost[], prices: PriceTable): CostRow[] {
  if (by !== 'event') return [...rows];
  const byKey = Map.groupBy(costs, ({ event }) => eventKey(event));
  return rows.map((row, i) => {
    const [cost, another] = byKey.get(row.key) ?? [];
    return i >= mostParted || cost === undefined || another !== undefined ? row : { ...row, parts: moneyByField(cost, prices, mostFields) };
  });
}

function partsBy(costs: readonly EventCost[], by: CostBy, prices: PriceTable): readonly Part[] {
  if (by === 'field') return fieldParts(costs, prices);
  return groupParts(costs, by, (cost, records, bytes) => partMoney(cost, records, bytes, prices));
}

/** The price by the record goes with records, that by the byte with bytes, and series with records. */
function partMoney({ event, rate, perMonth, savedPerMonth }: EventCost, records: number, bytes: number, prices: PriceTable): { readonly perMonth: number; readonly savedPerMonth: number } {
  if (records === 1 && bytes === 1) return { perMonth, savedPerMonth };
  const { signal, removed } = event;
  const { series } = seriesOf(event);
  const part = (of: typeof rate, all: number): number => monthlyCost({ signal, recordsPerSecond: of.recordsPerSecond * records, bytesPerSecond: of.bytesPerSecond * bytes, series: all * records }, prices).total;
  return { perMonth: part(rate, rate.recordsPerSecond > 0 ? series : 0), savedPerMonth: part(removed, rate.recordsPerSecond > 0 ? 0 : series) };
}

const byMoney = (a: Part, b: Part): number => b.perMonth - a.perMonth || b.bytesPerSecond - a.bytesPerSecond || (a.key < b.key ? -1 : 1);
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Rounding goes to what is left over (or to the first row), so that shares are 1 together. */
function withShares(parts: readonly Part[], total: number): readonly CostRow[] {
  const measure = (part: Part): number => (total > 0 ? part.perMonth : part.bytesPerSecond);
  const all = total > 0 ? total : sum(parts.map(measure));
  const rows = parts.map((part) => ({ ...part, share: all > 0 ? measure(part) / all : 0 }));
  const taker = rows.find(({ key }) => key === everythingElse) ?? rows[0];
  if (taker === undefined || all <= 0) return rows;
  const others = sum(rows.filter((row) => row !== taker).map(({ share }) => share));
  return rows.map((row) => (row === taker ? { ...row, share: Math.max(0, 1 - others) } : row));
}
