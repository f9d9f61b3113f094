// The hot loop: runs the automaton up to the first byte that ends a shape. Most texts have none, and this is all that they
// cost. Four bytes a turn, with one branch for all four: the look-ups of one byte then overlap those of the next.
import type { ByteDfa } from './byte-dfa.ts';

/** Where `firstAnchor` stopped: up to three bytes before the end of the shape, and the automaton's state there. */
export const anchor = { at: 0, before: 0 };

/** Zero or more when a shape ends in bytes[start, end): then `anchor` is where to go on byte by byte. Else -1. */
export function firstAnchor(dfa: ByteDfa, bytes: Uint8Array, start: number, end: number): number {
  const { classes, next, firstAccepting } = dfa;
  let state = dfa.start;
  let i = start;
  for (const last = end - 3; i < last; i += 4) {
    const first = next[state + classes[bytes[i]!]!]!;
    const second = next[first + classes[bytes[i + 1]!]!]!;
    const third = next[second + classes[bytes[i + 2]!]!]!;
    const fourth = next[third + classes[bytes[i + 3]!]!]!;
    if (first >= firstAccepting || second >= firstAccepting || third >= firstAccepting || fourth >= firstAccepting) return stop(i, state);
    state = fourth;
  }
  for (; i < end; i++) {
    const after = next[state + classes[bytes[i]!]!]!;
    if (after >= firstAccepting) return stop(i, state);
    state = after;
  }
  return -1;
}

function stop(at: number, before: number): number {
  anchor.at = at;
  anchor.before = before;
  return at;
}
