// xxHash64 with seed 0, from the algorithm's published description. For KQL's `hash`; not for hot paths.

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => u64((value << by) | (value >> (64n - by)));
const round = (sum: bigint, input: bigint): bigint => u64(rotate(u64(sum + input * prime2), 31n) * prime1);
const merge = (hash: bigint, sum: bigint): bigint => u64((hash ^ round(0n, sum)) * prime1 + prime4);

/** Unsigned 64 bits. */
export function xxHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let hash = prime5;
  if (bytes.length >= 32) {
    const sums = [u64(prime1 + prime2), prime2, 0n, u64(-prime1)];
    for (; at + 32 <= bytes.length; at += 32) for (let lane = 0; lane < 4; lane++) sums[lane] = round(sums[lane]!, view.getBigUint64(at + lane * 8, true));
    hash = u64(rotate(sums[0]!, 1n) + rotate(sums[1]!, 7n) + rotate(sums[2]!, 12n) + rotate(sums[3]!, 18n));
    for (const sum of sums) hash = merge(hash, sum);
  }
  hash = u64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) hash = u64(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * prime1 + prime4);
  if (at + 4 <= bytes.length) { hash = u64(rotate(hash ^ u64(BigInt(view.getUint32(at, true)) * prime1), 23n) * prime2 + prime3); at += 4; }
  for (; at < bytes.length; at++) hash = u64(rotate(hash ^ u64(BigInt(bytes[at]!) * prime5), 11n) * prime1);
  hash = u64((hash ^ (hash >> 33n)) * prime2);
  hash = u64((hash ^ (hash >> 29n)) * prime3);
  return hash ^ (hash >> 32n);
}
