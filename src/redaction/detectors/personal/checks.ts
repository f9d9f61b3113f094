// Check digits of identity and account numbers, over digits as text. Each says where its rule stands.

/** Sum of digit times weight, over the shorter of both. */
export const weighed = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i] ?? 0), 0);

/** Remainder of a number of any length; `digits` holds only digits. */
export function modulo(digits: string, by: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % by;
  return rest;
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = Number(digits[i]);
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** ISO 7064 MOD 97-10 as IBAN uses it (ISO 13616): the first four behind the rest, letters as 10 to 35, remainder 1. */
export const mod97 = (iban: string): boolean =>
  modulo([...iban.slice(4) + iban.slice(0, 4)].map((char) => String(parseInt(char, 36))).join(''), 97) === 1;

/** Verhoeff's scheme (J. Verhoeff, 1969): multiplication in the dihedral group of order ten. */
export function verhoeff(digits: string): boolean {
  let sum = 0;
  [...digits].toReversed().forEach((digit, i) => { sum = product(sum, permuted(i, Number(digit))); });
  return sum === 0;
}

/** In the dihedral group: 0 to 4 turn, 5 to 9 turn and flip. */
function product(a: number, b: number): number {
  const turn = a < 5 ? (a + b) % 5 : (a - b + 5) % 5;
  return (a < 5) === (b < 5) ? turn : turn + 5;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
function permuted(times: number, digit: number): number {
  for (let i = 0; i < times % 8; i++) digit = permutation[digit]!;
  return digit;
}

/** ISO 7064 MOD 11-10, last digit included. */
export function mod11x10(digits: string): boolean {
  let product11 = 10;
  for (const digit of digits.slice(0, -1)) product11 = ((((Number(digit) + product11) % 10 || 10) * 2) % 11);
  return (11 - product11) % 10 === Number(digits.at(-1));
}

/** Whether there is such a day; the year of a two-digit one does not matter beside leap years. */
export function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

export const onlyDigits = (text: string): string => text.replace(/\D/g, '');
/** Not one digit over and over, which is what people write in place of a number. */
export const varied = (digits: string): boolean => !/^(.)\1*$/.test(digits);
