// The exact median of a column of any length, in linear time: doubles from 0 on order as their bits do, so two passes over their upper
// 32 bits leave a handful to sort.

const bins = 1 << 16;
const sign = 0x7fff_ffff;
/** Which of a double's two words is the upper one, on this machine. */
const upper = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;

/** values: finite, 0 or more. Of an even number the upper one of the two in the middle; 0 of none. */
export function median(values: Float64Array): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const counts = new Uint32Array(bins);
  for (let at = upper; at < words.length; at += 2) counts[(words[at]! & sign) >>> 16]!++;
  const high = binOf(counts, values.length >> 1);
  counts.fill(0);
  for (let at = upper; at < words.length; at += 2) if ((words[at]! & sign) >>> 16 === high.bin) counts[words[at]! & 0xffff]!++;
  const low = binOf(counts, high.rank);
  const word = high.bin * bins + low.bin;
  return values.filter((_, row) => (words[row * 2 + upper]! & sign) === word).sort()[low.rank] ?? 0;
}

/** In which bin the value of a rank is, and its rank within. */
function binOf(counts: Uint32Array, rank: number): { readonly bin: number; readonly rank: number } {
  let left = rank;
  for (let bin = 0; bin < bins; bin++) {
    if (left < counts[bin]!) return { bin, rank: left };
    left -= counts[bin]!;
  }
  return { bin: 0, rank: 0 };
}
