// An event in KQL: the condition that holds for its records and for no others.
import { fieldText, kqlString, type TemplateTable } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import type { MeasuredEvent } from '../measured-event.ts';

export const tableOf: Readonly<Record<Signal, TemplateTable>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };

/** Events that a rule can name: not the rest of them, folded. */
export const isNameable = ({ source }: Pick<MeasuredEvent, 'source'>): boolean => source !== 'folded';

/** `event("x") and ServiceName == "y"`, which goes on to hold when the event is renamed; what has no name goes by the durable id of its template, which
 *  is followed when the template is generalised. */
export function eventCondition({ source, id, service }: Pick<MeasuredEvent, 'source' | 'id' | 'service'>): string {
  return `${idCondition(source, id)} and ${service === '' ? 'isempty(ServiceName)' : `ServiceName == ${kqlString(service)}`}`;
}

function idCondition(source: MeasuredEvent['source'], id: string): string {
  // Spans and metrics may have an empty name.
  if (id === '') return 'isempty(DurableId)';
  return source === 'template' || source === 'none' ? `DurableId == ${kqlString(id)}` : `event(${kqlString(id)})`;
}

export const ruleText = (event: MeasuredEvent, where: readonly string[], tail: readonly string[]): string =>
  [tableOf[event.signal], `where ${eventCondition(event)}`, ...where.map((condition) => `where ${condition}`), ...tail].join('\n| ');

export const attributeText = (key: string): string => fieldText({ in: 'Attributes', name: key });
