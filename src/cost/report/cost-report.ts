// The report: what leaves the agents costs so much a month, by whatever one asks.
import type { CostBy, CostReport, CostRow, PriceTable } from '../../model/index.ts';
import { eventKey, seriesOf, type MeasuredEvent } from '../measured-event.ts';
import { monthlyCost } from '../prices/index.ts';
import { allSteps, eachOf, type Steps } from '../steps.ts';
import { fieldParts, moneyByField } from './field-rows.ts';
import { firstParts, withShares } from './first-rows.ts';
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
export const costReport = (events: readonly MeasuredEvent[], prices: PriceTable, options: ReportOptions): CostReport => allSteps(costReportSteps(events, prices, options));

/** The same a step at a time. */
export function* costReportSteps(events: readonly MeasuredEvent[], prices: PriceTable, { by, atUnixMs, overSeconds, limit = usualLimit, history = [], series = null }: ReportOptions): Steps<CostReport> {
  const costs: EventCost[] = [];
  let totalPerMonth = 0;
  yield* eachOf(events, (event) => {
    const cost = costOf(event, prices);
    totalPerMonth += cost.perMonth;
    costs.push(cost);
  });
  const parts = yield* partsBy(costs, by, prices);
  let bytes = 0;
  let perMonth = 0;
  yield* eachOf(parts, (part) => { bytes += part.bytesPerSecond; perMonth += part.perMonth; });
  const isPriced = totalPerMonth > 0;
  const rows = withShares(yield* firstParts(parts, limit), isPriced ? (part) => part.perMonth : (part) => part.bytesPerSecond, isPriced ? totalPerMonth : bytes);
  const left = Math.max(0, parts.length - rows.length);
  return {
    at: new Date(atUnixMs).toISOString(), by, currency: prices.currency, overSeconds, totalPerMonth, month: monthSoFar(history, totalPerMonth, atUnixMs),
    rows: yield* parted(rows, by, costs, prices), rest: { rows: left, perMonth: left === 0 ? 0 : Math.max(0, perMonth - rows.reduce((sum, row) => sum + row.perMonth, 0)) },
    series, history: history.map(({ startUnixMs, perMonth: then, savedPerMonth }) => ({ t: startUnixMs, perMonth: then, savedPerMonth })),
  };
}

function* parted(rows: readonly CostRow[], by: CostBy, costs: readonly EventCost[], prices: PriceTable): Steps<CostRow[]> {
  if (by !== 'event') return [...rows];
  const wanted = new Map(rows.slice(0, mostParted).map(({ key }): [string, EventCost[]] => [key, []]));
  yield* eachOf(costs, (cost) => { wanted.get(eventKey(cost.event))?.push(cost); });
  const told: CostRow[] = [];
  for (const row of rows) {
    const [cost, another] = wanted.get(row.key) ?? [];
    told.push(cost === undefined || another !== undefined ? row : { ...row, parts: moneyByField(cost, prices, mostFields) });
    yield;
  }
  return told;
}

function* partsBy(costs: readonly EventCost[], by: CostBy, prices: PriceTable): Steps<readonly Part[]> {
  if (by === 'field') return yield* fieldParts(costs, prices);
  return yield* groupParts(costs, by, (cost, records, bytes) => partMoney(cost, records, bytes, prices));
}

/** The price by the record goes with records, that by the byte with bytes, and series and what surrounds records with records. */
function partMoney({ event, own, around, perMonth, savedPerMonth }: EventCost, records: number, bytes: number, prices: PriceTable): { readonly perMonth: number; readonly savedPerMonth: number } {
  if (records === 1 && bytes === 1) return { perMonth, savedPerMonth };
  const { signal, removed } = event;
  const { series } = seriesOf(event);
  const part = (of: typeof own, each: number, all: number): number => monthlyCost({ signal, recordsPerSecond: of.recordsPerSecond * records, bytesPerSecond: of.bytesPerSecond * bytes + of.recordsPerSecond * records * each, series: all * records }, prices).total;
  return { perMonth: part(own, around, own.recordsPerSecond > 0 ? series : 0), savedPerMonth: part(removed, 0, own.recordsPerSecond > 0 ? 0 : series) };
}
