// Masks as they stand in a text that leaves, as they are or encoded, and whether a candidate is nothing else. Written apart from the
// detectors' own judgement (`marks.ts`), by the same rule: only a public prefix right before bullets, and at most eight characters
// right behind a mask, are excused; of an e-mail address it is the name before the `@` that counts.
import { publicPrefixes } from '../public-prefixes.ts';
import { emailName, nameOfAddress } from '../secret-part.ts';

const bullet = String.raw`(?:\u2022|%(?:25)?[Ee]2%(?:25)?80%(?:25)?[Aa]2|\\{1,3}u2022|&(?:bull|#8226|#[xX]2022);)`;
const hashSign = String.raw`(?:#|%(?:25)?23|\\{1,3}u0023|&#(?:35|[xX]23);)`;
const mask = new RegExp(`(${bullet}{4})|(?<![a-z0-9-])[a-z0-9][a-z0-9-]{0,62}${hashSign}[0-9a-f]{16}`, 'g');
/** Signs without which there is no mask, so that most texts cost no more than this. */
const cue = /[\u2022#%\\&]/;

const mostTail = 8;
/** Behind a mask: its tail, where each character may be percent-encoded twice. */
const mostTailLength = 5 * mostTail;
/** A hash with the longest name, or bullets that are percent-encoded twice. */
const longestMask = 96;

/** The longest first. */
const prefixes = [...publicPrefixes].toSorted((a, b) => b.length - a.length);
const longestPrefix = prefixes[0]?.length ?? 0;

interface Mask { readonly start: number; readonly end: number }

/** Whether text[start, end) holds a mask, or stands right behind one, and nothing that masks do not leave. Reads the candidate and some
 *  characters around it. */
export function isOfMasks(text: string, start: number, end: number, detector: string): boolean {
  const from = Math.max(0, start - longestMask - mostTailLength);
  const around = text.slice(from, end + longestMask);
  if (!cue.test(around)) return false;
  const name = detector === emailName ? nameOfAddress(text.slice(start, end)) : { start: 0, end: end - start };
  const secretStart = start + name.start;
  const secretEnd = start + name.end;
  let clearFrom = secretStart;
  let before: Mask | null = null;
  for (const one of masksIn(around, from)) {
    if (one.start >= secretEnd) break;
    if (one.end > secretStart) {
      if (!isLeftover(text, clearFrom, one.start, before)) return false;
      clearFrom = one.end;
    }
    before = one;
  }
  return before !== null && (clearFrom >= secretEnd || isLeftover(text, clearFrom, secretEnd, before));
}

/** With the public prefix that bullets were left with. */
function* masksIn(text: string, offset: number): Iterable<Mask> {
  for (const { index, 0: all, 1: bullets } of text.matchAll(mask)) {
    const before = bullets === undefined ? '' : text.slice(Math.max(0, index - longestPrefix), index);
    const prefix = prefixes.find((one) => before.endsWith(one)) ?? '';
    yield { start: offset + index - prefix.length, end: offset + index + all.length };
  }
}

/** Whether text[from, to) is what a mask leaves behind it; before the first one nothing is. */
function isLeftover(text: string, from: number, to: number, before: Mask | null): boolean {
  if (from >= to) return true;
  if (before === null || to - before.end > longestMask + mostTailLength) return false;
  const tail = text.slice(before.end, to);
  return isTail(tail) && (before.end === from || !/[=:,;&|]/.test(tail) || isInUserInfo(text, before.start));
}

/** Whether a mask at `at` is the user or the password of a URL, of which a tail may hold any sign. */
const isInUserInfo = (text: string, at: number): boolean => /:\/\/[^\s/@"']{0,256}$/.test(text.slice(Math.max(0, at - 300), at));

const isTail = (text: string): boolean => {
  const plain = text.replace(/%(?:25)?[0-9A-Fa-f]{2}/g, 'x');
  return plain.length <= mostTail && !/[\s"']/.test(plain);
};

/** Whether what stands under a secret's name was masked: there is a mask, and nothing beside it is long and random. */
export function isMasked(text: string): boolean {
  const left = text.replace(mask, ' ');
  return left !== text && !left.split(/[\s;,&"'=]+/).some((word) => word.length > mostTail + 3 && /\d/.test(word) && /[A-Za-z]/.test(word));
}
