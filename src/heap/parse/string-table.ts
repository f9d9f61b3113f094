// A snapshot's strings, a million and more: one array of UTF-8 bytes and where each begins. A JavaScript string is made when
// somebody asks for one, so that opening a file makes none.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';

export interface StringTable {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** count + 1 rows: string n is bytes[start[n], start[n + 1]). */
  readonly start: Uint32Array;
}

/** The text of a row; decoded anew each time. */
export const stringAt = (strings: StringTable, row: number): string => decodeUtf8(strings.bytes, strings.start[row]!, strings.start[row + 1]!);

export const byteLengthAt = (strings: StringTable, row: number): number => strings.start[row + 1]! - strings.start[row]!;

/** Does the text of a row begin with these bytes? */
export function startsWithBytes({ bytes, start }: StringTable, row: number, prefix: Uint8Array): boolean {
  const from = start[row]!;
  if (start[row + 1]! - from < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[from + i] !== prefix[i]) return false;
  return true;
}

export const equalsBytes = (strings: StringTable, row: number, text: Uint8Array): boolean => byteLengthAt(strings, row) === text.length && startsWithBytes(strings, row, text);

/** The first row with this text, -1 without one. Reads the table once. */
export function rowOfString(strings: StringTable, text: string): number {
  const wanted = encodeUtf8(text);
  for (let row = 0; row < strings.count; row++) if (equalsBytes(strings, row, wanted)) return row;
  return -1;
}
