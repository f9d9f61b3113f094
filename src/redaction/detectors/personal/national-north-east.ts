// Identity numbers of northern and eastern Europe and Turkey, near their name. Most hold the date of birth.
import type { Detector } from '../../types.ts';
import { keyworded } from '../keyworded.ts';
import { isDay, luhn, onlyDigits, varied, weighed } from './checks.ts';

const family = 'national-id' as const;
const sure = (is: boolean): number => (is ? 0.95 : 0);

/** yymmdd or ddmmyy; the century does not matter. */
const isBirth = (digits: string, order: 'ymd' | 'dmy'): boolean => {
  const [first, month, last] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number];
  return order === 'ymd' ? isDay(2000 + first, month, last) : isDay(2000 + last, month, first);
};

/** The century is added to the month: 80 for 1800, 0 for 1900, 20 for 2000 and so on. */
function pesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20;
  const day = Number(digits.slice(4, 6));
  return isDay(2000, month, day) && (10 - (weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10]);
}

/** Ten digits without the century; a coordination number has 60 added to its day. */
function personnummer(text: string): boolean {
  const digits = onlyDigits(text).slice(-10);
  const day = Number(digits.slice(4, 6));
  return luhn(digits) && isDay(2000, Number(digits.slice(2, 4)), day > 60 ? day - 60 : day);
}

export const hetuChars = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const hetu = (text: string): boolean =>
  isBirth(text, 'dmy') && hetuChars[Number(text.slice(0, 6) + text.slice(7, 10)) % 31] === text[10]!.toUpperCase();

function tckn(digits: string): boolean {
  const odd = weighed(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighed(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return varied(digits) && tenth === Number(digits[9]) && (odd + even + tenth) % 10 === Number(digits[10]);
}

export const northEasternIds: readonly Detector[] = [
  keyworded({
    name: 'pl-pesel', version: 1, family, check: 'checksum', title: 'Polish PESEL', doc: 'Polish PESEL numbers near their name.',
    facts: 'Birth date with the century in the month, serial, and a check digit of weights 1 3 7 9.', source: 'https://www.gov.pl/web/gov/czym-jest-numer-pesel',
    words: ['pesel'], value: '\\d{11}', judge: (text) => sure(pesel(text)),
  }),
  keyworded({
    name: 'se-personnummer', version: 1, family, check: 'checksum', title: 'Swedish personnummer', doc: 'Swedish personal and coordination numbers near their name.',
    facts: '(yy)yymmdd, - or + or nothing, three digits and Luhn\'s over the last ten; the day may have 60 added.', source: 'https://www.skatteverket.se (personnummer; SKV 704)',
    words: ['personnummer', 'samordningsnummer', 'pnr'], value: '(?:\\d{2})?\\d{6}[-+]?\\d{4}', judge: (text) => sure(personnummer(text)),
  }),
  keyworded({
    name: 'fi-hetu', version: 1, family, check: 'checksum', title: 'Finnish personal code', doc: 'Finnish personal identity codes near their name.',
    facts: 'ddmmyy, a sign of the century (+ - A-F U-Y), three digits, and a character of the number modulo 31.', source: 'https://dvv.fi/en/personal-identity-code',
    words: ['hetu', 'henkilotunnus'], value: '\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]', judge: (text) => sure(hetu(text)),
  }),
  keyworded({
    name: 'dk-cpr', version: 1, family, check: 'context', title: 'Danish CPR number', doc: 'Danish personal numbers near their name. The modulo-11 check is no longer kept by all, so the date alone is checked.',
    facts: 'ddmmyy of a real day, a dash or nothing, four digits.', source: 'https://cpr.dk (personnumre uden kontrolciffer)',
    words: ['cpr'], value: '\\d{6}-?\\d{4}', judge: (text) => (isBirth(text, 'dmy') ? 0.8 : 0),
  }),
  keyworded({
    name: 'tr-tckn', version: 1, family, check: 'checksum', title: 'Turkish identity number', doc: 'Turkish identity numbers near their name.',
    facts: 'Eleven digits, not 0 first; the tenth is 7 times the odd places less the even ones modulo 10, the last the sum of the ten.', source: 'https://www.nvi.gov.tr (T.C. kimlik numarasi)',
    words: ['tckn', 'kimlik'], rest: '[ _-]?(?:no|numarasi)', value: '[1-9]\\d{10}', judge: (text) => sure(tckn(text)),
  }),
];
