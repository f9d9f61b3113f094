// The HMAC key of redaction mode `hash`: this agent's own secret, made once and kept in `redaction.key`. Hashes of one value join
// as long as the key lives; deleting the file starts a new period.
import type { Files } from '../ports/index.ts';

const fileName = 'redaction.key';
const keyBytes = 32;

/** A file that cannot be read or written leaves a key for this process only. */
export async function loadRedactionKey(files: Files, randomBytes: (count: number) => Uint8Array): Promise<Uint8Array> {
  const kept = await files.read(fileName);
  if (kept.ok && kept.value?.length === keyBytes) return kept.value;
  const key = randomBytes(keyBytes);
  await files.writeAtomically(fileName, key);
  return key;
}
