// Payment card numbers (ISO/IEC 7812): issuer range, length and Luhn check, in one run or in groups of one separator.
// All-digit trace ids, fragments of UUIDs and hashes look alike: letters, dashes and dots beside the number exclude it.
import { asciiText, textBefore, digits, isDigit, notDigit, runEnd, wordBytes } from '../../bytes.ts';
import type { ByteSet, Detector, Window } from '../../types.ts';
import { luhn } from './checks.ts';

/** From and to (first digits, inclusive) and the lengths that the network issues. */
const issuers: readonly (readonly [name: string, from: number, to: number, lengths: readonly number[]])[] = [
  ['visa', 4, 4, [13, 16, 19]], ['mastercard', 51, 55, [16]], ['mastercard', 2221, 2720, [16]], ['amex', 34, 34, [15]], ['amex', 37, 37, [15]],
  ['discover', 6011, 6011, [16, 19]], ['discover', 644, 649, [16, 19]], ['discover', 65, 65, [16, 19]], ['jcb', 3528, 3589, [16, 17, 18, 19]],
  ['diners', 300, 305, [14, 16, 19]], ['diners', 36, 36, [14, 16, 19]], ['diners', 38, 39, [14, 16, 19]], ['unionpay', 62, 62, [16, 17, 18, 19]],
];

/** Attributes that hold identifiers: an all-digit id may look like a card number. */
const identifierKey = /(?:^|[._-])(?:trace|span|request|correlation|session|order|event|message|thread|process)?[._-]?id$/i;

/** Networks' numbers begin with 2 to 6. */
const issuerDigit = (byte: number): boolean => byte >= 0x32 && byte <= 0x36;

const printedSeparator = (byte: number): boolean => byte === 0x20 || byte === 0x2d;
const digitRun = (count: number): ByteSet[] => Array.from({ length: count }, () => isDigit);
/** Bytes of each shape from the first digit on: thirteen digits, and the two first groups of a printed number. */
const runLength = 13;
const groupsLength = 9;

export const paymentCard: Detector = {
  name: 'payment-card', version: 1, family: 'financial', title: 'Payment card', check: 'checksum',
  facts: '13 to 19 digits in an issuer range, in one run or in printed groups; the last digit is Luhn\'s.', source: 'ISO/IEC 7812-1',
  doc: 'Payment card numbers: issuer range, length and Luhn check digit.',
  notKeys: identifierKey,
  anchors: [[notDigit, issuerDigit, ...digitRun(runLength - 1)], [notDigit, issuerDigit, ...digitRun(3), printedSeparator, ...digitRun(4)]],
  verify(window, at, match) {
    const from = at - (isDigit(window.bytes[at - 5]!) ? runLength : groupsLength);
    const text = asciiText(window.bytes, from, window.end, 24);
    for (const printed of forms) {
      const written = printed.exec(text)?.[0];
      if (written === undefined || !standsAlone(window, from, from + written.length)) continue;
      const number = written.replace(/\D/g, '');
      if (!issued(number) || !luhn(number)) continue;
      match.start = from;
      match.end = from + written.length;
      match.keep = 0;
      match.confidence = written === number ? 0.85 : 0.95;
      return true;
    }
    return false;
  },
};

/** One run; and 4-4-4-4, 4-4-4-4-3, 4-6-5 and 4-6-4 as cards are printed. */
const forms: readonly RegExp[] = [/^\d{13,19}(?!\d)/, /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)/, /^\d{4}([ -])\d{4}\1\d{4}\1\d{4}\1\d{3}(?!\d)/, /^\d{4}([ -])\d{6}\1\d{4,5}(?!\d)/];

const issued = (number: string): boolean => issuers.some(([, from, to, lengths]) => {
  const first = Number(number.slice(0, String(from).length));
  return first >= from && first <= to && lengths.includes(number.length);
});


const digitsEnd = (bytes: Uint8Array, from: number, last: number): number => runEnd(bytes, from, last, digits);

/** A name that ends in `id` before the number makes it an identifier. */
const identifierBefore = /[^a-z0-9](?:[a-z]+[_.-]?)?(?:id|timestamp|nanos?|epoch)["'\\]*\s*[:=]\s*["'\\]*$/i;

/** The same in prose, of a number without groups: `order 4…`. */
const identifierWord = /[^a-z0-9](?:id|order|invoice|snowflake|tweet|message|request|ticket|shipment|parcel)(?:[ _.-]?(?:no|number|nr|id))?\.?\s?[:=#]?\s?["'#]?$/i;

function standsAlone({ bytes, start, end }: Window, from: number, last: number): boolean {
  const before = from > start ? bytes[from - 1]! : 0x20;
  const after = last < end ? bytes[last]! : 0x20;
  if (wordBytes[before] === 1 || wordBytes[after] === 1 || before === 0x2e || before === 0x2d || after === 0x2d) return false;
  // 4111.5 is a decimal; a full stop at the end of a sentence is not.
  if (after === 0x2e && last + 1 < end && digits[bytes[last + 1]!] === 1) return false;
  const text = textBefore(bytes, start, from);
  return !identifierBefore.test(text) && (!identifierWord.test(text) || digitsEnd(bytes, from, last) < last);
}
