// A hash of bytes as two 32-bit halves that look independent: what a sketch needs of 64 bits, without bigints. Two lanes over the
// bytes in one pass, then mixed with each other (the finalisers of MurmurHash3). The same on every machine: sketches of agents merge.

/** The halves of the last `hashValue`; one object, read at once. */
export const halves = { first: 0, second: 0 };

/** Longer values are known by their ends and their length: a value of a megabyte costs no more than one of a kilobyte. */
const whole = 1024;
const ends = 512;

export function hashValue(bytes: Uint8Array, start: number, end: number): void {
  const length = end - start;
  if (length <= whole) { lanes(bytes, start, end, length | 0, 0); return; }
  lanes(bytes, start, start + ends, length | 0, 0);
  lanes(bytes, end - ends, end, halves.first, halves.second);
}

function lanes(bytes: Uint8Array, start: number, end: number, seed: number, other: number): void {
  let a = 0x811c9dc5 ^ seed;
  let b = 0x9747b28c ^ other;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(((b << 5) | (b >>> 27)) ^ byte, 0x5bd1e995);
  }
  const left = mixed(a ^ Math.imul(b, 0x85ebca6b));
  halves.first = left;
  halves.second = mixed(b ^ left);
}

/** A bijection of 32 bits under which one bit of input changes half of the output. */
export function mixed(value: number): number {
  let mix = value ^ (value >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix ^= mix >>> 13;
  mix = Math.imul(mix, 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
