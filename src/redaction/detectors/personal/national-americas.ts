// Identity numbers of the Americas. All but the written-out forms of SSN, CPF and CNPJ are looked at only near their name.
import type { Detector } from '../../types.ts';
import { keyworded } from '../keyworded.ts';
import { luhn, onlyDigits, varied } from './checks.ts';

const family = 'national-id' as const;

/** Never issued: area 000, 666 and 900 up, group 00, serial 0000; and two numbers known from advertisements. */
export function isSsn(digits: string): boolean {
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  return area !== '000' && area !== '666' && area[0] !== '9' && group !== '00' && serial !== '0000' && digits !== '078051120' && digits !== '219099999';
}

const itinGroup = (group: number): boolean => (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || (group >= 94 && group <= 99);

/** Modulo 11 with weights that rise from 2 at the right to `most` and begin anew; 10 and 11 become 0. CNPJ letters count as ASCII less 48. */
export function brazilDigit(text: string, most: number): string {
  let sum = 0;
  for (let i = text.length - 1, weight = 2; i >= 0; i--, weight = weight === most ? 2 : weight + 1) sum += (text.charCodeAt(i) - 48) * weight;
  return sum % 11 < 2 ? '0' : String(11 - (sum % 11));
}

/** Both check digits of a CPF (`most` 11) or a CNPJ (`most` 9). */
export function isBrazilian(text: string, most: number): boolean {
  const body = text.slice(0, -2);
  const first = brazilDigit(body, most);
  return varied(text) && text.endsWith(first + brazilDigit(body + first, most));
}

const alphanumeric = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '');

export const americanIds: readonly Detector[] = [
  keyworded({
    name: 'us-itin', version: 1, family, title: 'US taxpayer number (ITIN)', doc: 'US individual taxpayer identification numbers near their name.', check: 'context',
    facts: 'Nine digits, 9 first, the fourth and fifth 50-65, 70-88, 90-92 or 94-99; 3-2-4 with dashes or in one run.', source: 'https://www.irs.gov/irm/part3/irm_03-021-263r',
    words: ['itin', 'taxpayer'], rest: '(?:[ _-]?identification)?(?:[ _-]?(?:number|no|id))?',
    value: '9\\d{2}([- ]?)\\d{2}\\2\\d{4}', judge: (text) => (itinGroup(Number(onlyDigits(text).slice(3, 5))) ? 0.85 : 0),
  }),
  keyworded({
    name: 'ca-sin', version: 1, family, title: 'Canadian social insurance number', doc: 'Canadian social insurance numbers near their name.', check: 'checksum',
    facts: 'Nine digits in groups of three or one run, first not 0 or 8, last digit Luhn\'s.', source: 'https://www.canada.ca/en/employment-social-development/services/sin.html',
    words: ['sin', 'insurance'], value: '\\d{3}([- ]?)\\d{3}\\2\\d{3}', judge: (text) => (!/^[08]/.test(text) && luhn(onlyDigits(text)) && varied(onlyDigits(text)) ? 0.9 : 0),
  }),
  keyworded({
    name: 'us-npi', version: 1, family, title: 'US provider number (NPI)', doc: 'US national provider identifiers near their name.', check: 'checksum',
    facts: 'Ten digits, 1 or 2 first; Luhn over 80840 and the number.', source: 'https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf',
    words: ['npi'], value: '[12]\\d{9}', judge: (text) => (luhn(`80840${text}`) ? 0.95 : 0),
  }),
  keyworded({
    name: 'br-cpf', version: 1, family, title: 'Brazilian CPF', doc: 'Brazilian taxpayer numbers of persons near their name.', check: 'checksum',
    facts: 'Eleven digits, 3.3.3-2 or one run; the last two are modulo-11 check digits.', source: 'https://www.gov.br/receitafederal (CPF)',
    words: ['cpf'], value: '\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}', judge: (text) => (isBrazilian(onlyDigits(text), 11) ? 0.97 : 0),
  }),
  keyworded({
    name: 'br-cnpj', version: 1, family, title: 'Brazilian CNPJ', doc: 'Brazilian taxpayer numbers of companies near their name, also with letters as from 2026 on.', check: 'checksum',
    facts: 'Twelve digits or capitals and two modulo-11 check digits, 2.3.3/4-2 or one run; a letter counts as its ASCII code less 48.', source: 'https://www.gov.br/receitafederal (CNPJ; Instrucao Normativa RFB 2229/2024)',
    words: ['cnpj'], value: '[0-9A-Z]{2}\\.?[0-9A-Z]{3}\\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?\\d{2}', judge: (text) => (isBrazilian(alphanumeric(text), 9) ? 0.97 : 0),
  }),
];
