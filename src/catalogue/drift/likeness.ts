// How alike two events, fields or names are: figures from 0 to 1.
import { presenceOf, type MergedEvent } from '../merge/index.ts';
import { wordsOf } from '../mask/index.ts';

/** Jaccard of the fields, each by its presence: what both have over what either has. Resource and scope say nothing of the line of code. */
export function schemaLikeness(one: Pick<MergedEvent, 'fields'>, other: Pick<MergedEvent, 'fields'>): { readonly likeness: number; readonly shared: number } {
  let both = 0, either = 0, shared = 0;
  for (const key of new Set([...one.fields.keys(), ...other.fields.keys()])) {
    const [a, b] = [one.fields.get(key), other.fields.get(key)];
    const place = (a ?? b)!.place;
    if (place === 'resource' || place === 'scope' || (a ?? b)!.key === '') continue;
    const [left, right] = [a === undefined ? 0 : presenceOf(a), b === undefined ? 0 : presenceOf(b)];
    both += Math.min(left, right);
    either += Math.max(left, right);
    if (Math.min(left, right) > 0) shared++;
  }
  return { likeness: either === 0 ? 0 : both / either, shared };
}

/** Words that two names share, of those that either has. */
export function nameLikeness(one: string, other: string): number {
  const [a, b] = [new Set(wordsOf(one)), new Set(wordsOf(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

/** Evidence that speaks for the same thing, each by how sure it alone would make one. */
export const together = (parts: readonly number[]): number => 1 - parts.reduce((doubt, part) => doubt * (1 - part), 1);

/** 1 when two figures are equal, 0 when one is thrice the other or more. */
export function closeness(one: number, other: number): number {
  if (one <= 0 || other <= 0) return 0;
  return Math.max(0, 1 - Math.abs(Math.log(one / other)) / Math.log(3));
}
