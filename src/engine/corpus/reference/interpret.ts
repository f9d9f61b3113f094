// Table operators over plain arrays, one after the other, each in the most obvious way.
import type { Aggregate, NamedExpr, Operator, SortKey } from '../../../kql/index.ts';
import { evaluate, type Plain, type PlainRow } from './evaluate.ts';

export const interpret = (operators: readonly Operator[], rows: readonly PlainRow[]): readonly PlainRow[] => operators.reduce(apply, rows);

function apply(rows: readonly PlainRow[], operator: Operator): readonly PlainRow[] {
  switch (operator.op) {
    case 'where': return rows.filter((row) => evaluate(operator.predicate, row) === true);
    case 'extend': return rows.map((row) => ({ ...row, ...computed(operator.columns, row) }));
    case 'project': return rows.map((row) => computed(operator.columns, row));
    case 'take': return rows.slice(0, Number((operator.count as { value: unknown }).value));
    case 'top': return apply(rows, { op: 'sort', by: operator.by }).slice(0, Number((operator.count as { value: unknown }).value));
    case 'count': return [{ Count: BigInt(rows.length) }];
    case 'sort': return insertionSort(rows, operator.by);
    case 'distinct': return firstOfEach(rows.map((row) => computed(operator.by, row)));
    case 'summarize': return summarize(operator, rows);
    default: throw new Error(`The reference does not know ${operator.op}.`);
  }
}

const computed = (columns: readonly NamedExpr[], row: PlainRow): PlainRow => Object.fromEntries(columns.map(({ name, expr }) => [name, evaluate(expr, row)]));

/** Stable by construction: a row moves forward past rows that must come behind it. */
function insertionSort(rows: readonly PlainRow[], by: readonly SortKey[]): readonly PlainRow[] {
  const out: PlainRow[] = [];
  for (const row of rows) {
    let at = out.length;
    while (at > 0 && before(row, out[at - 1]!, by)) at--;
    out.splice(at, 0, row);
  }
  return out;
}

function before(a: PlainRow, b: PlainRow, by: readonly SortKey[]): boolean {
  for (const { expr, descending, nullsFirst } of by) {
    const [x, y] = [evaluate(expr, a), evaluate(expr, b)];
    if (x === null && y === null) continue;
    if (x === null) return nullsFirst;
    if (y === null) return !nullsFirst;
    if (Number.isNaN(x) && Number.isNaN(y)) continue;
    if (Number.isNaN(x)) return !descending;
    if (Number.isNaN(y)) return descending;
    if (x == y) continue;
    return x < y !== descending;
  }
  return false;
}

const keyText = (value: Plain): string => (typeof value === 'number' || typeof value === 'bigint' ? `number ${value}` : `${typeof value} ${value}`);
const rowText = (row: PlainRow): string => JSON.stringify(Object.values(row).map(keyText));

const firstOfEach = (rows: readonly PlainRow[]): readonly PlainRow[] => rows.filter((row, i) => rows.findIndex((other) => rowText(other) === rowText(row)) === i);

function summarize({ by, aggregates }: Extract<Operator, { op: 'summarize' }>, rows: readonly PlainRow[]): readonly PlainRow[] {
  const keys = rows.map((row) => computed(by, row));
  const groups = by.length === 0 ? [{}] : firstOfEach(keys);
  return groups.map((group) => {
    const members = rows.filter((_, i) => rowText(keys[i]!) === rowText(group));
    return { ...group, ...Object.fromEntries(aggregates.map((one) => [one.name, aggregate(one, members)])) };
  });
}

function aggregate({ fn, args }: Aggregate, rows: readonly PlainRow[]): Plain {
  if (fn === 'count') return BigInt(rows.length);
  if (fn === 'countif') return BigInt(rows.filter((row) => evaluate(args[0]!, row) === true).length);
  const kept = fn === 'sumif' ? rows.filter((row) => evaluate(args[1]!, row) === true) : rows;
  const values = kept.map((row) => evaluate(args[0]!, row)).filter((value) => value !== null);
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  switch (fn) {
    case 'sum': case 'sumif': return args[0]!.type === 'long' ? BigInt.asIntN(64, (values as bigint[]).reduce((sum, value) => sum + value, 0n)) : values.reduce<number>((sum, value) => sum + Number(value), 0);
    case 'avg': return values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
    case 'min': return sorted[0] ?? null;
    case 'max': return sorted.at(-1) ?? null;
    case 'dcount': return BigInt(new Set(values.map(keyText)).size);
    case 'percentile': return nearestRank(sorted, Number((args[1] as { value: unknown }).value));
    default: throw new Error(`The reference does not know ${fn}().`);
  }
}

/** The first value such that at least `share` percent of all are not above it, found by counting. */
function nearestRank(sorted: readonly NonNullable<Plain>[], share: number): Plain {
  return sorted.find((value) => sorted.filter((other) => other <= value).length * 100 >= share * sorted.length) ?? null;
}
