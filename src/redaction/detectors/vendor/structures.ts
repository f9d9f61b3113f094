// Tokens that decode to something known: what is inside is looked at, and a token whose inside is not as expected is less sure.
import { asciiText, letters } from '../../bytes.ts';
import { looksRandom } from '../../plausible.ts';
import { textOfBase64 } from './decode.ts';
import { inContext, type Judge } from './form.ts';

const known = 0.98;
const unknown = 0.75;

/** What follows `prefix` bytes is base64 and decodes to text that holds `wanted`. */
export const decodesTo = (prefix: number, wanted: RegExp): Judge => (bytes, start, end) => (wanted.test(textOfBase64(bytes, start + prefix, end)) ? known : unknown);

/** The base64 part that begins after `prefix` bytes and ends before the last `divider` decodes to text that holds `wanted`. */
export const partDecodesTo = (prefix: number, divider: string, wanted: RegExp): Judge => (bytes, start, end) => {
  let cut = end - 1;
  while (cut > start && bytes[cut] !== divider.charCodeAt(0)) cut--;
  return wanted.test(textOfBase64(bytes, start + prefix, cut)) ? known : unknown;
};

/** Letters with digits, or many changes of case: no word, whatever follows the prefix. */
export const random = (prefix: number, confidence = 0.95): Judge => (bytes, start, end) => (looksRandom(bytes, start + prefix, end) ? confidence : 0);

/** Both digits and letters: no word, no number. */
export const mixed: Judge = (bytes, start, end) => {
  let digits = 0;
  let alphas = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) digits++;
    else alphas += letters[bytes[i]!]!;
  }
  return digits > 0 && alphas > 0 ? inContext : 0;
};

/** A digit somewhere after `prefix` bytes. */
export const hasDigit = (prefix: number): Judge => (bytes, start, end) => {
  for (let i = start + prefix; i < end; i++) if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) return 0.95;
  return 0;
};

/** The macaroon of a PyPI token begins with its version and a location: `02 01 08 pypi.org`, or `0d test.pypi.org`. */
export const pypiMacaroon: Judge = (bytes, start, end) => {
  const inside = textOfBase64(bytes, start + 'pypi-'.length, end);
  const length = inside.charCodeAt(2);
  return inside.startsWith('\u0002\u0001') && inside.slice(3, 3 + length).endsWith('pypi.org') ? known : unknown;
};

/** The first part of a Discord token is the bot's id, 17 to 20 digits, in base64. */
export const discordId: Judge = (bytes, start, end) => {
  let dot = start;
  while (dot < end && bytes[dot] !== 0x2e) dot++;
  return /^\d{17,20}$/.test(textOfBase64(bytes, start, dot)) ? known : 0;
};

/** Version 4 as RFC 9562 lays it out, so that a run of hex with dashes of another kind is none. */
export const uuid4: Judge = (bytes, start, end) => (/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/i.test(asciiText(bytes, start, end, 96)) ? 0.95 : 0);

/** 64 bytes in base64, as the keys of Azure Storage and Cosmos DB are. */
export const bytes64: Judge = (bytes, start, end) => (textOfBase64(bytes, start, end).length === 64 ? known : unknown);

/** AWS key ids are base 32 after the prefix of four. */
export const awsBase32: Judge = (bytes, start, end) => {
  for (let i = start + 4; i < end; i++) if (bytes[i]! < 0x32 || (bytes[i]! > 0x37 && bytes[i]! < 0x41)) return 0.6;
  return 0.95;
};

/** A 40-character AWS secret has small letters and capitals or digits; 40 hex digits are a hash. */
export const awsSecret: Judge = (bytes, start, end) => {
  const text = asciiText(bytes, start, end);
  return /^[0-9a-f]+$/i.test(text) || !/[a-z]/.test(text) || !/[A-Z0-9]/.test(text) ? 0 : inContext;
};
