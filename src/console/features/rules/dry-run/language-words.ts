// A script's outputs in words.
import type { RuleBounds } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import type { LanguageDryRunCall, LanguageDryRunResult } from '../../../../rules/index.ts';
import { formatCount } from '../../../ui/index.ts';

export interface CallLine { readonly kind: 'log' | 'emit' | 'metric' | 'action' | 'held'; readonly label: string; readonly text: string }

/** What one call came to, without its error: logs first, as they were written before what followed. */
export function linesOf({ logs, emit, metrics, actions, notRun }: Pick<LanguageDryRunCall, 'logs' | 'emit' | 'metrics' | 'actions' | 'notRun'>): readonly CallLine[] {
  return [
    ...logs.map((text): CallLine => ({ kind: 'log', label: 'log', text })),
    ...emit.map(({ eventName, body, severityNumber, attributes }): CallLine => ({ kind: 'emit', label: 'emits', text: [eventName, valueWords(body), severityNumber === 9 ? '' : `severity ${severityNumber}`, attributeWords(attributes)].filter(part => part !== '').join('  ') })),
    ...metrics.map(({ name, value, unit, kind, attributes }): CallLine => ({ kind: 'metric', label: kind === 'sum' ? 'adds' : 'measures', text: [`${name} ${kind === 'sum' ? '+' : '='} ${value}${unit === '' ? '' : ` ${unit}`}`, attributeWords(attributes)].filter(part => part !== '').join('  ') })),
    ...actions.map(({ action, parameters }): CallLine => ({ kind: 'action', label: 'would start', text: Object.keys(parameters).length === 0 ? action : `${action} ${JSON.stringify(parameters)}` })),
    ...notRun.map(({ action, because }): CallLine => ({ kind: 'held', label: 'held back', text: `${action}: ${because}` })),
  ];
}

/** `queue=orders depth=7`. */
export const attributeWords = (attributes: Readonly<Record<string, Value>>): string => Object.entries(attributes).map(([name, value]) => `${name}=${valueWords(value)}`).join(' ');

const valueWords = (value: Value): string => (value === null ? '' : typeof value === 'object' ? JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) : String(value));

export const errorWords = ({ message, line, column }: NonNullable<LanguageDryRunCall['error']>): string => (line === null ? message : `${message}, line ${line}, column ${column ?? 1} of the script`);

/** What a call costs here, and how many of them the rule's share of a core would have room for. */
export function costWords({ cpu }: Pick<LanguageDryRunResult, 'cpu'>, bounds: RuleBounds | null): string {
  if (cpu === null) return 'Too few calls to say what one costs.';
  const each = `About ${Number(cpu.median.toPrecision(2))} µs a call on this machine`;
  return bounds === null || cpu.median <= 0 ? `${each}.` : `${each}: ${Number((bounds.cpuShare * 100).toPrecision(2))} % of a core has room for some ${formatCount(Math.round((bounds.cpuShare * 1e6) / cpu.median))} a second.`;
}
