// hash (xxHash64, as in KQL), hash_md5, hash_sha1, hash_sha256. The digests take a value's text; xxHash64 takes the eight bytes
// of numbers and times (ticks since year 1 for datetimes), little-endian, and the text of anything else.
import { encodeUtf8 } from '../../base/index.ts';
import type { KqlType } from '../../kql/index.ts';
import type { Value } from '../../otlp/index.ts';
import { asLong, moduloLong, ticksOf, toText } from '../values/index.ts';
import { hex, md5, sha1, sha256 } from './digests.ts';
import { plain, type Definition, type FunctionTable } from './registry.ts';
import { xxHash64 } from './xxhash.ts';

const digest = (apply: (bytes: Uint8Array) => Uint8Array): Definition => plain(1, 1, ([value = null], [type]) => hex(apply(encodeUtf8(toText(value, type!)))));

function eightBytes(fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(8);
  fill(new DataView(bytes.buffer));
  return bytes;
}

function bytesOf(value: Value, type: KqlType): Uint8Array {
  if (typeof value === 'bigint' && type === 'datetime') return eightBytes((view) => view.setBigInt64(0, ticksOf(value), true));
  if (typeof value === 'bigint' && type === 'timespan') return eightBytes((view) => view.setBigInt64(0, value / 100n, true));
  if ((typeof value === 'bigint' || Number.isInteger(value)) && (type === 'long' || type === 'int')) return eightBytes((view) => view.setBigInt64(0, BigInt(value as number), true));
  if (typeof value === 'number' && type === 'real') return eightBytes((view) => view.setFloat64(0, value, true));
  return encodeUtf8(toText(value, type));
}

/** `hash(value, [mod])`: a signed long; with `mod`, 0 to mod - 1. */
const hash = plain(1, 2, ([value = null, mod = null], [type]) => {
  const long = asLong(xxHash64(bytesOf(value, type!)));
  return typeof mod === 'number' && Number.isSafeInteger(mod) ? moduloLong(long, mod) : long;
});

export const hashes: FunctionTable = { hash, hash_xxhash64: hash, hash_md5: digest(md5), hash_sha1: digest(sha1), hash_sha256: digest(sha256) };
