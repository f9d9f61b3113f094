// What a policy makes of one value, fit to be shown: its own result as it is, and every other secret of the value hidden for display
// only. Pure.
import type { FoundSpan, PolicyExample, Span } from '../../../workers/redact/index.ts';

/** Stands for a secret that this policy leaves alone. Another sign than redaction's bullets: nothing becomes this. */
export const onlyHere = '\u25AA\u25AA\u25AA\u25AA';

/** @param value as it was. @param found by all detectors, in it. Null where the policy leaves nothing. */
export function shownResult(value: string, { text, hidden }: Pick<PolicyExample, 'text' | 'hidden'>, found: readonly FoundSpan[]): string | null {
  if (text === null) return null;
  const own = hidden.toSorted((a, b) => a.start - b.start);
  const results = replacementsOf(value, text, own);
  // Changed in a way that cannot be followed: then only bullets may be said of it.
  if (results === null) return onlyHere;
  const others = found.flatMap((span) => minus(span, own)).toSorted((a, b) => a.start - b.start);
  let [out, at] = ['', 0];
  for (const { start, end, as } of [...others.map((span) => ({ ...span, as: onlyHere })), ...own.map(({ start, end }, i) => ({ start, end, as: results[i]! }))].toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += value.slice(at, start) + as;
    at = end;
  }
  return out + value.slice(at);
}

/** What stands in the result in place of each hidden part: what is between them stands there as it was. */
function replacementsOf(value: string, text: string, own: readonly Span[]): readonly string[] | null {
  const results: string[] = [];
  const first = value.slice(0, own[0]?.start ?? value.length);
  if (!text.startsWith(first)) return null;
  let at = first.length;
  for (const [i, { end }] of own.entries()) {
    const next = value.slice(end, own[i + 1]?.start ?? value.length);
    const stop = i === own.length - 1 ? text.length - next.length : text.indexOf(next, at);
    if (stop < at || !text.startsWith(next, stop)) return null;
    results.push(text.slice(at, stop));
    at = stop + next.length;
  }
  return results;
}

/** The parts of a finding that the policy does not hide, where they hold a letter or a digit. A finding that crosses the edge of what is hidden is about the same secret. */
function minus(span: Span, own: readonly Span[]): readonly Span[] {
  const touching = own.filter(({ start, end }) => start < span.end && end > span.start);
  if (touching.length === 0) return [span];
  if (touching.some(({ start, end }) => start < span.start || end > span.end)) return [];
  const edges = [span.start, ...touching.flatMap(({ start, end }) => [start, end]), span.end];
  return edges.flatMap((start, i) => (i % 2 === 0 && edges[i + 1]! > start ? [{ start, end: edges[i + 1]! }] : []));
}
