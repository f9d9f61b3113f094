// What overlaps becomes one finding over the union, so that no part of anything found stays in clear. It has the name that
// people look for: the vendor's token in a URL is a `github-token`, whatever else is to be said of where it stands.
import { detectors } from './detectors/index.ts';
import type { Detector, DetectorFamily, Finding } from './types.ts';

const vendors: ReadonlySet<DetectorFamily> = new Set(['source-control', 'cloud', 'saas']);
/** Matches `user:token@host` in part. */
const leastTelling = 'email';

/** A form was checked, but it says where a secret stands and not what it is. */
const places: ReadonlySet<string> = new Set(['url-credentials', 'basic-auth', 'bearer-token']);

/** Vendors' formats and a team's own patterns first, then checksums and named structures, then what its surroundings say, e-mail last. */
function rankOf({ name, family, check }: Detector): number {
  if (name === leastTelling) return 3;
  if (vendors.has(family)) return 0;
  return check === 'checksum' || (family === 'structural' && check !== 'context' && !places.has(name)) ? 1 : 2;
}
const rank = new Map(detectors.map((one) => [one.name, rankOf(one)]));

/** Whether `a` names an overlap rather than `b`. */
export function isMoreTelling(a: { readonly detector: string; readonly confidence: number }, b: { readonly detector: string; readonly confidence: number }): boolean {
  const by = (rank.get(a.detector) ?? 0) - (rank.get(b.detector) ?? 0);
  return by === 0 ? a.confidence > b.confidence : by < 0;
}

/** In order; overlapping findings become one over both, named after the more telling. */
export function merged(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const list: Finding[] = [];
  for (const one of inOrder(findings)) {
    const last = list.at(-1);
    if (last === undefined || one.start >= last.end) { list.push(one); continue; }
    const named = isMoreTelling(one, last) ? one : last;
    const end = Math.max(last.end, one.end);
    list[list.length - 1] = { start: last.start, end, detector: named.detector, confidence: named.confidence, keep: named.start === last.start ? named.keep : 0 };
  }
  return list;
}

const isBefore = (a: Finding, b: Finding): boolean => a.start < b.start || (a.start === b.start && a.end > b.end);

/** As they come, which most are in order, or put in order. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  for (let i = 1; i < findings.length; i++) if (isBefore(findings[i]!, findings[i - 1]!)) return findings.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return findings;
}
