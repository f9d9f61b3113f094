// Why a row costs what it costs, in sentences with every figure. Pure.
import { bytes, everythingElse, explainCost, monthlyCost, paidByRecord } from '../../../../cost/index.ts';
import type { CostRow, PriceTable } from '../../../../model/index.ts';

export function whyOf(row: CostRow, prices: PriceTable): readonly string[] {
  if (row.key === paidByRecord) return ['Paid for each record and each series, whatever is in them. Fewer records make it less; shorter ones do not.'];
  if (row.key === everythingElse) return ['Bytes that are in no attribute and no body: times, ids, names, severities and the framing of each record.'];
  if (row.signal === null) return ['Its records are of several signals, each with prices of its own. Its events, one by one, say why.'];
  if (row.field !== null) return [...explainCost({ signal: row.signal, recordsPerSecond: 0, bytesPerSecond: row.bytesPerSecond }, prices), 'What is paid by the record is not counted here: a shorter record costs the same.'];
  return explainCost({ signal: row.signal, recordsPerSecond: row.recordsPerSecond, bytesPerSecond: row.bytesPerSecond, series: seriesIn(row, prices) }, prices, true).concat(aroundWords(row));
}

/** From here on it is worth saying. */
const leastAround = 0.01;

/** Requests with few records say much once. */
const aroundWords = ({ aroundBytesPerSecond, bytesPerSecond }: CostRow): readonly string[] => (aroundBytesPerSecond <= leastAround * bytesPerSecond ? []
  : [`Of its bytes, about ${bytes(aroundBytesPerSecond)}/s are what each request says once: attributes of the resource and the scope. Larger batches make it less; rules on records do not.`]);

/** Series that its money is of: what records and bytes do not explain. Agents count the values of each attribute, so that they are a lower bound. */
function seriesIn(row: CostRow, prices: PriceTable): number {
  if (row.signal !== 'metrics' || prices.perSeriesMonth === null || prices.perSeriesMonth === 0) return 0;
  const { total } = monthlyCost({ signal: 'metrics', recordsPerSecond: row.recordsPerSecond, bytesPerSecond: row.bytesPerSecond }, prices);
  return Math.max(0, Math.round((row.perMonth - total) / prices.perSeriesMonth));
}
