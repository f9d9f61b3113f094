// Identity numbers of Asia and Australia. Singapore's, China's and the rest are looked at near their name; the Indian PAN
// has a form of its own and is found wherever it stands.
import { asciiText, isDigit } from '../../bytes.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { alone, found, keyworded } from '../keyworded.ts';
import { isDay, onlyDigits, varied, verhoeff, weighed } from './checks.ts';

const family = 'national-id' as const;
const sure = (is: boolean): number => (is ? 0.95 : 0);

export const nricLetters = { ST: 'JZIHGFEDCBA', FG: 'XWUTRQPNMLK', M: 'XWUTRQPNJLK' } as const;
function nric(text: string): boolean {
  const plain = text.toUpperCase();
  const [letters, offset] = plain[0] === 'M' ? [nricLetters.M, 3] : [/[ST]/.test(plain[0]!) ? nricLetters.ST : nricLetters.FG, /[TG]/.test(plain[0]!) ? 4 : 0];
  return letters[(weighed(plain.slice(1), [2, 7, 6, 5, 4, 3, 2]) + offset) % 11] === plain[8];
}

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
function resident(text: string): boolean {
  const [year, month, day] = [Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14))];
  return year >= 1900 && year < 2100 && isDay(year, month, day) && '10X98765432'[weighed(text, residentWeights) % 11] === text[17]!.toUpperCase();
}

/** Numbers given out since October 2020 have no check digit, so a wrong one makes it only less sure. */
function korean(digits: string): number {
  if (!isDay(2000, Number(digits.slice(2, 4)), Number(digits.slice(4, 6)))) return 0;
  return (11 - (weighed(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(digits[12]) ? 0.95 : 0.75;
}

const medicare = (digits: string): boolean => weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]);

const upper: ByteSet = (byte) => byte >= 0x41 && byte <= 0x5a;

const indianPan: Detector = {
  name: 'in-pan', version: 1, family, check: 'shape', title: 'Indian PAN', doc: 'Indian permanent account numbers.',
  facts: 'Five capitals, the fourth saying what the holder is (one of ABCFGHJLPT), four digits not all 0, a capital.', source: 'https://incometaxindia.gov.in (PAN)',
  anchors: [[isDigit, isDigit, isDigit, isDigit, upper]],
  verify(window, at, match) {
    const from = at - 10;
    if (from < window.start || !upper(window.bytes[from]!) || !/^[A-Z]{3}[ABCFGHJLPT][A-Z](?!0000)\d{4}[A-Z]$/.test(asciiText(window.bytes, from, at)) || !alone(window, from, at)) return false;
    return found(match, from, at, 0.8);
  },
};

export const asiaPacificIds: readonly Detector[] = [
  indianPan,
  keyworded({
    name: 'in-aadhaar', version: 1, family, check: 'checksum', title: 'Indian Aadhaar number', doc: 'Indian Aadhaar numbers near their name.',
    facts: 'Twelve digits, 2 to 9 first, 4-4-4 or one run; the last is Verhoeff\'s check digit.', source: 'https://uidai.gov.in (Aadhaar numbering scheme)',
    words: ['aadhaar', 'aadhar', 'uidai'], value: '[2-9]\\d{3}([- ]?)\\d{4}\\2\\d{4}', judge: (text) => sure(verhoeff(onlyDigits(text))),
  }),
  keyworded({
    name: 'sg-nric', version: 1, family, check: 'checksum', title: 'Singapore NRIC or FIN', doc: 'Singapore identity numbers near their name.',
    facts: 'S, T, F, G or M, seven digits, and a letter from weights 2 7 6 5 4 3 2 modulo 11.', source: 'https://www.ica.gov.sg (NRIC); MyInfo data catalogue',
    words: ['nric', 'fin'], value: '[STFGM]\\d{7}[A-Z]', judge: (text) => sure(nric(text)),
  }),
  keyworded({
    name: 'cn-resident-id', version: 1, family, check: 'checksum', title: 'Chinese resident number', doc: 'Chinese resident identity numbers near their name.',
    facts: 'Region of six digits, birth date yyyymmdd, serial of three, ISO 7064 MOD 11-2 (X for ten).', source: 'GB 11643-1999',
    words: ['idcard', 'shenfenzheng', 'resident', 'sfz'], value: '[1-8]\\d{16}[0-9X]', judge: (text) => sure(resident(text)),
  }),
  keyworded({
    name: 'kr-rrn', version: 1, family, check: 'checksum', title: 'Korean resident number', doc: 'Korean resident registration numbers near their name.',
    facts: 'yymmdd, a dash, sex and century 1 to 8, six digits of which the last was a modulo-11 check digit until October 2020.', source: 'Enforcement rules of the Resident Registration Act (law.go.kr)',
    words: ['rrn', 'jumin', 'resident'], rest: '[ _-]?(?:registration)?[ _-]?(?:number|no)', value: '\\d{6}-?[1-8]\\d{6}', judge: (text) => korean(onlyDigits(text)),
  }),
  keyworded({
    name: 'au-tfn', version: 1, family, check: 'checksum', title: 'Australian tax file number', doc: 'Australian tax file numbers of nine digits near their name.',
    facts: 'Nine digits, 3-3-3 or one run; weights 1 4 3 7 5 8 6 9 10 add up to a multiple of 11.', source: 'https://www.ato.gov.au (tax file number)',
    words: ['tfn'], value: '\\d{3}([- ]?)\\d{3}\\2\\d{3}', judge: (text) => sure(varied(onlyDigits(text)) && weighed(onlyDigits(text), [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0),
  }),
  keyworded({
    name: 'au-medicare', version: 1, family, check: 'checksum', title: 'Australian Medicare number', doc: 'Australian Medicare card numbers near their name.',
    facts: 'Ten digits, 2 to 6 first, 4-5-1 or one run; the ninth is the sum of weights 1 3 7 9 modulo 10, the tenth the issue.', source: 'https://developer.digitalhealth.gov.au (Medicare card number)',
    words: ['medicare'], rest: '[ _-]?(?:card)?[ _-]?(?:number|no)', value: '[2-6]\\d{3}([- ]?)\\d{5}\\2[1-9]', judge: (text) => sure(medicare(onlyDigits(text))),
  }),
];
