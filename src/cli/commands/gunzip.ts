// gzip undone within a bound: a file of kilobytes can claim to be of terabytes.
import { gunzipSync } from 'node:zlib';

const megabyte = 1024 * 1024;
/** Profiles are packed to a tenth or a twentieth of their size. */
const plausibleRatio = 100;

/** Most bytes that a gzip file of `packed` bytes may unpack to. */
const maxUnpacked = (packed: number): number => Math.min(2048 * megabyte, Math.max(256 * megabyte, packed * plausibleRatio));

/** Throws an Error whose message goes on a sentence. */
export function gunzipWithin(bytes: Uint8Array): Uint8Array {
  const most = maxUnpacked(bytes.length);
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (failed) {
    const { code, message } = failed as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new Error(`it unpacks to more than ${Math.round(most / megabyte)} MB, which ${bytes.length} bytes of a profile do not`);
    if (code === 'Z_BUF_ERROR') throw new Error(`it ends at byte ${bytes.length}, before its packed data does`);
    throw new Error(`its packed data is damaged (${message})`);
  }
}
