// hash (xxHash64, as in KQL), hash_md5, hash_sha1, hash_sha256 over the text of a value.
import { encodeUtf8 } from '../../base/index.ts';
import { asLong, moduloLong, toText } from '../values/index.ts';
import { hex, md5, sha1, sha256 } from './digests.ts';
import { plain, type Definition, type FunctionTable } from './registry.ts';
import { xxHash64 } from './xxhash.ts';

const digest = (apply: (bytes: Uint8Array) => Uint8Array): Definition => plain(1, 1, ([value = null], [type]) => hex(apply(encodeUtf8(toText(value, type!)))));

/** `hash(value, [mod])`: a signed long; with `mod`, 0 to mod - 1. */
const hash = plain(1, 2, ([value = null, mod = null], [type]) => {
  const long = asLong(xxHash64(encodeUtf8(toText(value, type!))));
  return typeof mod === 'number' && Number.isSafeInteger(mod) ? moduloLong(long, mod) : long;
});

export const hashes: FunctionTable = { hash, hash_xxhash64: hash, hash_md5: digest(md5), hash_sha1: digest(sha1), hash_sha256: digest(sha256) };
