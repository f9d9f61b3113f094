// A protobuf walk of the tests' own, independent of Weir's codec (https://protobuf.dev/programming-guides/encoding/).
export interface Field { readonly number: number; readonly wire: number; readonly bytes: Buffer; readonly varint: bigint }

/** The fields of one protobuf message, in order. */
export function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('truncated varint');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const key = Number(varint());
    const wire = key & 7;
    let bytes: Buffer = Buffer.alloc(0);
    let value = 0n;
    if (wire === 0) value = varint();
    else {
      const length = wire === 1 ? 8 : wire === 5 ? 4 : Number(varint());
      bytes = message.subarray(at, at += length);
      if (wire === 1) value = bytes.readBigInt64LE();
    }
    yield { number: key >> 3, wire, bytes, varint: value };
  }
}

export const children = (message: Buffer, number: number): Buffer[] => [...fieldsOf(message)].filter((one) => one.number === number && one.wire === 2).map((one) => one.bytes);
export const text = (message: Buffer, number: number): string => children(message, number).at(-1)?.toString() ?? '';

/** KeyValue lists of OTLP: key is field 1, value field 2 (AnyValue: string 1, bool 2, int 3, double 4). Nested values are left out. */
export function attributesOf(message: Buffer, number: number): Attributes {
  return Object.fromEntries(children(message, number).flatMap((pair) => {
    const value = scalarOf(children(pair, 2).at(-1) ?? Buffer.alloc(0));
    return value === null ? [] : [[text(pair, 1), value]];
  }));
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

function scalarOf(any: Buffer): string | number | boolean | null {
  for (const { number, bytes, varint } of fieldsOf(any)) {
    if (number === 1) return bytes.toString();
    if (number === 2) return varint !== 0n;
    if (number === 3) return Number(BigInt.asIntN(64, varint));
    if (number === 4) return bytes.readDoubleLE();
  }
  return null;
}
