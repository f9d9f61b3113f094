// Made-up identity numbers. Each is drawn until its country could have given it out.
import { alphabets, bumped, chars, digits, inLine, int, named, otherLetter, padded, pick, plainLines } from '../lines.ts';
import type { Generator, Random } from '../types.ts';
import { brazilian, luhnDigit, mod11x10Digit, rest97, sumOf, verhoeffDigit } from './check-digits.ts';

/** Draws until it is one. */
function until<T>(draw: () => T | null): T {
  for (;;) {
    const value = draw();
    if (value !== null) return value;
  }
}

const day = (random: Random): [year: string, month: string, day: string] => [padded(int(random, 1940, 2009), 4), padded(int(random, 1, 12), 2), padded(int(random, 1, 28), 2)];
const ymd = (random: Random): string => day(random).join('').slice(2);
const dmy = (random: Random): string => { const [year, month, date] = day(random); return date + month + year.slice(2); };

const ssn = (random: Random): string => `${padded(pick(random, [int(random, 1, 665), int(random, 667, 899)]), 3)}-${padded(int(random, 1, 99), 2)}-${padded(int(random, 1, 9999), 4)}`;
const usSsn: Generator = {
  detector: 'us-ssn',
  positive: (random) => (random() < 0.5 ? inLine(random, ssn(random), plainLines) : inLine(random, ssn(random).replaceAll('-', pick(random, ['', '-', ' '])), ['ssn=<>', '"ssn": "<>"', 'Social Security Number: <>', 'customerSsn=<>'])),
  negatives: (random) => [
    { text: `000-${digits(random, 2)}-1234` }, { text: `666-12-${digits(random, 4)}` }, { text: `ssn: 9${digits(random, 2)}-12-3456` }, { text: `123-00-${digits(random, 4)}` },
    { text: `part 4${digits(random, 2)}-12-34567` }, { text: `a-123-45-${digits(random, 4)}` }, { text: `seen 123${digits(random, 6)}` }, { text: `2024-01-${digits(random, 2)}` },
  ],
};

