// The durable id of a record: the stable name of the line of code that emitted it (product.md).
import type { LazyCursor } from './cursor.ts';
import { hashedUpTo, hashOn, hashOnLine } from './hash.ts';
import type { RecordCursor } from './types.ts';

export type DurableIdSource = 'event-name' | 'code-location' | 'span-name' | 'metric-name' | 'none';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
/** Semantic conventions since 1.33, then the names that they replaced. */
const locationKeys = [
  [ascii('code.file.path'), ascii('code.line.number')],
  [ascii('code.filepath'), ascii('code.lineno')],
] as const;

/** Logs: the event name, else `file:line` of the code attributes, else null. Spans: the name. Metrics: the metric name. */
export function durableId(cursor: RecordCursor): { readonly id: string | null; readonly source: DurableIdSource } {
  const own = cursor as LazyCursor;
  const { signal } = own.view;
  if (own.nameSlice()) return { id: own.sliceText(), source: signal === 'logs' ? 'event-name' : signal === 'spans' ? 'span-name' : 'metric-name' };
  const location = signal === 'logs' ? codeLocation(own) : null;
  return location === null ? { id: null, source: 'none' } : { id: location, source: 'code-location' };
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
  return name !== 0 || cursor.view.signal !== 'logs' ? name : locationHash(cursor as LazyCursor);
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
