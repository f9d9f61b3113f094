// The shape of a value: what kind of characters stand where, and no character of its own. `Aaaa-9999` for `Anna-2041`.
/** Longer values show the start of their shape and their length. */
const longestShape = 40;

export function shapeOf(bytes: Uint8Array, start: number, end: number): string {
  let shape = '';
  let at = start;
  for (; at < end && shape.length < longestShape; at++) {
    const byte = bytes[at]!;
    // The bytes of a character of UTF-8 after its first.
    if ((byte & 0xc0) !== 0x80) shape += shapeChar(byte);
  }
  return at < end ? `${shape}… (${end - start} bytes)` : shape;
}

function shapeChar(byte: number): string {
  if (byte >= 0x30 && byte <= 0x39) return '9';
  if (byte >= 0x41 && byte <= 0x5a) return 'A';
  if ((byte >= 0x61 && byte <= 0x7a) || byte >= 0x80) return 'a';
  return byte <= 0x20 || byte === 0x7f ? ' ' : String.fromCharCode(byte);
}
