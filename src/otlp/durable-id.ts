// The durable id of a record: the stable name of the line of code that emitted it (product.md). Event name, else the code's
// file and line, else the template of its body, for which the view must say who names templates.
import type { LazyCursor } from './cursor.ts';
import { decodeAnyValue } from './any-value.ts';
import { encodeUtf8 } from '../base/index.ts';
import { hashBytes, hashedUpTo, hashOn, hashOnLine } from './hash.ts';
import { found, stringIn } from './key-value.ts';
import { jsonText } from './text-form.ts';
import type { RecordCursor, TemplateNames } from './types.ts';

export type DurableIdSource = 'event-name' | 'code-location' | 'template' | 'span-name' | 'metric-name' | 'none';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
/** Semantic conventions since 1.33, then the names that they replaced. */
const locationKeys = [
  [ascii('code.file.path'), ascii('code.line.number')],
  [ascii('code.filepath'), ascii('code.lineno')],
] as const;

/** Logs: the event name, else `file:line` of the code attributes, else the id of the body's template where templates are known, else null. Spans: the name. Metrics: the metric name. */
export function durableId(cursor: RecordCursor): { readonly id: string | null; readonly source: DurableIdSource } {
  const own = cursor as LazyCursor;
  const { signal } = own.view;
  if (own.nameSlice()) return { id: own.sliceText(), source: signal === 'logs' ? 'event-name' : signal === 'spans' ? 'span-name' : 'metric-name' };
  const location = signal === 'logs' ? codeLocation(own) : null;
  if (location !== null) return { id: location, source: 'code-location' };
  const template = templateOf(own);
  return template < 0 ? { id: null, source: 'none' } : { id: own.view.templates!.idOf(template), source: 'template' };
}

/** `file:line` of the record's code attributes, of whatever signal; null when it has none. */
export function codeLocation(cursor: RecordCursor): string | null {
  for (const [fileKey, lineKey] of locationKeys) {
    const file = cursor.attribute(fileKey);
    const line = cursor.attribute(lineKey);
    if (typeof file === 'string' && file !== '' && line !== null) return `${file}:${String(line)}`;
  }
  return null;
}

/** Finds the id's bytes where they lie in one piece: a name. A `file:line` id has to be read with `durableId`. */
export function durableIdSlice(cursor: LazyCursor): boolean { return cursor.nameSlice(); }

/** hashBytes of the id's UTF-8 bytes, 0 when there is none: rules and counts are found by it. Reads what it must and makes no id. */
export function durableIdHash(cursor: RecordCursor): number {
  const name = cursor.eventNameHash();
  if (name !== 0 || cursor.view.signal !== 'logs') return name;
  const own = cursor as LazyCursor;
  const location = locationHash(own);
  if (location !== 0) return location;
  const template = templateOf(own);
  return template < 0 ? 0 : own.view.templates!.hashOf(template);
}

/** Number of the template of a log's body, -1 when it has none or nobody names templates. Of a structured body its JSON text is looked at. */
export const templateNumber = (cursor: RecordCursor): number => templateOf(cursor as LazyCursor);

function templateOf(own: LazyCursor): number {
  const { templates } = own.view;
  if (templates === null || own.view.signal !== 'logs') return -1;
  const scope = scopeHash(own);
  if (!own.bodySlice()) return -1;
  if (!stringIn(own.bytes, own.sliceStart, own.sliceEnd)) return structured(own, templates, scope);
  return found.end === found.start ? -1 : templates.numberOf(own.bytes, found.start, found.end, scope);
}

function structured(own: LazyCursor, templates: TemplateNames, scope: number): number {
  const value = decodeAnyValue(own.bytes, own.sliceStart, own.sliceEnd);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return -1;
  const text = encodeUtf8(jsonText(value));
  return templates.numberOf(text, 0, text.length, scope);
}

function scopeHash({ around, bytes, view, index }: LazyCursor): number {
  around.enterScope(view.scopeNodeOf(index));
  const { start, end } = around.scopeName;
  return end > start ? hashBytes(bytes, start, end) : 0;
}

function locationHash(own: LazyCursor): number {
  for (const [fileKey, lineKey] of locationKeys) {
    if (!own.attributeSlice(fileKey)) continue;
    const file = hashedUpTo(own.bytes, own.sliceStart, own.sliceEnd);
    const line = own.attribute(lineKey);
    if (line !== null) return typeof line === 'number' ? hashOnLine(file, line) : hashOn(file, `:${String(line)}`);
  }
  return 0;
}
