// An event in KQL: the condition that holds for its records and for no others.
import { fieldText, kqlString, type TemplateTable } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { MeasuredEvent } from '../measured-event.ts';

export const tableOf: Readonly<Record<Signal, TemplateTable>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };

/** Events that a rule can name: not the rest of them, folded. */
export const isNameable = ({ source }: Pick<MeasuredEvent, 'source'>): boolean => source !== 'folded';

/** `EventName == "x" and ServiceName == "y"`; what has neither name nor place in code goes by its durable id. */
export function eventCondition({ signal, source, id, service }: Pick<MeasuredEvent, 'signal' | 'source' | 'id' | 'service'>): string {
  return `${idCondition(signal, source, id)} and ${service === '' ? 'isempty(ServiceName)' : `ServiceName == ${kqlString(service)}`}`;
}

function idCondition(signal: Signal, source: MeasuredEvent['source'], id: string): string {
  if (signal === 'spans') return `Name == ${kqlString(id)}`;
  if (signal === 'metrics') return `MetricName == ${kqlString(id)}`;
  if (source === 'event-name') return `EventName == ${kqlString(id)}`;
  return source === 'none' && id === '' ? 'isempty(DurableId)' : `DurableId == ${kqlString(id)}`;
}

export const ruleText = (event: MeasuredEvent, where: readonly string[], tail: readonly string[]): string =>
  [tableOf[event.signal], `where ${eventCondition(event)}`, ...where.map((condition) => `where ${condition}`), ...tail].join('\n| ');

export const attributeText = (key: string): string => fieldText({ in: 'Attributes', name: key });
