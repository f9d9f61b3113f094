// What stands in the place of a finding.
import { decodeUtf8, encodeUtf8 } from '../base/index.ts';
import type { KeyRing } from './key-ring.ts';
import { copy } from './slab.ts';
import type { Edit } from './types.ts';

/** Four bullets: of one width whatever the secret's length, which says something about the secret. */
export const bullets = '\u2022\u2022\u2022\u2022';

export const bulletBytes = encodeUtf8(bullets);
/** A detector's name with its hash; bullets with eight characters are shorter. */
export const mostMaskBytes = 96;

export interface Masker {
  /** What stands for the finding in `bytes`. */
  text(bytes: Uint8Array, edit: Edit): string;
  /** The same as UTF-8 into into[at…], at most `mostMaskBytes` more than the finding itself; the position behind it. */
  write(into: Uint8Array, at: number, bytes: Uint8Array, edit: Edit): number;
}

/** `ghp_••••`, `••••4242`, or `github-token#` and the first 64 bits of the HMAC in hex. Two equal values under one key give equal hashes. */
export function createMasker(keys: KeyRing | null): Masker {
  const write: Masker['write'] = (into, at, bytes, edit) => {
    if (edit.mode === 'remove') return at;
    if (edit.mode === 'hash') {
      const hash = keys?.fingerprint(bytes, edit.start, edit.end) ?? null;
      if (hash !== null) { const text = encodeUtf8(`${edit.detector}#${hash}`); return copy(into, at, text, 0, text.length); }
    }
    if (edit.mode !== 'partial') return bullet(into, copy(into, at, bytes, edit.start, edit.start + edit.keep));
    return copy(into, bullet(into, at), bytes, tailStart(bytes, edit), edit.end);
  };
  return {
    write,
    text: (bytes, edit) => {
      const into = new Uint8Array(edit.end - edit.start + mostMaskBytes);
      return decodeUtf8(into, 0, write(into, 0, bytes, edit));
    },
  };
}

const bullet = (into: Uint8Array, at: number): number => copy(into, at, bulletBytes, 0, bulletBytes.length);

/** Where the last characters begin that `partial` leaves. */
function tailStart(bytes: Uint8Array, { start, end, last = 4 }: Edit): number {
  const begins = (at: number): boolean => (bytes[at]! & 0xc0) !== 0x80;
  let characters = 0;
  for (let i = start; i < end && characters < 24; i++) if (begins(i)) characters++;
  let left = Math.min(last, 8, Math.floor(characters / 3));
  let at = end;
  for (; left > 0 && at > start; left--) {
    at--;
    while (at > start && !begins(at)) at--;
  }
  return at;
}
