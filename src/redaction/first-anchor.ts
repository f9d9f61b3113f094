// The hot loop: runs the automaton up to the first byte that ends a shape. Most texts have none, and this is all that they
// cost. Four bytes a turn, with one branch for all four: the look-ups of one byte then overlap those of the next.
import type { ByteDfa } from './byte-dfa.ts';

/** The automaton's state where `firstAnchor` stopped. */
export const anchor = { before: 0 };
/** A shape ends within so many bytes from there. */
export const anchorStep = 4;

/** From `start` in state `from`: a place from which a shape ends within `anchorStep` bytes, or -1 when there is none. */
export function firstAnchor(dfa: ByteDfa, bytes: Uint8Array, start: number, end: number, from: number): number {
  const { classes, next, firstAccepting } = dfa;
  let state = from;
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
  anchor.before = before;
  return at;
}

/** Whether a shape ends in the UTF-8 of `text`, without encoding it; true also when that cannot be told so. */
export function textMayMatch(dfa: ByteDfa, text: string): boolean {
  const { classes, next, firstAccepting } = dfa;
  if (!dfa.skipsNonAscii) return true;
  let state = dfa.start;
  let i = 0;
  for (const last = text.length - 3; i < last; i += 4) {
    const first = next[state + classes[byteOf(text.charCodeAt(i))]!]!;
    const second = next[first + classes[byteOf(text.charCodeAt(i + 1))]!]!;
    const third = next[second + classes[byteOf(text.charCodeAt(i + 2))]!]!;
    state = next[third + classes[byteOf(text.charCodeAt(i + 3))]!]!;
    if (first >= firstAccepting || second >= firstAccepting || third >= firstAccepting || state >= firstAccepting) return true;
  }
  for (; i < text.length; i++) {
    state = next[state + classes[byteOf(text.charCodeAt(i))]!]!;
    if (state >= firstAccepting) return true;
  }
  return false;
}

const byteOf = (unit: number): number => (unit < 0x80 ? unit : 0x80);
