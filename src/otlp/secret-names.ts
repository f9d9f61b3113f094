// Names that are not keys: `{name: "password", value: …}` in a map, and `--password` before an argument in a list. Nothing is
// decoded; whether a name is a secret's, others say.
import { ProtoReader, wireBytes } from '../base/index.ts';
import { found, hasKey, stringIn, stringOf } from './key-value.ts';

/** Where `nameBeside` and `optionName` found a name, in the bytes that they were given. */
export const named = { start: 0, end: 0 };

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const nameKeys = ['name', 'key', 'Name', 'Key'].map(ascii);
/** Longer texts name nothing. */
const longestName = 256;
const dash = 0x2d;
const reader = new ProtoReader();

/** Whether the map bytes[start, end) holds a text under `name` or `key`. */
export function nameBeside(bytes: Uint8Array, start: number, end: number): boolean {
  reader.reset(bytes, start, end);
  while (reader.next()) {
    if (reader.wire !== wireBytes || reader.field !== 1 || !nameKeys.some((key) => hasKey(bytes, reader.start, reader.end, key))) continue;
    if (stringOf(bytes, reader.start, reader.end) && found.end - found.start <= longestName) return look(found.start, found.end);
  }
  return false;
}

/** Whether the AnyValue bytes[start, end) is an option of a command without its argument: `-p`, `--password`. */
export function optionName(bytes: Uint8Array, start: number, end: number): boolean {
  if (!stringIn(bytes, start, end) || bytes[found.start] !== dash || found.end - found.start > longestName) return false;
  let from = found.start;
  while (from < found.end && bytes[from] === dash) from++;
  return look(from, found.end);
}

function look(start: number, end: number): boolean {
  named.start = start;
  named.end = end;
  return end > start;
}
