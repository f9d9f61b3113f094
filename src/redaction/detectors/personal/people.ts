// What names or places a person: phone numbers, dates of birth, papers, positions, devices. Beside +… phone numbers
// nothing here has a form of its own, so all of it is looked at near its name.
import { asciiText, isDigit } from '../../bytes.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { found, keyworded } from '../keyworded.ts';
import { isDay, luhn, onlyDigits, varied } from './checks.ts';

const family = 'personal' as const;

/** Country calling codes as assigned: one digit (1, 7), two digits, or the first two of three. */
const twoDigitCodes = new Set('20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(' '));
const threeDigitZones = new Set('21 22 23 24 25 26 29 35 37 38 42 50 59 67 68 69 80 85 87 88 96 97 99'.split(' '));

/** Digits after the +: an assigned country code and a length that E.164 and that country's kind of numbers allow. */
export function isE164(digits: string): boolean {
  if (digits.length > 15 || !varied(digits.slice(1))) return false;
  if (digits[0] === '1') return /^1[2-9]\d{2}[2-9]\d{6}$/.test(digits);
  if (digits[0] === '7') return digits.length === 11 && /^7[3-9]/.test(digits);
  const zone = digits.slice(0, 2);
  return twoDigitCodes.has(zone) ? digits.length >= 9 && digits.length <= 14 : threeDigitZones.has(zone) && digits.length >= 10 && digits.length <= 14;
}

const plusForm = /^[1-9]\d{0,2}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d){6,14}/;
const phoneByte: ByteSet = (byte) => isDigit(byte) || byte === 0x20 || byte === 0x2d || byte === 0x28 || byte === 0x2e;

const namedPhone = keyworded({
  name: 'phone-number', version: 1, family, check: 'structure', title: 'Phone number', doc: 'International phone numbers with +, and national ones near their name.',
  facts: '+, an assigned country code and up to 15 digits in all, with spaces, dots, dashes or brackets; without + 8 to 12 digits near phone, mobile, tel or msisdn.', source: 'ITU-T E.164',
  words: ['phone', 'telephone', 'mobile', 'tel', 'msisdn', 'cellphone', 'telefon', 'fax'], rest: '[ _-]?(?:number|no|nr)',
  value: '(?:00|0|\\()?\\d(?:[ .()/-]{0,2}\\d){7,14}', judge: (text) => {
    const digits = onlyDigits(text);
    return digits.length >= 8 && digits.length <= 14 && varied(digits) && !/^\d{4}-\d{2}-\d{2}$/.test(text) && !/^\d{1,3}\.\d+$/.test(text) ? 0.75 : 0;
  },
});

export const phone: Detector = {
  ...namedPhone,
  anchors: [...namedPhone.anchors, [(byte) => byte === 0x2b, (byte) => isDigit(byte) && byte !== 0x30, phoneByte]],
  verify(window, at, match) {
    const { bytes, start, end } = window;
    if (bytes[at - 3] !== 0x2b) return namedPhone.verify(window, at, match);
    const before = at - 4 >= start ? bytes[at - 4]! : 0x20;
    if (before > 0x7f || /[\w+.)\]/-]/.test(String.fromCharCode(before))) return false;
    const text = asciiText(bytes, at - 2, end, 32);
    const form = plusForm.exec(text)?.[0] ?? '';
    if (/^[\w+=/]|^[.:-]\d/.test(text.slice(form.length)) || !isE164(onlyDigits(form))) return false;
    return found(match, at - 3, at - 2 + form.length, 0.9);
  },
};

const isYear = (year: number): boolean => year >= 1900 && year <= 2099;
/** yyyy-mm-dd or yyyymmdd, or dd/mm/yyyy and mm/dd/yyyy with any of / . - between. */
function isBirthDate(text: string): boolean {
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (iso !== undefined) return isYear(iso[0]!) && isDay(iso[0]!, iso[1]!, iso[2]!);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text)?.slice(1).map(Number);
  return other !== undefined && isYear(other[2]!) && (isDay(other[2]!, other[1]!, other[0]!) || isDay(other[2]!, other[0]!, other[1]!));
}

const hasDigits = (text: string, least: number): boolean => onlyDigits(text).length >= least;

export const peopleDetectors: readonly Detector[] = [
  phone,
  keyworded({
    name: 'date-of-birth', version: 1, family, check: 'context', title: 'Date of birth', doc: 'Dates of birth near their name.',
    facts: 'A day that exists, yyyy-mm-dd, yyyymmdd, dd/mm/yyyy or mm/dd/yyyy, after dob, birth date, date of birth, born.', source: 'ISO 8601-1 for the first two forms',
    words: ['birth', 'dob', 'birthdate', 'birthday', 'born', 'geburtsdatum'], rest: '[ _-]?(?:date|day|on)', value: '\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{1,2}([/.-])\\d{1,2}\\2\\d{4}|\\d{4}/\\d{2}/\\d{2}', judge: (text) => (isBirthDate(text) ? 0.9 : 0),
  }),
  keyworded({
    name: 'passport-number', version: 1, family, check: 'context', title: 'Passport number', doc: 'Passport numbers near their name.',
    facts: 'Six to nine letters and digits, five digits or more among them, after passport.', source: 'ICAO Doc 9303, part 4, section 4.2.2',
    words: ['passport', 'reisepass'], rest: '[ _-]?(?:number|num|no\\.?|nr)', value: '[A-Z0-9]{6,9}', judge: (text) => (hasDigits(text, 5) && varied(text) && text === text.toUpperCase() ? 0.85 : 0),
  }),
  keyworded({
    name: 'drivers-licence', version: 1, family, check: 'context', title: 'Driving licence number', doc: 'Driving licence numbers near their name.',
    facts: 'Six to eighteen letters and digits, with dashes or spaces in some countries, four digits or more, after driver\'s or driving licence.', source: 'AAMVA DL/ID card design standard, annex D; ISO/IEC 18013-1',
    words: ['licence', 'license', 'fuehrerschein'], before: /driv(?:er|ing)(?:[^a-z0-9]?s)?[ _.-]?$/i, rest: '[ _-]?(?:number|num|no\\.?|id)', value: '[A-Z0-9](?:-?[A-Z0-9]){5,17}', judge: (text) => (hasDigits(text, 4) && text === text.toUpperCase() ? 0.85 : 0),
  }),
  keyworded({
    name: 'geo-coordinate', version: 1, family, check: 'context', title: 'Position', doc: 'Latitudes and longitudes of four decimals and more (some ten metres) near their name.',
    facts: 'Decimal degrees within 180 with four decimals or more after lat, latitude, lon, lng, long, longitude.', source: 'ISO 6709, annex H; RFC 7946',
    words: ['lat', 'latitude', 'lon', 'lng', 'longitude'], value: '[-+]?\\d{1,3}\\.\\d{4,15}', judge: (text) => (Math.abs(Number(text)) <= 180 && Number(text) !== 0 ? 0.85 : 0),
  }),
  keyworded({
    name: 'imei', version: 1, family, check: 'checksum', title: 'Device number (IMEI)', doc: 'Mobile device numbers near their name.',
    facts: 'Fifteen digits, 2-6-6-1 or one run; the last is Luhn\'s.', source: '3GPP TS 23.003, section 6.2',
    words: ['imei'], value: '\\d{2}([- ]?)\\d{6}\\2\\d{6}\\2\\d', judge: (text) => (luhn(onlyDigits(text)) && varied(onlyDigits(text)) ? 0.95 : 0),
  }),
];
