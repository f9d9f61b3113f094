// What overlaps becomes one finding over the union, so that no part of anything found stays in clear.
import type { Finding } from './types.ts';

/** In order; overlapping findings become one over both, named after the surer. */
export function merged(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const list: Finding[] = [];
  for (const one of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = list.at(-1);
    if (last === undefined || one.start >= last.end) { list.push(one); continue; }
    const surer = one.confidence > last.confidence ? one : last;
    const end = Math.max(last.end, one.end);
    list[list.length - 1] = { start: last.start, end, detector: surer.detector, confidence: surer.confidence, keep: surer.start === last.start ? surer.keep : 0 };
  }
  return list;
}
