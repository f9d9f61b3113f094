// Secrets that belong to the data directory, and comparing secrets without telling how much of them matched.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

/** 32 random bytes kept in `path`, made at the first call, readable by the owner only. Throws when the file cannot be written or is
 *  damaged; `afterwards` says what a new one would mean. */
export function loadOrCreateSecret(path: string, afterwards = 'everyone signs in again'): Buffer {
  try {
    writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(path, 0o600);
  }
  const secret = readFileSync(path);
  if (secret.length !== 32) throw new Error(`${path} should hold 32 bytes but holds ${secret.length}. Delete it to make a new one; ${afterwards}.`);
  return secret;
}

/** Constant time in the content and in the length. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