const sin = (random: Random): string => { const body = `${int(random, 1, 7)}${digits(random, 7)}`; return body + luhnDigit(body); };
const npi = (random: Random): string => { const body = `${int(random, 1, 2)}${digits(random, 8)}`; return body + luhnDigit(`80840${body}`); };
const cpf = (random: Random): string => {
  const body = digits(random, 9);
  const first = body + brazilian(body, 11);
  const all = first + brazilian(first, 11);
  return random() < 0.5 ? all : all.replace(/(\d{3})(\d{3})(\d{3})/, '$1.$2.$3-');
};
const cnpj = (random: Random): string => {
  const body = chars(random, random() < 0.5 ? alphabets.digits : alphabets.digits + alphabets.upper, 12);
  const first = body + brazilian(body, 9);
  return first + brazilian(first, 9);
};
const nhs = (random: Random): string => until(() => {
  const body = digits(random, 9);
  const check = (11 - (sumOf(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === 10 ? null : body + String(check);
});
const nino = (random: Random): string => `${pick(random, ['AB', 'CE', 'JK', 'PR', 'SX', 'WY'])}${digits(random, 6)}${chars(random, 'ABCD', 1)}`;
const dni = (random: Random): string => {
  const foreign = random() < 0.4;
  const number = foreign ? digits(random, 7) : digits(random, 8);
  const lead = foreign ? int(random, 0, 2) : 0;
  return (foreign ? 'XYZ'[lead]! : '') + number + 'TRWAGMYFPDXBNJZSQVHLCKE'[(lead * 10_000_000 + Number(number)) % 23]!;
};
const nir = (random: Random): string => { const body = `${int(random, 1, 2)}${ymd(random).slice(0, 4)}${padded(int(random, 1, 95), 2)}${padded(int(random, 1, 999), 3)}${padded(int(random, 1, 999), 3)}`; return body + padded(97 - rest97(body), 2); };
const bsn = (random: Random): string => until(() => {
  const body = `${int(random, 1, 9)}${digits(random, 7)}`;
  const check = sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return check === 10 ? null : body + String(check);
});
const nrn = (random: Random): string => {
  const [year, month, date] = day(random);
  const body = year.slice(2) + month + date + padded(int(random, 1, 997), 3);
  return body + padded(97 - rest97((Number(year) >= 2000 ? '2' : '') + body), 2);
};
const steuer = (random: Random): string => until(() => {
  const kinds = [...alphabets.digits].toSorted(() => random() - 0.5).slice(0, 9);
  const body = [...kinds, kinds[0]!].toSorted(() => random() - 0.5).join('');
  return body.startsWith('0') ? null : body + mod11x10Digit(body);
});
/** Sum of values: at odd places from the decree's table, at even ones the letter's or digit's own. */
const codice = (random: Random): string => {
  const body = `${chars(random, alphabets.upper, 6)}${digits(random, 2)}${chars(random, 'ABCDEHLMPRST', 1)}${padded(int(random, 1, 28), 2)}${chars(random, 'ABCDEFGHIL', 1)}${digits(random, 3)}`;
  const odd: Record<string, number> = { A: 1, B: 0, C: 5, D: 7, E: 9, F: 13, G: 15, H: 17, I: 19, J: 21, K: 2, L: 4, M: 18, N: 20, O: 11, P: 3, Q: 6, R: 8, S: 12, T: 14, U: 16, V: 10, W: 22, X: 25, Y: 24, Z: 23 };
  const sum = [...body].reduce((total, char, i) => {
    const letter = /\d/.test(char) ? alphabets.upper[Number(char)]! : char;
    return total + (i % 2 === 0 ? odd[letter]! : alphabets.upper.indexOf(letter));
  }, 0);
  return body + alphabets.upper[sum % 26]!;
};
const pesel = (random: Random): string => { const body = ymd(random).replace(/^(..)(..)/, (_, year: string, month: string) => year + padded(Number(month) + pick(random, [0, 20]), 2)) + digits(random, 4); return body + String((10 - (sumOf(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10); };
const personnummer = (random: Random): string => { const body = ymd(random) + digits(random, 3); return `${body.slice(0, 6)}${pick(random, ['-', ''])}${body.slice(6)}${luhnDigit(body)}`; };
const hetu = (random: Random): string => { const [birth, serial] = [dmy(random), padded(int(random, 2, 899), 3)]; return `${birth}${pick(random, ['-', 'A', '+'])}${serial}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(birth + serial) % 31]!}`; };
const tckn = (random: Random): string => {
  const body = `${int(random, 1, 9)}${digits(random, 8)}`;
  const [odd, even] = [sumOf(body, [1, 0, 1, 0, 1, 0, 1, 0, 1]), sumOf(body, [0, 1, 0, 1, 0, 1, 0, 1])];
  const tenth = (odd * 7 - even + 1000) % 10;
  return `${body}${tenth}${(odd + even + tenth) % 10}`;
};
const aadhaar = (random: Random): string => { const body = `${int(random, 2, 9)}${digits(random, 10)}`; return (body + verhoeffDigit(body)).replace(/(.{4})(.{4})/, pick(random, ['$1$2', '$1 $2 '])); };
const pan = (random: Random): string => `${chars(random, alphabets.upper, 3)}${chars(random, 'ABCFGHJLPT', 1)}${chars(random, alphabets.upper, 1)}${int(random, 1, 9)}${digits(random, 3)}${chars(random, alphabets.upper, 1)}`;
const nric = (random: Random): string => {
  const [lead, number] = [pick(random, ['S', 'T', 'F', 'G']), digits(random, 7)];
  const rest = (sumOf(number, [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(lead) ? 4 : 0)) % 11;
  return lead + number + ('ST'.includes(lead) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[rest]!;
};
const resident = (random: Random): string => {
  const body = `${int(random, 11, 65)}${digits(random, 4)}${day(random).join('')}${digits(random, 3)}`;
  return body + '10X98765432'[sumOf(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11]!;
};
const rrn = (random: Random): string => { const body = `${ymd(random)}${int(random, 1, 4)}${digits(random, 5)}`; return `${body.slice(0, 6)}-${body.slice(6)}${(11 - (sumOf(body, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10}`; };
const tfn = (random: Random): string => until(() => { const body = `${int(random, 1, 9)}${digits(random, 7)}`; const last = [...alphabets.digits].find((digit) => sumOf(body + digit, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0); return last === undefined ? null : body + last; });
const medicare = (random: Random): string => { const body = `${int(random, 2, 6)}${digits(random, 7)}`; return `${body}${sumOf(body, [1, 3, 7, 9, 1, 3, 7, 9]) % 10}${int(random, 1, 9)}`; };

const one = (change: (value: string) => string) => (_: Random, value: string): string[] => [change(value)];
const wrongDigit = one(bumped);
const wrongLetter = one(otherLetter);
const indianPan: Generator = { detector: 'in-pan', positive: (random) => inLine(random, pan(random), plainLines), negatives: (random) => [{ text: pan(random).toLowerCase() }, { text: `${pan(random)}7` }, { text: pan(random).replace(/^(...)./, '$1X') }, { text: 'ABCPD0000E' }, { text: `A${pan(random)}` }] };

export const nationalGenerators: readonly Generator[] = [
  usSsn,
  named('us-itin', ['itin', 'taxpayer_id', 'ITIN'], (random) => `9${digits(random, 2)}-${int(random, 70, 88)}-${digits(random, 4)}`, (_, value) => [value.replace(/-\d\d-/, '-66-'), `8${value.slice(1)}`]),
  named('ca-sin', ['sin', 'SIN', 'social insurance number'], sin, wrongDigit), named('us-npi', ['npi', 'NPI number'], npi, wrongDigit),
  named('br-cpf', ['cpf', 'CPF'], cpf, wrongDigit), named('br-cnpj', ['cnpj', 'CNPJ'], cnpj, wrongDigit),
  named('uk-nhs', ['nhs_number', 'NHS', 'nhs'], nhs, wrongDigit), named('uk-nino', ['nino', 'National Insurance'], nino, (_, value) => [`BG${value.slice(2)}`, `${value.slice(0, -1)}E`]),
  named('es-dni', ['dni', 'nie', 'NIF'], dni, wrongLetter), named('fr-nir', ['nir', 'numero secu'], nir, wrongDigit), named('nl-bsn', ['bsn', 'BSN'], bsn, wrongDigit),
  named('be-nrn', ['nrn', 'rijksregisternummer', 'niss'], nrn, wrongDigit), named('de-steuer-id', ['steuer_id', 'steuerid', 'IdNr'], steuer, wrongDigit),
  named('it-codice-fiscale', ['codice_fiscale', 'codfisc'], codice, wrongLetter), named('pl-pesel', ['pesel', 'PESEL'], pesel, wrongDigit),
  named('se-personnummer', ['personnummer', 'pnr'], personnummer, wrongDigit), named('fi-hetu', ['hetu'], hetu, (_, value) => [`${value.slice(0, -1)}Z`, `99${value.slice(2)}`]),
  named('dk-cpr', ['cpr', 'CPR-nr'], (random) => `${dmy(random)}-${digits(random, 4)}`, (_, value) => [`99${value.slice(2)}`]), named('tr-tckn', ['tckn', 'kimlik_no'], tckn, wrongDigit),
  indianPan, named('in-aadhaar', ['aadhaar', 'aadhar_number'], aadhaar, wrongDigit), named('sg-nric', ['nric', 'NRIC'], nric, wrongLetter),
  named('cn-resident-id', ['idcard', 'resident_id'], resident, (_, value) => [value.slice(0, 10) + '13' + value.slice(12)]), named('kr-rrn', ['rrn', 'resident_registration_number'], rrn, (_, value) => [value.slice(0, 2) + '99' + value.slice(4)]),
  named('au-tfn', ['tfn', 'TFN'], tfn, wrongDigit), named('au-medicare', ['medicare', 'medicare_number'], medicare, (_, value) => [value.slice(0, 8) + String((Number(value[8]) + 1) % 10) + value[9]!]),
];
