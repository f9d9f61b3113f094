// Rows by field: which attribute is the money. A field costs what its bytes cost; what is paid by the record and by the series, whatever is in it, is a
// row of its own, and bytes that no field explains (framing, times, ids, names) are the row "everything else": so the rows are all of the money.
import type { CostRow, PriceTable } from '../../model/index.ts';
import { isAround } from '../around.ts';
import type { MeasuredField } from '../measured-event.ts';
import { perBytePerSecond } from '../prices/index.ts';
import { eachOf, type Steps } from '../steps.ts';
import { emptyPart, type EventCost, type Part } from './row.ts';

export const everythingElse = 'everything else';
/** Money that no field is to blame for: no byte less makes it less. */
export const paidByRecord = 'paid by the record';

/** Of one field of an event, bytes per second: what leaves, and what rules took away. */
interface FieldBytes { readonly field: MeasuredField; readonly bytes: number; readonly removed: number }

/** Fields within the record by their shares of it, and those around it by their part; samples never explain more than there is. */
function fieldBytes({ event, own }: EventCost): readonly FieldBytes[] {
  const within = event.fields.filter((field) => !isAround(field) && field.share > 0);
  const sum = Math.max(1, within.reduce((all, { share }) => all + share, 0));
  return [
    ...within.map((field) => ({ field, bytes: (own.bytesPerSecond * field.share) / sum, removed: (event.removed.bytesPerSecond * field.share) / sum })),
    ...event.fields.filter(isAround).map((field) => ({ field, bytes: own.recordsPerSecond * field.meanBytes * field.presence, removed: 0 })),
  ];
}

const placeNames = { body: 'Body', resource: 'Resource', scope: 'Scope' } as const;

export const fieldLabel = ({ place, key }: Pick<MeasuredField, 'place' | 'key'>): string => (place === 'attribute' ? key : key === '' ? placeNames[place] : `${placeNames[place]}.${key}`);

/** One row per signal and field over all events, and what is left. */
export function* fieldParts(costs: readonly EventCost[], prices: PriceTable): Steps<readonly Part[]> {
  const rows = new Map<string, Part & { sampledFrom: number }>();
  let rest = emptyPart(everythingElse, everythingElse);
  let byRecord = emptyPart(paidByRecord, paidByRecord);
  yield* eachOf(costs, (cost) => {
    const { event, rate, perMonth, savedPerMonth } = cost;
    const byteMoney = perBytePerSecond(prices, event.signal);
    const left = { bytes: rate.bytesPerSecond, removed: event.removed.bytesPerSecond };
    for (const one of fieldBytes(cost)) {
      addField(rows, cost, one, byteMoney);
      left.bytes -= one.bytes;
      left.removed -= one.removed;
    }
    rest = added(rest, rate.recordsPerSecond, clean(left.bytes, rate.bytesPerSecond), clean(left.bytes, rate.bytesPerSecond) * byteMoney, clean(left.removed, event.removed.bytesPerSecond) * byteMoney);
    byRecord = added(byRecord, rate.recordsPerSecond, 0, clean(perMonth - rate.bytesPerSecond * byteMoney, perMonth), clean(savedPerMonth - event.removed.bytesPerSecond * byteMoney, savedPerMonth));
  });
  return [...rows.values(), ...(costs.length > 0 ? [rest] : []), ...(byRecord.perMonth > 0 || byRecord.savedPerMonth > 0 ? [byRecord] : [])];
}

/** One event's money by field, the largest first: what no field explains, and beyond `most` the smallest of them together, stand among them, so that they add up. */
export function moneyByField(cost: EventCost, prices: PriceTable, most: number): CostRow['parts'] {
  const { event, rate, perMonth } = cost;
  const byteMoney = perBytePerSecond(prices, event.signal);
  const fields = fieldBytes(cost).map(({ field, bytes }) => ({ label: fieldLabel(field), perMonth: bytes * byteMoney })).filter((part) => part.perMonth > 0).toSorted((a, b) => b.perMonth - a.perMonth || (a.label < b.label ? -1 : 1));
  const few = fields.slice(0, most);
  const sum = (parts: CostRow['parts']): number => parts.reduce((all, part) => all + part.perMonth, 0);
  const rest = (label: string, money: number): CostRow['parts'] => (money > 1e-12 * Math.max(1, perMonth) ? [{ label, perMonth: money }] : []);
  return [...few, ...rest(`${fields.length - few.length} more fields`, sum(fields.slice(most))), ...rest(everythingElse, rate.bytesPerSecond * byteMoney - sum(fields)), ...rest(paidByRecord, perMonth - rate.bytesPerSecond * byteMoney)].toSorted((a, b) => b.perMonth - a.perMonth);
}

/** Adds a field of one event to its row. */
function addField(rows: Map<string, Part & { sampledFrom: number }>, { event, rate }: EventCost, { field, bytes, removed }: FieldBytes, byteMoney: number): void {
  const key = JSON.stringify([event.signal, field.place, field.key]);
  const row = rows.get(key) ?? { ...emptyPart(key, fieldLabel(field)), signal: event.signal, field: { place: field.place, key: field.key }, sampledFrom: 0 };
  const sum = added(row, rate.recordsPerSecond * field.presence, bytes, bytes * byteMoney, removed * byteMoney);
  rows.set(key, { ...sum, aroundBytesPerSecond: sum.aroundBytesPerSecond + (isAround(field) ? bytes : 0), sampledFrom: row.sampledFrom + event.looked });
}

const added = <P extends Part>(part: P, records: number, bytes: number, perMonth: number, saved: number): P => ({
  ...part, recordsPerSecond: part.recordsPerSecond + records, bytesPerSecond: part.bytesPerSecond + bytes, perMonth: part.perMonth + perMonth, savedPerMonth: part.savedPerMonth + saved,
});

/** Nothing is left of the whole but rounding. */
const clean = (left: number, whole: number): number => (Math.abs(left) < 1e-12 * whole ? 0 : left);
