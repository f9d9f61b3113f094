// Failures of a test taken apart: what was looked at, what was expected, what came. The runner writes them as
// `matched: expected 1, came 0`, with whole records below in lines of their own.

export interface FailureLine {
  /** `matched`, `record 1: Body`; the whole sentence where there is nothing to compare. */
  readonly what: string;
  readonly expected: string | null;
  readonly came: string | null;
  /** The lines below: whole records. */
  readonly more: readonly string[];
}

export function failureLine(failure: string): FailureLine {
  const [first = '', ...rest] = failure.split('\n');
  const more = rest.map(line => line.trim()).filter(line => line !== '');
  const compared = /^(.+?): expected (.+), came (.+)$/.exec(first) ?? /^(.+?: number \d+) is (.+), came (.+)$/.exec(first);
  if (compared !== null) return { what: compared[1]!, expected: compared[2]!, came: compared[3]!, more };
  const counted = /^expected (.+), (.+) came out$/.exec(first);
  if (counted !== null) return { what: 'what comes out', expected: counted[1]!, came: counted[2]!, more };
  const missing = /^no data point (.+) came out$/.exec(first);
  if (missing !== null) return { what: 'data points', expected: missing[1]!, came: more[0]?.replace(/^came\s+/, '') ?? 'none', more: more.slice(1) };
  return { what: first, expected: null, came: null, more };
}
