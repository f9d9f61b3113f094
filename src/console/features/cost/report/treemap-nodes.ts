// The report as nested areas: events by service, and within each its fields; everything else flat. What the report does not name is one grey area, so that areas add up. Pure.
import { bytes, everythingElse } from '../../../../cost/index.ts';
import type { CostReport, CostRow } from '../../../../model/index.ts';
import { formatMoney, formatPercent, type TreemapNode } from '../../../ui/index.ts';
import { isLeftOver } from './rows.ts';

export const restKey = '(rest)';
const mostAreas = 60;

export function treemapNodes(report: CostReport): readonly TreemapNode[] {
  const measure = measureOf(report);
  const rows = report.rows.filter(row => measure(row) > 0).slice(0, mostAreas);
  const left = report.totalPerMonth > 0 ? report.totalPerMonth - rows.reduce((sum, { perMonth }) => sum + perMonth, 0) : 0;
  const rest: readonly TreemapNode[] = left > 1e-9 ? [{ key: restKey, label: 'others', value: left, says: `${formatMoney(left)} ${report.currency} a month`, quiet: true }] : [];
  const areas = rows.map(row => ({ service: row.service ?? '', node: areaOf(row, measure(row), report.currency) }));
  return [...(report.by === 'event' ? byService(areas) : areas.map(({ node }) => node)), ...rest];
}

/** Within less of the money than this no field could be seen. */
const leastShare = 0.03;

/** Which field is the money: the innermost areas. Where nothing has a price there are none. */
function childrenOf({ key, parts, share }: CostRow, value: number, currency: string): Pick<TreemapNode, 'children'> {
  if (parts.length < 2 || share < leastShare) return {};
  return { children: parts.map(({ label, perMonth }) => ({ key: `${key}${fieldMark}${label}`, label, value: perMonth, quiet: label === everythingElse, says: `${formatMoney(perMonth)} ${currency} a month, ${formatPercent(perMonth / value)} of the event` })) };
}

/** No key of an event has a line break. */
const fieldMark = '\nfield ';
/** The row that an area belongs to. */
export const rowKeyOf = (key: string): string => key.split(fieldMark)[0] ?? key;

/** Money; bytes while nothing has a price. */
const measureOf = ({ totalPerMonth }: CostReport) => (row: CostRow): number => (totalPerMonth > 0 ? row.perMonth : row.bytesPerSecond);

const areaOf = (row: CostRow, value: number, currency: string): TreemapNode => ({
  key: row.key, label: row.label, ...childrenOf(row, value, currency), value, ...(isLeftOver(row) ? { quiet: true } : {}), says: `${formatMoney(row.perMonth)} ${currency} a month, ${formatPercent(row.share)}, ${bytes(row.bytesPerSecond)}/s`,
});

function byService(areas: readonly { readonly service: string; readonly node: TreemapNode }[]): readonly TreemapNode[] {
  const groups = Map.groupBy(areas, ({ service }) => service);
  const nodes = [...groups].map(([service, of]): TreemapNode => {
    const value = of.reduce((sum, { node }) => sum + node.value, 0);
    return { key: `service ${service}`, label: service === '' ? '(no service.name)' : service, value, says: `${of.length} of its events`, children: of.map(({ node }) => node) };
  });
  return nodes.toSorted((a, b) => b.value - a.value);
}
