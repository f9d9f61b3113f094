// A record as the JSON text that becomes the script's `record`: columns as KQL names them. Times are ISO 8601 text, a Duration is
// milliseconds, 64-bit integers beyond the exact range are text, bytes are base64. Telemetry is hostile: depth and length are bounded here,
// so that no record can make a script run out of its memory or stack.
import type { RecordCursor, Value } from '../../otlp/index.ts';
import { encodeBase64 } from '../expr/base64.ts';
import { formatDatetime } from '../values/index.ts';
import type { NamedColumn } from './columns-named.ts';

/** Levels of lists and maps; what lies deeper is null. */
const maxDepth = 16;
/** Characters of one string, and of a record as JSON; what is beyond is cut, or null. */
const maxTextChars = 65_536;
const maxRecordChars = 262_144;

export class RecordText {
  readonly #columns: readonly NamedColumn[];
  /** Resources are the same for many records. */
  #resourceOf = -1;
  #resets = -1;
  #resourceText = '';
  #left = 0;

  constructor(columns: readonly NamedColumn[]) { this.#columns = columns; }

  /** `[unixMs, {…}]`. */
  of(cursor: RecordCursor, unixMs: number): string {
    this.#left = maxRecordChars;
    let text = '';
    for (const { id, name, type } of this.#columns) text += `${text === '' ? '' : ','}"${name}":${name === 'Resource' ? this.#resource(cursor, id) : this.#column(cursor.column(id), type)}`;
    return `[${unixMs},{${text}}]`;
  }

  #resource(cursor: RecordCursor, id: number): string {
    const resource = cursor.view.resourceOf(cursor.index);
    if (resource !== this.#resourceOf || cursor.resets !== this.#resets) {
      this.#resourceOf = resource;
      this.#resets = cursor.resets;
      this.#resourceText = this.#value(cursor.column(id), 0);
    }
    return this.#resourceText;
  }

  #column(value: Value, type: NamedColumn['type']): string {
    if (typeof value !== 'bigint') return this.#value(value, 0);
    if (type === 'datetime') return `"${formatDatetime(value)}"`;
    return type === 'timespan' ? String(Number(value) / 1e6) : `"${value}"`;
  }

  #value(value: Value, depth: number): string {
    switch (typeof value) {
      case 'string': return this.#string(value);
      case 'number': return Number.isFinite(value) ? String(value) : 'null';
      case 'boolean': return value ? 'true' : 'false';
      case 'bigint': return `"${value}"`;
      default: return value === null || depth >= maxDepth || this.#left <= 0 ? 'null' : this.#parts(value, depth + 1);
    }
  }

  #parts(value: object, depth: number): string {
    if (value instanceof Uint8Array) return this.#string(encodeBase64(value.subarray(0, maxTextChars / 2)));
    let text = '';
    if (Array.isArray(value)) {
      for (const one of value as readonly Value[]) if ((this.#left -= 2) > 0) text += `${text === '' ? '' : ','}${this.#value(one, depth)}`;
      return `[${text}]`;
    }
    for (const key of Object.keys(value)) if (this.#left > 0) text += `${text === '' ? '' : ','}${this.#string(key)}:${this.#value((value as Readonly<Record<string, Value>>)[key]!, depth)}`;
    return `{${text}}`;
  }

  #string(value: string): string {
    const most = Math.min(maxTextChars, Math.max(0, this.#left));
    const json = JSON.stringify(value.length > most ? value.slice(0, most) : value);
    this.#left -= json.length;
    return json;
  }
}
