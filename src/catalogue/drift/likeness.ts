// How alike two events, fields or names are: figures from 0 to 1.
import { mainType, presenceOf, type MergedEvent, type MergedField } from '../merge/index.ts';
import { wordsOf } from '../mask/index.ts';
import { inBoth } from '../sketch/index.ts';

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

/** Of the keys of two fields, without what both begin with: that says where they belong, not what they are. */
export function keyLikeness(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return same === a.length && same === b.length ? 1 : nameLikeness(a.slice(same).join(' '), b.slice(same).join(' '));
}

/** What two fields hold: the share of the fewer values that both have, and whether they cannot be the same: each has a few values that come again and
 *  again, and none of them is the other's; or one has such and the values of the other do not come again. */
export function valueLikeness(former: MergedField, current: MergedField): { readonly values: number; readonly isOther: boolean } {
  const fewer = Math.min(former.distinct, current.distinct);
  const values = fewer === 0 ? 0 : Math.min(1, inBoth(former.sketch, current.sketch) / fewer);
  return { values, isOther: values < 0.1 && (isChoice(former) || isChoice(current)) && Math.min(former.seen, current.seen) >= leastSeen };
}

const leastSeen = 8;
/** One of a few: a region, a kind, a plan. */
const isChoice = ({ distinct, seen, types }: MergedField): boolean => mainType(types) === 'string' && distinct > 0 && distinct <= 32 && distinct * 4 <= seen;
