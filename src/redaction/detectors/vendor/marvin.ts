// Marvin32, the 32-bit hash that Azure's identifiable keys carry as their checksum, seeded with eight ASCII characters that
// name the kind of key. Source: .NET's Marvin.cs and microsoft/security-utilities.

const rotate = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0;

/** The hash of `data` as an unsigned 32-bit number. `seed` is eight ASCII characters: the first four are the high word. */
export function marvin32(data: Uint8Array, seed: string): number {
  let low = word(seed, 4);
  let high = word(seed, 0);
  const block = (more: number): void => {
    low = (low + more) >>> 0;
    high = (high ^ low) >>> 0;
    low = (rotate(low, 20) + high) >>> 0;
    high = (rotate(high, 9) ^ low) >>> 0;
    low = (rotate(low, 27) + high) >>> 0;
    high = rotate(high, 19);
  };
  const whole = data.length - (data.length % 4);
  for (let i = 0; i < whole; i += 4) block((data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24)) >>> 0);
  let last = 0x80;
  for (let i = data.length - 1; i >= whole; i--) last = (last << 8) | data[i]!;
  block(last >>> 0);
  block(0);
  return (low ^ high) >>> 0;
}

const word = (seed: string, at: number): number => {
  let value = 0;
  for (let i = at; i < at + 4; i++) value = (value << 8) | seed.charCodeAt(i);
  return value >>> 0;
};
