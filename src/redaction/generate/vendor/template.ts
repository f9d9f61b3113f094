// Secrets as templates: `ghp_<b62:30>` is a prefix and thirty random base-62 characters, `<hex:8-12>` eight to twelve.
import type { Random } from '../types.ts';

const digits = '0123456789';
const lowers = 'abcdefghijklmnopqrstuvwxyz';
const uppers = lowers.toUpperCase();

const alphabets: Readonly<Record<string, string>> = {
  dig: digits, hex: `${digits}abcdef`, low: lowers + digits, up: uppers + digits, alpha: lowers + uppers,
  b32: `${uppers}234567`, b32low: `${lowers}234567`, b62: digits + uppers + lowers, b64: `${digits}${uppers}${lowers}+/`, url: `${digits}${uppers}${lowers}-_`,
  version: '78', variant: '89ab', entra: `${digits}${uppers}${lowers}-_.~`, plan: 'AEIMQUYcgk',
};

/** `count` characters of the alphabet. */
export function chars(random: Random, name: string, count: number): string {
  const alphabet = alphabets[name];
  if (alphabet === undefined) throw new RangeError(`There is no alphabet named ${name}.`);
  let text = '';
  for (let i = 0; i < count; i++) text += alphabet[Math.floor(random() * alphabet.length)]!;
  return text;
}

export const uuid = '<hex:8>-<hex:4>-4<hex:3>-<variant:1><hex:3>-<hex:12>';

/** The template with every `<alphabet:count>` filled in. */
export function fill(template: string, random: Random): string {
  return template.replace(/<(\w+):(\d+)(?:-(\d+))?>/g, (_, name: string, least: string, most: string | undefined) =>
    chars(random, name, most === undefined ? Number(least) : Number(least) + Math.floor(random() * (Number(most) - Number(least) + 1))));
}

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
