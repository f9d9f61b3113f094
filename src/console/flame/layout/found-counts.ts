// How many boxes before each were found: whether a merged run holds a find is then one subtraction.

/** As long as the boxes and one more. */
export function foundCounts(found: Uint8Array): Int32Array {
  const counts = new Int32Array(found.length + 1);
  for (let box = 0, sum = 0; box < found.length; box++) {
    if (found[box] !== 0) sum++;
    counts[box + 1] = sum;
  }
  return counts;
}

/** Whether any of `from .. to` was found. */
export const anyFound = (counts: Int32Array, from: number, to: number): boolean => counts[to]! > counts[from]!;
