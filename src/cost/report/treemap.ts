// Money as nested areas: service, its events, their fields. What is beyond the bounds is one node of its own, so that areas add up.
import type { CostRow, PriceTable } from '../../model/index.ts';
import { eventKey, type MeasuredEvent } from '../measured-event.ts';
import { perBytePerSecond } from '../prices/index.ts';
import { everythingElse, fieldLabel, fieldShares } from './field-rows.ts';
import { costOf, type EventCost } from './row.ts';

export interface CostNode {
  readonly key: string; readonly label: string; readonly kind: 'service' | 'event' | 'field' | 'rest';
  /** Money a month; the sum of the children where there are any. */
  readonly perMonth: number;
  readonly event: Pick<CostRow, 'signal' | 'service' | 'durableId'> | null;
  readonly children: readonly CostNode[];
}

export interface TreemapBounds { readonly services: number; readonly events: number; readonly fields: number }
const usualBounds: TreemapBounds = { services: 30, events: 40, fields: 12 };

/** Largest first on every level. */
export function costTreemap(events: readonly MeasuredEvent[], prices: PriceTable, bounds: TreemapBounds = usualBounds): readonly CostNode[] {
  const services = new Map<string, EventCost[]>();
  for (const event of events) {
    const cost = costOf(event, prices);
    const of = services.get(event.service);
    if (of === undefined) services.set(event.service, [cost]); else of.push(cost);
  }
  return bounded([...services].map(([service, costs]) => serviceNode(service, costs, prices, bounds)), bounds.services, 'services');
}

function serviceNode(service: string, costs: readonly EventCost[], prices: PriceTable, bounds: TreemapBounds): CostNode {
  const children = bounded(costs.map((cost) => eventNode(cost, prices, bounds)), bounds.events, JSON.stringify([service, 'events']));
  return { key: JSON.stringify([service]), label: service === '' ? '(no service.name)' : service, kind: 'service', perMonth: sum(children), event: null, children };
}

function eventNode({ event, rate, perMonth }: EventCost, prices: PriceTable, bounds: TreemapBounds): CostNode {
  const { signal, service, id } = event;
  const key = eventKey(event);
  const byteMoney = perBytePerSecond(prices, signal);
  const ref = { signal, service, durableId: id };
  const leaf = (label: string, money: number, kind: CostNode['kind']): CostNode => ({ key: `${key} ${label}`, label, kind, perMonth: money, event: ref, children: [] });
  const fields = fieldShares(event).map(({ field, share }) => leaf(fieldLabel(field), rate.bytesPerSecond * share * byteMoney, 'field')).filter((node) => node.perMonth > 0);
  const rest = perMonth - sum(fields);
  const children = fields.length === 0 ? [] : bounded([...fields, ...(rest > 1e-12 ? [leaf(everythingElse, rest, 'rest')] : [])], bounds.fields, `${key} fields`);
  return { key, label: event.label, kind: 'event', perMonth, event: ref, children };
}

function bounded(nodes: readonly CostNode[], most: number, key: string): readonly CostNode[] {
  const sorted = nodes.filter(({ perMonth }) => perMonth > 0).toSorted((a, b) => b.perMonth - a.perMonth || (a.key < b.key ? -1 : 1));
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1);
  return [...sorted.slice(0, most - 1), { key: `${key} rest`, label: `${rest.length} more`, kind: 'rest', perMonth: sum(rest), event: null, children: [] }];
}

const sum = (nodes: readonly CostNode[]): number => nodes.reduce((all, { perMonth }) => all + perMonth, 0);
