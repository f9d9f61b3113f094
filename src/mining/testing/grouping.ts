// Grouping accuracy as the LogPAI benchmarks measure it: the share of lines whose group, by what was found, is exactly the group of
// the ground truth: the same lines, none missing and none added.

export function groupingAccuracy(truth: readonly (number | string)[], found: readonly (number | string)[]): number {
  const truthSizes = sizes(truth);
  const foundSizes = sizes(found);
  const pairs = sizes(truth.map((label, i) => `${label}\u0000${found[i]}`));
  let right = 0;
  for (let i = 0; i < truth.length; i++) {
    const pair = pairs.get(`${truth[i]}\u0000${found[i]}`);
    if (pair === truthSizes.get(truth[i]!) && pair === foundSizes.get(found[i]!)) right++;
  }
  return truth.length === 0 ? 1 : right / truth.length;
}

function sizes<T>(labels: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
