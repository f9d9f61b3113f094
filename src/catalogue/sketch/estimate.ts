// How many distinct values registers of a HyperLogLog stand for. The estimator of Ertl, "New cardinality estimation algorithms for
// HyperLogLog sketches" (2017), section 2: unbiased from one value to 2^50 with neither tables nor a threshold between two formulas.

/** `counts[k]`: registers of value k, k from 0 to `most`; their sum is a power of two. */
export function estimate(counts: readonly number[], most: number): number {
  const registers = counts.reduce((sum, count) => sum + count, 0);
  if (counts[0] === registers) return 0;
  let z = registers * tau(1 - counts[most]! / registers);
  for (let k = most - 1; k >= 1; k--) z = 0.5 * (z + counts[k]!);
  z += registers * sigma(counts[0]! / registers);
  return (registers * registers) / (2 * Math.LN2 * z);
}

/** x + sum over k of x^(2^k) 2^(k-1); infinite at 1. */
function sigma(x: number): number {
  if (x === 1) return Infinity;
  let [y, z, power] = [1, x, x];
  for (let last = -1; last !== z;) {
    power *= power;
    last = z;
    z += power * y;
    y += y;
  }
  return z;
}

/** (1 - x - sum over k of (1 - x^(2^-k))^2 2^-k) / 3. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let [y, z, root] = [1, 1 - x, x];
  for (let last = -1; last !== z;) {
    root = Math.sqrt(root);
    last = z;
    y *= 0.5;
    z -= (1 - root) ** 2 * y;
  }
  return z / 3;
}
