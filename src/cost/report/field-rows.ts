// Rows by field: which attribute is the money. A field costs what its bytes cost; what is paid by the record and by the series, whatever is in it, is a
// row of its own, and bytes that no field explains (framing, times, ids, names) are the row "everything else": so the rows are all of the money.
import type { CostRow, PriceTable } from '../../model/index.ts';
import type { MeasuredEvent, MeasuredField } from '../measured-event.ts';
import { perBytePerSecond } from '../prices/index.ts';
import { eachOf, type Steps } from '../steps.ts';
import { emptyPart, type EventCost, type Part } from './row.ts';

export const everythingElse = 'everything else';
/** Money that no field is to blame for: no byte less makes it less. */
export const paidByRecord = 'paid by the record';

/** Fields within the record. What surrounds records (resource, scope) is shared by many and not part of an event's bytes. */
export const isOfRecord = ({ place }: MeasuredField): boolean => place === 'attribute' || place === 'body';

/** Shares of an event's bytes by field; samples never explain more than there is. */
export function fieldShares({ fields }: MeasuredEvent): readonly { readonly field: MeasuredField; readonly share: number }[] {
  const own = fields.filter((field) => isOfRecord(field) && field.share > 0);
  const sum = own.reduce((all, { share }) => all + share, 0);
  return own.map((field) => ({ field, share: sum > 1 ? field.share / sum : field.share }));
}

export const fieldLabel = ({ place, key }: Pick<MeasuredField, 'place' | 'key'>): string => (place === 'body' ? (key === '' ? 'Body' : `Body.${key}`) : key);

/** One row per signal and field over all events, and what is left. */
export function* fieldParts(costs: readonly EventCost[], prices: PriceTable): Steps<readonly Part[]> {
  const rows = new Map<string, Part & { sampledFrom: number }>();
  let rest = emptyPart(everythingElse, everythingElse);
  let byRecord = emptyPart(paidByRecord, paidByRecord);
  yield* eachOf(costs, (cost) => {
    const { event, rate, perMonth, savedPerMonth } = cost;
    const byteMoney = perBytePerSecond(prices, event.signal);
    const left = { bytes: rate.bytesPerSecond, removed: event.removed.bytesPerSecond };
    for (const { field, share } of fieldShares(event)) {
      const row = fieldRow(rows, cost, field, share, byteMoney);
      left.bytes -= row.bytes;
      left.removed -= row.removed;
    }
    rest = added(rest, rate.recordsPerSecond, clean(left.bytes), clean(left.bytes) * byteMoney, clean(left.removed) * byteMoney);
    byRecord = added(byRecord, rate.recordsPerSecond, 0, clean(perMonth - rate.bytesPerSecond * byteMoney), clean(savedPerMonth - event.removed.bytesPerSecond * byteMoney));
  });
  return [...rows.values(), ...(costs.length > 0 ? [rest] : []), ...(byRecord.perMonth > 0 || byRecord.savedPerMonth > 0 ? [byRecord] : [])];
}

/** One event's money by field, the largest first: what no field explains, and beyond `most` the smallest of them together, stand among them, so that they add up. */
export function moneyByField({ event, rate, perMonth }: EventCost, prices: PriceTable, most: number): CostRow['parts'] {
  const byteMoney = perBytePerSecond(prices, event.signal);
  const fields = fieldShares(event).map(({ field, share }) => ({ label: fieldLabel(field), perMonth: rate.bytesPerSecond * share * byteMoney })).filter((part) => part.perMonth > 0).toSorted((a, b) => b.perMonth - a.perMonth || (a.label < b.label ? -1 : 1));
  const few = fields.slice(0, most);
  const sum = (parts: CostRow['parts']): number => parts.reduce((all, part) => all + part.perMonth, 0);
  const rest = (label: string, money: number): CostRow['parts'] => (money > 1e-12 * Math.max(1, perMonth) ? [{ label, perMonth: money }] : []);
  return [...few, ...rest(`${fields.length - few.length} more fields`, sum(fields.slice(most))), ...rest(everythingElse, rate.bytesPerSecond * byteMoney - sum(fields)), ...rest(paidByRecord, perMonth - rate.bytesPerSecond * byteMoney)].toSorted((a, b) => b.perMonth - a.perMonth);
}

/** Adds a field of one event to its row; the answer is its bytes per second, of what leaves and of what rules took. */
function fieldRow(rows: Map<string, Part & { sampledFrom: number }>, { event, rate }: EventCost, field: MeasuredField, share: number, byteMoney: number): { readonly bytes: number; readonly removed: number } {
  const key = JSON.stringify([event.signal, field.place, field.key]);
  const row = rows.get(key) ?? { ...emptyPart(key, fieldLabel(field)), signal: event.signal, field: { place: field.place, key: field.key }, sampledFrom: 0 };
  const bytes = rate.bytesPerSecond * share;
  const removed = event.removed.bytesPerSecond * share;
  rows.set(key, { ...added(row, rate.recordsPerSecond * field.presence, bytes, bytes * byteMoney, removed * byteMoney), sampledFrom: row.sampledFrom + event.looked });
  return { bytes, removed };
}

const added = <P extends Part>(part: P, records: number, bytes: number, perMonth: number, saved: number): P => ({
  ...part, recordsPerSecond: part.recordsPerSecond + records, bytesPerSecond: part.bytesPerSecond + bytes, perMonth: part.perMonth + perMonth, savedPerMonth: part.savedPerMonth + saved,
});

/** Nothing is left but rounding. */
const clean = (left: number): number => (Math.abs(left) < 1e-12 ? 0 : left);
