// Which of a chart's times a click is about.

/** The nearest of ascending times; undefined when there are none. */
export function nearestTime(times: readonly number[], at: number): number | undefined {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1; else high = middle;
  }
  const [before, after] = [times[low - 1], times[low]];
  return before !== undefined && after !== undefined && at - before < after - at ? before : after;
}
