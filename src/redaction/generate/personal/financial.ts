// Made-up cards, accounts and chain addresses.
import { sha256 } from '../../hmac-sha256.ts';
import { bech32Alphabet, bech32Sums, expanded, polymod } from '../../detectors/bech32.ts';
import { keccak256 } from '../../detectors/personal/keccak.ts';
import { alphabets, bumped, chars, digits, inLine, int, named, padded, pick, plainLines } from '../lines.ts';
import type { Generator, Random } from '../types.ts';
import { ibanDigits, luhnDigit, sumOf } from './check-digits.ts';

/** First digits and lengths that networks use. */
const kinds: readonly (readonly [prefix: string, length: number])[] = [['4', 16], ['51', 16], ['2221', 16], ['34', 15], ['6011', 16], ['3528', 16], ['36', 14], ['62', 16]];
const card = (random: Random): string => {
  const [prefix, length] = pick(random, kinds);
  const body = prefix + digits(random, length - prefix.length - 1);
  return body + luhnDigit(body);
};
const printed = (number: string, between: string): string => (number.length === 16 ? number.replaceAll(/(.{4})(?=.)/g, `$1${between}`) : number);

const paymentCard: Generator = {
  detector: 'payment-card', positive: (random) => inLine(random, printed(card(random), pick(random, ['', ' ', '-'])), plainLines),
  negatives: (random) => [{ text: `card ${bumped(card(random))}` }, { text: `order_id=${card(random)}` }, { text: `${card(random)}ab` }, { text: `0.${card(random)}` }, { text: card(random), key: 'trace.id' }],
};

const accounts: readonly (readonly [country: string, form: (random: Random) => string])[] = [
  ['DE', (random) => digits(random, 18)], ['GB', (random) => `${chars(random, alphabets.upper, 4)}${digits(random, 14)}`], ['NL', (random) => `${chars(random, alphabets.upper, 4)}${digits(random, 10)}`],
  ['FR', (random) => digits(random, 23)], ['BE', (random) => digits(random, 12)], ['NO', (random) => digits(random, 11)],
];
const ibanText = (random: Random): string => {
  const [country, form] = pick(random, accounts);
  const account = form(random);
  return country + ibanDigits(country, account) + account;
};
const iban: Generator = {
  detector: 'iban', positive: (random) => inLine(random, random() < 0.6 ? ibanText(random) : ibanText(random).replaceAll(/(.{4})(?=.)/g, '$1 '), ['<>', 'account <>, ok', '"iban":"<>"', 'x=(<>)']),
  negatives: (random) => [{ text: bumped(ibanText(random)) }, { text: `x${ibanText(random)}` }, { text: `ZZ${ibanText(random).slice(2)}` }, { text: ibanText(random).slice(0, -1) }],
};

const routing = (random: Random): string => {
  const body = `${padded(int(random, 1, 12), 2)}${digits(random, 6)}`;
  return body + String((10 - (sumOf(body, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10);
};

const track = (random: Random): string => (random() < 0.5 ? `;${card(random)}=29${padded(int(random, 1, 12), 2)}${digits(random, 12)}?` : `%B${card(random)}^${chars(random, alphabets.upper, 6)}/${chars(random, alphabets.upper, 4)}^29${padded(int(random, 1, 12), 2)}${digits(random, 12)}?`);
const trackData: Generator = {
  detector: 'card-track-data', positive: (random) => inLine(random, track(random), ['swipe <> read', '"raw":"<>"', '<>']),
  negatives: (random) => [{ text: `;${digits(random, 4)}=29` }, { text: `%B${bumped(card(random))}^A/B^2912101123?` }, { text: `a;${int(random, 10_000, 99_999)}=1` }],
};

const alphabet58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const bytesOf = (random: Random, count: number): number[] => Array.from({ length: count }, () => int(random, 0, 255));
/** Base58Check of a version and a hash, drawn until its second place is one that the detector looks at: 29 of 30 are. */
function base58Address(random: Random): string {
  const body = Uint8Array.from([pick(random, [0, 5]), ...bytesOf(random, 20)]);
  let value = [...body, ...sha256(sha256(body)).subarray(0, 4)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = '';
  for (; value > 0n; value /= 58n) text = alphabet58[Number(value % 58n)]! + text;
  const address = body[0] === 0 ? `1${text}` : text;
  return /^[13](?:[A-Z][A-Za-z1-9]|[1-9]{1,2}[A-Za-z])/.test(address) && (body[0] !== 0 || body[1] !== 0) ? address : base58Address(random);
}
function segwitAddress(random: Random): string {
  const version = int(random, 0, 1);
  const data = [version, ...Array.from({ length: version === 0 ? 32 : 52 }, () => int(random, 0, 31))];
  const sum = polymod([...expanded('bc'), ...data, 0, 0, 0, 0, 0, 0]) ^ (version === 0 ? bech32Sums.bech32 : bech32Sums.bech32m);
  const check = [5, 4, 3, 2, 1, 0].map((i) => (sum >>> (5 * i)) & 31);
  return `bc1${[...data, ...check].map((value) => bech32Alphabet[value]!).join('')}`;
}
const bitcoin: Generator = {
  detector: 'bitcoin-address', positive: (random) => inLine(random, random() < 0.5 ? base58Address(random) : segwitAddress(random), plainLines),
  negatives: (random) => [{ text: `a${base58Address(random)}` }, { text: `1${chars(random, alphabet58, 33)}` }, { text: `bc1${chars(random, bech32Alphabet, 39)}` }, { text: base58Address(random).slice(0, 20) }],
};

const checked = (hex: string): string => { const hash = keccak256(hex); return [...hex].map((char, i) => (parseInt(hash[i]!, 16) > 7 ? char.toUpperCase() : char)).join(''); };
const ethereum: Generator = {
  detector: 'ethereum-address', positive: (random) => inLine(random, `0x${checked(chars(random, alphabets.hex, 40))}`, plainLines),
  negatives: (random) => [{ text: `digest 0x${chars(random, alphabets.hex, 40)}` }, { text: `0x${chars(random, alphabets.hex, 64)}` }, { text: `ptr 0x7f${chars(random, alphabets.hex, 10)}` }, { text: `wallet 0x${chars(random, 'aB', 40)}` }],
};

export const financialGenerators: readonly Generator[] = [
  paymentCard, iban, trackData,
  named('us-bank-routing', ['routing_number', 'aba', 'rtn'], routing, (_, value) => [bumped(value), `99${value.slice(2)}`]),
  named('swift-bic', ['bic', 'swift_code', 'SWIFT code', 'BIC'], (random) => `${chars(random, alphabets.upper, 4)}${pick(random, ['DE', 'GB', 'FR', 'US'])}${int(random, 2, 9)}${chars(random, alphabets.upper, 1)}${pick(random, ['', 'XXX'])}`, () => ['enabled', 'ABCDZZ22', 'DEUTDEFFX']),
  named('card-security-code', ['cvv', 'cvc2', 'CVV'], (random) => digits(random, int(random, 3, 4)), () => ['invalid', '12', '12345']),
  bitcoin, ethereum,
];
