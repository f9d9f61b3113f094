// Keys of attributes as UTF-8, one array per key: cursors know a key again by its identity, which costs no comparison.
import { encodeUtf8 } from '../base/index.ts';

/** Keys come from rules, of which there are few; should they come from elsewhere, memory stays bounded. */
const maxKeys = 10_000;
const known = new Map<string, Uint8Array>();

/** The same array for the same name, nearly always; never to be written to. */
export function attributeKey(name: string): Uint8Array {
  let key = known.get(name);
  if (key !== undefined) return key;
  if (known.size >= maxKeys) known.clear();
  key = encodeUtf8(name);
  known.set(name, key);
  return key;
}
