// The hot loop: runs the automaton up to the first byte that ends a shape. Most texts have none, and this is all that they
// cost. A byte waits for the state of the byte before, so a longer text is read in two places at a time: the second begins
// halfway, a shape's length earlier than it counts, behind which its state is what it would have been anyway.
import type { ByteDfa } from './byte-dfa.ts';

/** The automaton's state where `firstAnchor` stopped. */
export const anchor = { before: 0 };
/** A shape ends within so many bytes from there. */
export const anchorStep = 4;

/** Bytes from which two places are worth the bytes that are read twice. */
const leastHalved = 72;

/** From `start` in state `from`: a place from which a shape ends within `anchorStep` bytes, or -1 when there is none. */
export function firstAnchor(dfa: ByteDfa, bytes: Uint8Array, start: number, end: number, from: number): number {
  return end - start < leastHalved ? firstOfShort(dfa, bytes, start, end, from) : firstOfLong(dfa, bytes, start, end, from);
}

function firstOfShort({ classes, next, firstAccepting }: ByteDfa, bytes: Uint8Array, start: number, end: number, from: number): number {
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

function firstOfLong(dfa: ByteDfa, bytes: Uint8Array, start: number, end: number, from: number): number {
  const { classes, next, firstAccepting, longest } = dfa;
  let state = from;
  let far = dfa.start;
  let i = start;
  let k = start + ((end - start - longest) >> 1);
  const middle = k + longest;
  for (; k < middle; k++) far = next[far + classes[bytes[k]!]!]!;
  for (const last = end - 1; k < last; i += 2, k += 2) {
    const first = next[state + classes[bytes[i]!]!]!;
    const farFirst = next[far + classes[bytes[k]!]!]!;
    const second = next[first + classes[bytes[i + 1]!]!]!;
    const farSecond = next[farFirst + classes[bytes[k + 1]!]!]!;
    if (first >= firstAccepting || second >= firstAccepting) return stop(i, state);
    if (farFirst >= firstAccepting || farSecond >= firstAccepting) break;
    state = second;
    far = farSecond;
  }
  const near = firstOfShort(dfa, bytes, i, middle, state);
  return near >= 0 ? near : firstOfShort(dfa, bytes, k, end, far);
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
