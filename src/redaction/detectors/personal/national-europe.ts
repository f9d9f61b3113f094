// Identity numbers of western and southern Europe, near their name.
import type { Detector } from '../../types.ts';
import { keyworded } from '../keyworded.ts';
import { mod11x10, modulo, onlyDigits, varied, weighed } from './checks.ts';

const family = 'national-id' as const;
const check = 'checksum' as const;
const sure = (is: boolean): number => (is ? 0.95 : 0);

const nhs = (digits: string): boolean => (11 - (weighed(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[9]) && varied(digits);
const noNinoPrefix = /^(?:BG|GB|NK|KN|TN|NT|ZZ)/;
export const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

function dni(text: string): boolean {
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const number = plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return dniLetters[Number(number) % 23] === plain.at(-1);
}

function nir(text: string): boolean {
  const plain = text.toUpperCase().replace(/[^0-9AB]/g, '');
  const number = plain.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - modulo(number, 97) === Number(plain.slice(13));
}

/** Born from 2000 on, a 2 stands before the nine digits. */
function belgian(digits: string): boolean {
  const key = Number(digits.slice(9));
  return 97 - modulo(digits.slice(0, 9), 97) === key || 97 - modulo(`2${digits.slice(0, 9)}`, 97) === key;
}

/** Among the first ten digits one stands twice or three times, and no other more than once. */
function germanTax(digits: string): boolean {
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1).filter((count) => count > 1);
  return counts.length === 1 && counts[0]! <= 3 && mod11x10(digits);
}

/** Values of characters at odd places, 0-9 and A-Z alike, from the decree of 23 December 1976. */
const oddFirst = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const oddLetters = [...oddFirst, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const codiceForm = /^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/;
const letterValue = (char: string): number => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65);

/** The check letter of a codice fiscale's first fifteen characters. */
export const codiceLetter = (body: string): string =>
  String.fromCharCode(65 + [...body].reduce((sum, char, i) => sum + (i % 2 === 0 ? oddLetters[letterValue(char)]! : letterValue(char)), 0) % 26);

const codice = (text: string): boolean => codiceForm.test(text.toUpperCase()) && codiceLetter(text.toUpperCase().slice(0, 15)) === text.toUpperCase()[15];

export const europeanIds: readonly Detector[] = [
  keyworded({
    name: 'uk-nhs', version: 1, family, check, title: 'UK NHS number', doc: 'UK NHS numbers near their name.',
    facts: 'Ten digits, 3-3-4 or one run; the last is the modulo-11 check digit.', source: 'https://www.datadictionary.nhs.uk/attributes/nhs_number.html',
    words: ['nhs'], value: '\\d{3}([- ]?)\\d{3}\\2\\d{4}', judge: (text) => sure(nhs(onlyDigits(text))),
  }),
  keyworded({
    name: 'uk-nino', version: 1, family, check: 'structure', title: 'UK national insurance number', doc: 'UK national insurance numbers near their name.',
    facts: 'Two letters (no D F I Q U V, second no O; BG GB NK KN TN NT ZZ unused), six digits, A to D.', source: 'https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110',
    words: ['nino', 'insurance'], value: '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]', judge: (text) => (noNinoPrefix.test(text.toUpperCase()) ? 0 : 0.9),
  }),
  keyworded({
    name: 'es-dni', version: 1, family, check, title: 'Spanish DNI or NIE', doc: 'Spanish identity numbers of citizens and foreigners near their name.',
    facts: 'Eight digits, or X, Y or Z (0, 1, 2) and seven; then the letter of the number modulo 23.', source: 'https://www.interior.gob.es (DNI, calculo del digito de control)',
    words: ['dni', 'nie', 'nif'], value: '(?:\\d{8}|[XYZ]-?\\d{7})-?[A-HJ-NP-TV-Z]', judge: (text) => sure(dni(text)),
  }),
  keyworded({
    name: 'fr-nir', version: 1, family, check, title: 'French social security number (NIR)', doc: 'French social security numbers near their name.',
    facts: 'Sex, year, month, department (2A and 2B for Corsica), commune, order; the last two are 97 less the rest of division by 97.', source: 'https://www.insee.fr/fr/metadonnees/definition/c1409',
    words: ['nir', 'insee', 'secu', 'sociale'], value: '[12] ?\\d{2} ?[0-9]{2} ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}', judge: (text) => sure(nir(text)),
  }),
  keyworded({
    name: 'nl-bsn', version: 1, family, check, title: 'Dutch citizen number (BSN)', doc: 'Dutch citizen service numbers near their name.',
    facts: 'Nine digits; weights 9 to 2 and -1 add up to a multiple of 11.', source: 'https://www.rvig.nl/bsn',
    words: ['bsn', 'burgerservicenummer', 'sofinummer'], value: '\\d{9}', judge: (text) => sure(varied(text) && weighed(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0),
  }),
  keyworded({
    name: 'be-nrn', version: 1, family, check, title: 'Belgian national register number', doc: 'Belgian national register numbers near their name.',
    facts: 'Birth date yy.mm.dd, serial of three, and 97 less the rest of division by 97, a 2 before numbers from 2000 on.', source: 'https://www.ibz.rrn.fgov.be (information types, TI 000)',
    words: ['nrn', 'niss', 'insz', 'rijksregisternummer', 'rijksregister'], value: '\\d{2}\\.?\\d{2}\\.?\\d{2}-?\\d{3}\\.?\\d{2}', judge: (text) => sure(varied(onlyDigits(text)) && belgian(onlyDigits(text))),
  }),
  keyworded({
    name: 'de-steuer-id', version: 1, family, check, title: 'German tax number (IdNr)', doc: 'German tax identification numbers near their name.',
    facts: 'Eleven digits, not 0 first; of the first ten one stands two or three times; ISO 7064 MOD 11-10.', source: 'https://www.bzst.de (steuerliche Identifikationsnummer)',
    words: ['steuer', 'steuerid', 'idnr', 'identifikationsnummer'], rest: '[ _-]?(?:id|idnr|identifikationsnummer)', value: '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}', judge: (text) => sure(germanTax(onlyDigits(text))),
  }),
  keyworded({
    name: 'it-codice-fiscale', version: 1, family, check, title: 'Italian codice fiscale', doc: 'Italian tax codes near their name.',
    facts: 'Six letters, year, letter of the month, day, place; the last letter is a sum modulo 26. Letters L-N P-V may stand for digits.', source: 'https://www.agenziaentrate.gov.it (D.M. 23 dicembre 1976)',
    words: ['fiscale', 'codfisc'], value: '[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]', judge: (text) => sure(codice(text)),
  }),
];

