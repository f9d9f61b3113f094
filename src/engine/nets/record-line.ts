// A record as one line: what it is called, what it says, its attributes. Of what redaction has left, and bounded.
import { cutText } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { columnId, type RecordCursor, type Value } from '../../otlp/index.ts';
import { isBag, toText } from '../values/index.ts';

const mostText = 240;
const mostValue = 60;
const mostAttributes = 12;

const columns: Readonly<Record<Signal, readonly string[]>> = { logs: ['SeverityText', 'EventName', 'Body'], spans: ['Name', 'Kind', 'StatusCode', 'Duration'], metrics: ['MetricName', 'Value'] };

export function recordLine(cursor: RecordCursor): string {
  const { signal } = cursor.view;
  const heads = columns[signal].map((name) => short(cursor.column(columnId(signal, name)))).filter((text) => text !== '');
  const attributes = cursor.column(columnId(signal, 'Attributes'));
  const pairs = isBag(attributes) ? Object.entries(attributes).slice(0, mostAttributes).map(([key, value]) => `${key.slice(0, mostValue)}=${short(value as Value)}`) : [];
  return cutText([...heads, ...pairs].join(' '), mostText);
}

function short(value: Value): string {
  const text = (value === null ? '' : toText(value, 'dynamic').slice(0, mostText)).replaceAll(/\s+/g, ' ');
  return text.length <= mostValue ? text : `${text.slice(0, mostValue - 1)}…`;
}
