// What pprof and OTLP profiles share below their fields: loops over messages and packed lists that stop with a FormatFault.
import { ProtoReader, signed64, unsigned64, varintEnd, varintHigh, varintLow, wireBytes, wireVarint } from '../../../base/index.ts';
import { FormatFault } from '../fault.ts';

/** Visits the fields of the message bytes[start, end). Fields of unknown numbers are the visitor's to pass over. */
export function eachField(bytes: Uint8Array, start: number, end: number, visit: (field: ProtoReader) => void): void {
  const reader = new ProtoReader().reset(bytes, start, end);
  while (reader.next()) visit(reader);
  if (reader.fault === null) return;
  const whole = start === 0 && end === bytes.length && !reader.fault.includes('wire type') && !reader.fault.includes('number 0');
  if (whole) throw new FormatFault('truncated', `the file ends at byte ${end}, within the field that begins at byte ${reader.faultAt}`);
  throw new FormatFault('malformed', `at byte ${reader.faultAt} ${reader.fault}`);
}

/** The varint at a position that is known to be sound, as a signed 64-bit integer; beyond 2^53 the nearest number. */
export const integerAt = (bytes: Uint8Array, at: number): number => Number(signed64(varintLow(bytes, at), varintHigh(bytes, at)));

/** An id: any unsigned 64 bits, as a number while that is exact. */
export function idAt(bytes: Uint8Array, at: number): number | bigint {
  const high = varintHigh(bytes, at);
  return high < 0x20_0000 ? high * 0x1_0000_0000 + varintLow(bytes, at) : unsigned64(varintLow(bytes, at), high);
}

/** Visits the position of each varint of a repeated field, packed or not. */
export function eachPacked(field: ProtoReader, visit: (at: number) => void): void {
  if (field.wire === wireVarint) return visit(field.start);
  if (field.wire !== wireBytes) throw new FormatFault('malformed', `at byte ${field.fieldStart} a list of integers is written as something else`);
  const { bytes, end } = field;
  for (let at = field.start; at < end;) {
    const after = varintEnd(bytes, at, end);
    if (after < 0) throw new FormatFault('malformed', `at byte ${at} an integer is cut off or too long`);
    visit(at);
    at = after;
  }
}
