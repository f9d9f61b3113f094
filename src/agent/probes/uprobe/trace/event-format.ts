// How the kernel lays an event out, from its `format` file, and the values in it. Numbers above 2^53 become decimal text, hexadecimal types
// text like 0x7f; a text that could not be read is null. Format: kernel documentation, "Event tracing".
import type { Fetch } from '../arguments.ts';

interface Field { readonly name: string; readonly at: number; readonly bytes: number; readonly isSigned: boolean; readonly isText: boolean; readonly isHex: boolean }
export interface EventFormat { readonly id: number; readonly fields: readonly Field[] }

/** Of one text value. */
const mostCharacters = 1000;

/** Null when it is not what it should be. */
export function parseFormat(text: string, fetches: readonly Fetch[]): EventFormat | null {
  const id = /^ID: (\d+)$/m.exec(text)?.[1];
  const types = new Map(fetches.map(({ name, type }) => [name, type]));
  const fields: Field[] = [];
  for (const [, type, name, at, bytes, isSigned] of text.matchAll(/^\tfield:(.+?) (\w+);\toffset:(\d+);\tsize:(\d+);\tsigned:([01]);$/gm)) {
    if (name === undefined || !types.has(name)) continue;
    fields.push({ name, at: Number(at), bytes: Number(bytes), isSigned: isSigned === '1', isText: type === '__data_loc char[]', isHex: /^x|^$/.test(types.get(name) ?? '') });
  }
  return id === undefined || fields.length !== types.size ? null : { id: Number(id), fields };
}

export const eventIdOf = (record: Buffer): number => record.readUInt16LE(0);
export const threadOf = (record: Buffer): number => record.readInt32LE(4);

export interface Values { readonly values: Record<string, unknown>; readonly isCut: boolean }

export function valuesOf(record: Buffer, { fields }: EventFormat): Values {
  const values: Record<string, unknown> = {};
  let isCut = false;
  for (const field of fields) {
    const value = field.at + field.bytes > record.length ? null : field.isText ? textOf(record, field.at) : numberOf(record, field);
    isCut ||= typeof value === 'string' && value.length > mostCharacters;
    values[field.name] = typeof value === 'string' ? value.slice(0, mostCharacters) : value;
  }
  return { values, isCut };
}

/** Where it is and how long, in one word: low half from the beginning of the record, high half bytes with the zero at the end. */
function textOf(record: Buffer, at: number): string | null {
  const [from, bytes] = [record.readUInt16LE(at), record.readUInt16LE(at + 2)];
  if (bytes === 0 || from + bytes > record.length) return null;
  const text = record.toString('utf8', from, from + bytes);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function numberOf(record: Buffer, { at, bytes, isSigned, isHex }: Field): number | string | null {
  if (bytes === 8) return ofEightBytes(isSigned ? record.readBigInt64LE(at) : record.readBigUInt64LE(at), isHex);
  if (bytes !== 1 && bytes !== 2 && bytes !== 4) return null;
  const value = isSigned ? record.readIntLE(at, bytes) : record.readUIntLE(at, bytes);
  return isHex ? `0x${value.toString(16)}` : value;
}

const ofEightBytes = (value: bigint, isHex: boolean): number | string => {
  if (isHex) return `0x${value.toString(16)}`;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
};
