// Numbers of bank accounts and of banks, and what stands on cards beside their number.
import { asciiText, isDigit, literal } from '../../bytes.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { alone, found, keyworded } from '../keyworded.ts';
import { luhn, mod97, varied, weighed } from './checks.ts';

const family = 'financial' as const;

/** Length by country, SWIFT's IBAN registry. */
const ibanLengths = new Map(('AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28'
  + ' IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24'
  + ' SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30').split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]));

const upper: ByteSet = (byte) => byte >= 0x41 && byte <= 0x5a;
const notWord: ByteSet = (byte) => !upper(byte) && !isDigit(byte) && !(byte >= 0x61 && byte <= 0x7a) && byte !== 0x5f;

export const iban: Detector = {
  name: 'iban', version: 1, family, check: 'checksum', title: 'IBAN', doc: 'International bank account numbers, in one run or in groups of four.',
  facts: 'Country, two check digits (ISO 7064 MOD 97-10), then digits and capitals to the length of that country.', source: 'ISO 13616-1; SWIFT IBAN registry',
  anchors: [[notWord, upper, upper, isDigit, isDigit]],
  verify(window, at, match) {
    const from = at - 4;
    const text = asciiText(window.bytes, from, window.end, 44);
    const length = ibanLengths.get(text.slice(0, 2));
    if (length === undefined) return false;
    const grouped = text[4] === ' ';
    const written = text.slice(0, grouped ? length + Math.ceil(length / 4) - 1 : length);
    const plain = grouped ? written.replaceAll(' ', '') : written;
    if (plain.length !== length || !/^[A-Z]{2}\d\d[A-Z0-9]+$/.test(plain) || (grouped && !/^(?:[A-Z0-9]{4} )+[A-Z0-9]{1,4}$/.test(written))) return false;
    return alone(window, from, from + written.length) && mod97(plain) && found(match, from, from + written.length, 0.98);
  },
};

const bankCountries = new Set(('AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BG BH BM BN BO BR BS BY CA CH CI CL CM CN CO CR CU CY CZ DE DK DO DZ EC EE EG ES FI FR GB GE GH GI GR GT HK HR HU ID IE IL IN IQ IR IS IT JM JO JP KE'
  + ' KR KW KZ LB LI LK LT LU LV LY MA MC MD ME MK MT MU MX MY NG NI NL NO NZ OM PA PE PH PK PL PT PY QA RO RS RU SA SE SG SI SK SM SN SV TH TN TR TW TZ UA UG US UY UZ VE VN XK YE ZA ZM').split(' '));

/** Federal Reserve routing symbols in use: 00-12, 21-32, 61-72, 80. */
const isAbaArea = (area: number): boolean => area <= 12 || (area >= 21 && area <= 32) || (area >= 61 && area <= 72) || area === 80;

const track1 = /^%B(\d{13,19})\^[A-Z0-9 ./'-]{2,26}\^\d{4}[A-Z0-9 ]{3,60}\??/i;
const track2 = /^;(\d{13,19})=\d{4}\d{3,20}\??/;

const trackData: Detector = {
  name: 'card-track-data', version: 1, family, check: 'checksum', title: 'Magnetic stripe data', doc: 'Tracks 1 and 2 of payment cards as readers give them, whole.',
  facts: '%B number^name^expiry, service code and data?; or ;number=expiry, service code and data?. The number passes Luhn.', source: 'ISO/IEC 7813',
  anchors: [[...literal('%B'), isDigit, isDigit, isDigit], [(byte) => byte === 0x3b, isDigit, isDigit, isDigit, isDigit]],
  verify({ bytes, end }, at, match) {
    const from = at - 5;
    const text = asciiText(bytes, from, end, 128);
    const hit = track1.exec(text) ?? track2.exec(text);
    return hit !== null && luhn(hit[1]!) && found(match, from, from + hit[0].length, 0.98);
  },
};

export const accountDetectors: readonly Detector[] = [
  iban, trackData,
  keyworded({
    name: 'us-bank-routing', version: 1, family, check: 'checksum', title: 'US routing number (ABA)', doc: 'US bank routing numbers near their name.',
    facts: 'Nine digits, 00-12, 21-32, 61-72 or 80 first; weights 3 7 1 add up to a multiple of 10.', source: 'American Bankers Association, routing number policy',
    words: ['routing', 'aba', 'rtn'], rest: '[ _-]?(?:transit)?[ _-]?(?:number|no|num|code)', value: '\\d{9}',
    judge: (text) => (isAbaArea(Number(text.slice(0, 2))) && varied(text) && weighed(text, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 ? 0.9 : 0),
  }),
  keyworded({
    name: 'swift-bic', version: 1, family, check: 'structure', title: 'Bank code (BIC)', doc: 'Business identifier codes of banks near their name.',
    facts: 'Four capitals, a country, two letters or digits, and three more for a branch.', source: 'ISO 9362',
    words: ['bic', 'swift code', 'swift_code', 'swiftcode'], value: '[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?',
    judge: (text) => (text === text.toUpperCase() && bankCountries.has(text.slice(4, 6)) ? 0.8 : 0),
  }),
  keyworded({
    name: 'card-security-code', version: 1, family, check: 'context', title: 'Card security code', doc: 'Card verification codes near their name.',
    facts: 'Three or four digits after cvv, cvv2, cvc, cvc2 or card security code.', source: 'PCI DSS 4.0, requirement 3.3.1.2',
    words: ['cvv', 'cvv2', 'cvc', 'cvc2'], value: '\\d{3,4}', judge: () => 0.85,
  }),
];
