// Secrets in the query of a URL: tokens, signatures, authorization codes. Whoever reads the line can use the address.
import { anyCase, asciiText, base62, runEnd } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { ByteSet, Detector, Shape } from '../../types.ts';
import { found } from '../keyworded.ts';

/** Names behind ? or &, and how long a value must be. */
const names: readonly (readonly [name: string, least: number])[] = [
  ['access_token', 8], ['refresh_token', 8], ['id_token', 16], ['token', 8], ['auth_token', 8], ['session_token', 8], ['sig', 16], ['signature', 16], ['code', 16], ['api_key', 8], ['apikey', 8], ['api-key', 8], ['key', 20],
  ['auth', 8], ['assertion', 32], ['ticket', 16], ['client_secret', 8], ['secret', 8], ['password', 4], ['pwd', 4], ['otp', 4], ['reset_token', 8], ['invite_token', 8], ['x-goog-signature', 32], ['samlresponse', 64], ['samlrequest', 64],
];
const least = new Map(names);
const queryMark: ByteSet = (byte) => byte === 0x3f || byte === 0x26;
const shape = (name: string): Shape => [queryMark, ...anyCase(name), (byte) => byte === 0x3d];

/** No ? and no &, so values never overlap and each byte is read for one name only. */
const valueBytes = base62.map((is, byte) => ('%+/=_.:~!*$-'.includes(String.fromCharCode(byte)) ? 1 : is));

/** Words and numbers that a parameter of such a name may hold and that open nothing. */
const harmless = /^(?:[a-z]{1,24}|\d{1,3}|\d{5,9}|true|false|[a-z]+(?:[-_][a-z]+)*)$/i;

export const urlQuery: Detector = {
  name: 'url-query-secret', version: 1, family: 'structural', check: 'context', title: 'Secret in a URL\'s query', doc: 'token=, sig=, code=, key= and other parameters of addresses that open something.',
  facts: '? or &, one of some 25 names, =, and a value of the length that such a value has; ends at &, # or a blank.', source: 'RFC 6750, section 2.3; RFC 6749, section 4.1.2; RFC 3986, section 3.4',
  anchors: names.map(([name]) => shape(name)),
  verify({ bytes, start, end }, at, match) {
    const name = /[?&]([a-z_-]+)=$/i.exec(asciiText(bytes, Math.max(start, at - 20), at))?.[1]?.toLowerCase() ?? '';
    let last = runEnd(bytes, at, end, valueBytes);
    while (last > at && '.:!'.includes(String.fromCharCode(bytes[last - 1]!))) last--;
    const value = asciiText(bytes, at, last, 80);
    if (value.length < (least.get(name) ?? Infinity) || isPlaceholder(value)) return false;
    if (name !== 'password' && name !== 'pwd' && (harmless.test(value) && name !== 'otp')) return false;
    return found(match, at, last, 0.93);
  },
};
