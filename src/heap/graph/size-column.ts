// Columns of sizes, in 32 bits where that is enough for the sum of all.
import type { SizeColumn } from '../model.ts';

export function sumOf(sizes: SizeColumn): number {
  let sum = 0;
  for (let row = 0; row < sizes.length; row++) sum += sizes[row]!;
  return sum;
}

/** A copy in which every node may come to hold the sum of all. */
export const roomyCopy = (sizes: SizeColumn, sum: number): SizeColumn => (sum < 2 ** 32 ? Uint32Array.from(sizes) : Float64Array.from(sizes));
