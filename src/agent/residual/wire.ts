// Protobuf as it is on the wire, read so that nothing is lost: every field in its order, also those that come twice, that nobody
// knows, or that a later one replaces; what is no protobuf any more comes as one last field. Apart from src/otlp on purpose.
// Format: https://protobuf.dev/programming-guides/encoding/

export interface Field {
  /** 0: the rest of the message, which cannot be read as fields. */
  readonly no: number;
  /** 0 varint, 1 eight bytes, 2 with a length, 5 four bytes. */
  readonly wire: number;
  /** What it holds; of a varint its bytes. */
  readonly data: Buffer;
}

/** Fields of the message, in order. Groups are read as if their fields were the message's own. */
export function* fieldsOf(message: Buffer): Iterable<Field> {
  let at = 0;
  while (at < message.length) {
    const tagEnd = varintEnd(message, at);
    const tag = tagEnd < 0 ? 0 : Number(varint(message.subarray(at, tagEnd)));
    const [no, wire] = [Math.floor(tag / 8), tag % 8];
    if (no > 0 && (wire === 3 || wire === 4)) { at = tagEnd; continue; }
    const from = wire === 2 ? varintEnd(message, tagEnd) : tagEnd;
    const to = no > 0 && from >= 0 ? endOf(message, wire, tagEnd, from) : -1;
    if (to < 0 || to > message.length) { yield { no: 0, wire: 2, data: message.subarray(at) }; return; }
    yield { no, wire, data: message.subarray(from, to) };
    at = to;
  }
}

/** Messages and texts of field `no`. */
export const held = (message: Buffer, no: number): readonly Buffer[] => [...fieldsOf(message)].flatMap((field) => (field.no === no && field.wire === 2 ? [field.data] : []));

/** Unsigned, from all bytes of it. */
export function varint(bytes: Buffer): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 7n) | BigInt(bytes[i]! & 0x7f);
  return value;
}

/** Ten bytes are the most that 64 bits take. */
const longestVarint = 10;

function varintEnd(message: Buffer, from: number): number {
  for (let i = from; i < message.length && i < from + longestVarint; i++) if (message[i]! < 0x80) return i + 1;
  return -1;
}

function endOf(message: Buffer, wire: number, tagEnd: number, from: number): number {
  if (wire === 0) return varintEnd(message, from);
  if (wire === 1) return from + 8;
  if (wire === 5) return from + 4;
  return wire === 2 ? from + Number(varint(message.subarray(tagEnd, from))) : -1;
}
