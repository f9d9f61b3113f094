// One event's money by field: what its bytes cost, parted by a sample of its records, and what is paid by the record. All of it, so that it adds up. Pure.
import { everythingElse, fieldLabel, paidByRecord, perBytePerSecond } from '../../../../cost/index.ts';
import type { CostRow, EventDetail, PriceTable } from '../../../../model/index.ts';

export interface FieldMoney { readonly key: string; readonly label: string; readonly perMonth: number; /** Of the event's money, 0 to 1. */ readonly share: number; readonly presence: number | null; readonly distinct: number | null; readonly quiet: boolean }

const mostFields = 12;

export function fieldMoney(row: CostRow, { fieldRows }: Pick<EventDetail, 'fieldRows'>, prices: PriceTable): readonly FieldMoney[] {
  if (row.signal === null || row.perMonth <= 0) return [];
  const own = fieldRows.filter(field => field.share > 0);
  const sum = own.reduce((all, { share }) => all + share, 0);
  // A sample never explains more than there is.
  const scale = sum > 1 ? 1 / sum : 1;
  const byteMoney = row.bytesPerSecond * perBytePerSecond(prices, row.signal);
  const made = (key: string, label: string, perMonth: number, quiet: boolean, presence: number | null = null, distinct: number | null = null): FieldMoney => ({ key, label, perMonth, share: perMonth / row.perMonth, presence, distinct, quiet });
  const fields = own.map(field => made(`${field.place} ${field.key}`, fieldLabel(field), byteMoney * field.share * scale, false, field.presence, field.distinct)).toSorted((a, b) => b.perMonth - a.perMonth);
  const [named, others] = [fields.slice(0, mostFields), fields.slice(mostFields)];
  const rest = byteMoney * Math.max(0, 1 - sum * scale) + others.reduce((all, { perMonth }) => all + perMonth, 0);
  return [...named, ...leftOver(made, everythingElse, rest), ...leftOver(made, paidByRecord, row.perMonth - byteMoney)].filter(({ perMonth }) => perMonth > 0);
}

const leftOver = (made: (key: string, label: string, perMonth: number, quiet: boolean) => FieldMoney, label: string, perMonth: number): readonly FieldMoney[] => (perMonth > 1e-9 ? [made(label, label, perMonth, true)] : []);
