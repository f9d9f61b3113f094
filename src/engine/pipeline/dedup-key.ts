// What makes two records the same to dedup: the columns and attributes that the rule names, or else the line of code that
// emitted them, its service and its text.
import type { Clock } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { attributeKey } from '../../otlp/index.ts';
import type { Fn } from '../expr/index.ts';
import { RecordScope, type RecordSteps } from '../record/index.ts';

const usual: Readonly<Record<Signal, readonly string[]>> = {
  logs: ['ServiceName', 'DurableId', 'SeverityNumber', 'Body'], spans: ['ServiceName', 'Name', 'Kind', 'StatusCode'], metrics: ['ServiceName', 'MetricName', 'Attributes'],
};

/** A name that is no column at the end of the query is an attribute of the record. */
export function dedupKey(names: readonly string[], signal: Signal, steps: RecordSteps, clock: Clock): readonly Fn[] {
  if (names.length === 0) return usual[signal].flatMap((name) => new RecordScope(steps.table, clock).column(name)?.run ?? []);
  const scope = new RecordScope(steps.bindings, clock);
  return names.map((name) => scope.column(name)?.run ?? attribute(name));
}

function attribute(name: string): Fn {
  const key = attributeKey(name);
  return (frame) => frame.cursor.attribute(key);
}
