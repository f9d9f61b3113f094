// A part of a record that rules ask about: a text column or one attribute, found as bytes.
import type { Expr } from '../../../kql/index.ts';
import { attributeKey, type RecordCursor } from '../../../otlp/index.ts';
import type { Bindings } from '../../record/index.ts';

export interface Field {
  /** The same for two expressions that mean the same part. */
  readonly id: string;
  /** Rules are found by its whole text anyway. */
  readonly isKey: boolean;
  /** True when it is a text: then the cursor's slice is its bytes. */
  readonly slice: (cursor: RecordCursor) => boolean;
  /** It is no text, and there all the same. */
  readonly isOther: (cursor: RecordCursor) => boolean;
}

/** Null for what is computed, and for what has no bytes of its own. */
export function fieldOf(given: Expr, bindings: Bindings): Field | null {
  const expr = given.k === 'call' && given.fn === 'tostring' && given.args.length === 1 ? given.args[0]! : given;
  if (expr.k === 'column') return columnField(expr.name, bindings);
  if (expr.k !== 'member' || expr.base.k !== 'column' || expr.key.k !== 'literal' || typeof expr.key.value !== 'string') return null;
  const bag = bindings.get(expr.base.name);
  return expr.base.name === 'Attributes' && bag?.kind === 'record' ? attributeField(expr.key.value) : null;
}

/** Columns of text that lie whole in the record or around it. */
const textColumns: ReadonlySet<string> = new Set(['Body', 'SeverityText', 'EventName', 'Name', 'StatusMessage', 'TraceState', 'ScopeName', 'ServiceName', 'MetricName']);

const keys: ReadonlySet<string> = new Set(['EventName', 'Name', 'MetricName', 'ServiceName']);

function columnField(name: string, bindings: Bindings): Field | null {
  const binding = bindings.get(name);
  if (binding?.kind !== 'record' || !textColumns.has(name)) return null;
  const { id } = binding;
  return { id: `column ${id}`, isKey: keys.has(name), slice: (cursor) => cursor.slice(id), isOther: name === 'Body' ? (cursor) => cursor.column(id) !== null : () => false };
}

function attributeField(name: string): Field {
  const key = attributeKey(name);
  return { id: `attribute ${name}`, isKey: false, slice: (cursor) => cursor.attributeSlice(key), isOther: (cursor) => cursor.attribute(key) !== null };
}
