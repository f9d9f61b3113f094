// Base-128 varints as protobuf writes them: seven bits a byte, lowest first, at most ten bytes. Pure functions over a
// byte array and a position, so that hot loops allocate nothing; callers take the one-byte case inline.

/** The position after the varint at `at`, or -1 when it runs past `end` or past ten bytes. */
export function varintEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = at + 10 < end ? at + 10 : end;
  for (let i = at; i < limit; i++) if (bytes[i]! < 0x80) return i + 1;
  return -1;
}

/** The low 32 bits, unsigned, of a varint whose extent is known to be sound. */
export function varintLow(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value >>> 0;
}

/** The high 32 bits, unsigned, of a varint whose extent is known to be sound. */
export function varintHigh(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = bytes[at++]!;
    const bits = byte & 0x7f;
    if (shift === 28) value |= bits >>> 4;
    else if (shift > 28) value |= bits << (shift - 32);
    if (byte < 0x80) break;
  }
  return value >>> 0;
}

/** A length: exact up to 2^53, and beyond that some number too large for any buffer. */
export function varintLength(bytes: Uint8Array, at: number): number {
  return varintHigh(bytes, at) * 0x1_0000_0000 + varintLow(bytes, at);
}

/** Two 32-bit halves as a signed 64-bit integer: a number while that is exact, a bigint beyond. */
export function signed64(low: number, high: number): number | bigint {
  const value = (high | 0) * 0x1_0000_0000 + (low >>> 0);
  return Number.isSafeInteger(value) ? value : BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
}

const halves = new DataView(new ArrayBuffer(8));

/** Two 32-bit halves as an unsigned 64-bit bigint; one allocation, no bigint arithmetic. */
export function unsigned64(low: number, high: number): bigint {
  halves.setUint32(0, low, true);
  halves.setUint32(4, high, true);
  return halves.getBigUint64(0, true);
}
