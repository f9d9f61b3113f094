// Check digits made from a number's body. Written apart from the detectors' checks, so that each proves the other.
import { padded } from '../lines.ts';

/** Luhn's digit: places from the right, odd ones doubled, digits of products added. */
export function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, i) => total + (i % 2 === 0 ? (Number(digit) * 2 > 9 ? Number(digit) * 2 - 9 : Number(digit) * 2) : Number(digit)), 0);
  return String((10 - (sum % 10)) % 10);
}

export const sumOf = (body: string, weights: readonly number[]): number => [...body].reduce((total, digit, i) => total + Number(digit) * (weights[i] ?? 0), 0);

/** The two digits that make ISO 13616's remainder 1. */
export function ibanDigits(country: string, account: string): string {
  const number = [...`${account}${country}00`].map((char) => (/\d/.test(char) ? char : String(char.charCodeAt(0) - 55))).join('');
  return padded(98 - Number(BigInt(number) % 97n), 2);
}

export const rest97 = (number: string): number => Number(BigInt(number) % 97n);

/** Verhoeff's tables as printed. */
const group = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210'];
const turns = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];
const inverse = '0432156789';
export function verhoeffDigit(body: string): string {
  const sum = [...body].reverse().reduce((state, digit, i) => Number(group[state]![Number(turns[(i + 1) % 8]![Number(digit)])]), 0);
  return inverse[sum]!;
}

/** ISO 7064 MOD 11-10. */
export function mod11x10Digit(body: string): string {
  let carry = 10;
  for (const digit of body) {
    const sum = (carry + Number(digit)) % 10;
    carry = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - carry) % 10);
}

/** A Brazilian digit: weights 2, 3 … from the right, at most `most`. */
export function brazilian(body: string, most: number): string {
  const sum = [...body].reverse().reduce((total, char, i) => total + (char.charCodeAt(0) - 48) * (2 + (i % (most - 1))), 0);
  const rest = 11 - (sum % 11);
  return rest > 9 ? '0' : String(rest);
}
