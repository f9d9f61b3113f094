// has_ipv4 and kin: addresses as terms of a text, bounded by characters that are neither letters nor digits.
import type { Value } from '../../otlp/index.ts';
import { isArray, toText } from '../values/index.ts';
import { parseNetwork } from './ipv4.ts';
import { anyCount, plain, type Definition, type FunctionTable } from './registry.ts';

const addressForm = /(?<![A-Za-z0-9])\d{1,3}(?:\.\d{1,3}){3}(?![A-Za-z0-9])/g;

/** Every whole address in the text whose parts are at most 255. */
const addressesIn = (text: string): readonly string[] => (text.match(addressForm) ?? []).filter((found) => parseNetwork(found) !== null);

const sameAddress = (found: string, wanted: string): boolean => parseNetwork(found)!.address === parseNetwork(wanted)?.address;

/** `10.1.` or a whole address; anything else matches nothing. */
function startsWith(found: string, prefix: string): boolean {
  if (parseNetwork(prefix) !== null) return sameAddress(found, prefix);
  return /^(?:\d{1,3}\.){1,3}$/.test(prefix) && found.startsWith(prefix);
}

const anyAddress = (test: (found: string, wanted: string) => boolean): Definition => plain(2, anyCount, ([text = null, ...wanted], types) => {
  const all = wanted.flatMap((value) => (isArray(value) ? [...value] : [value])).map((value: Value) => toText(value, 'dynamic').trim());
  return addressesIn(toText(text, types[0]!)).some((found) => all.some((one) => test(found, one)));
});

export const addressSearch: FunctionTable = {
  has_ipv4: anyAddress(sameAddress), has_any_ipv4: anyAddress(sameAddress),
  has_ipv4_prefix: anyAddress(startsWith), has_any_ipv4_prefix: anyAddress(startsWith),
};
