// A file by its first bytes: an inode may be used again, and copytruncate empties a file under its name.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** `bytes`: how many of the first it is made of, at most 1024. Of none, it is any file's. */
export interface Fingerprint { readonly bytes: number; readonly hash: string }

export const mostHeadBytes = 1024;
export const noFingerprint: Fingerprint = { bytes: 0, hash: '' };

export const fingerprintOf = (head: Buffer): Fingerprint => (head.length === 0 ? noFingerprint : { bytes: head.length, hash: createHash('sha256').update(head).digest('base64') });

/** The first bytes of what is open. */
export async function headOf(handle: FileHandle): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(mostHeadBytes), 0, mostHeadBytes, 0);
  return buffer.subarray(0, bytesRead);
}

export const isSame = (head: Buffer, { bytes, hash }: Fingerprint): boolean => head.length >= bytes && fingerprintOf(head.subarray(0, bytes)).hash === hash;
