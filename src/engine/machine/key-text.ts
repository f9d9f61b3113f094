// The key of a machine: as what it is told apart by, and as a person reads it. Both bounded, whatever a record says, and both texts of
// their own, so that a key keeps no record alive.
import { cutText } from '../../base/index.ts';
import type { Value } from '../../otlp/index.ts';
import { groupKey, toText } from '../values/index.ts';

/** Of one value, and of all together. */
const mostValue = 200;
const mostText = 500;
/** A longer id is its beginning and a hash of the whole. */
const mostId = 200;
const idHead = 100;

/** Its values joined by ` / `. */
export const textOf = (values: readonly Value[]): string => cutText(values.map((value) => (value === null ? 'null' : toText(value, 'dynamic').slice(0, mostValue))).join(' / '), mostText);

/** The same for the same values. Not to be kept: see `cutText`. */
export function idOf(values: readonly Value[]): string {
  const whole = values.length === 1 ? groupKey(values[0]!) : values.map(groupKey).join('|');
  // Well formed as a kept copy is, or what is kept would never be found again.
  return (whole.length <= mostId ? whole : `${whole.slice(0, idHead)}#${whole.length}#${hashOf(whole)}`).toWellFormed();
}

/** An id that may be kept. */
export const keptId = (id: string): string => cutText(id, mostId);

/** 64 bits of it, from two walks that mix differently. Not against somebody who wants two keys to share a machine. */
function hashOf(text: string): string {
  let a = 0x811c9dc5 | 0;
  let b = 0x9e3779b9 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return `${(a >>> 0).toString(16)}.${(b >>> 0).toString(16)}`;
}
