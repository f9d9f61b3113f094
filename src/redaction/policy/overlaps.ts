// Several findings may lie over each other: what is left in the end is one list, in order, none overlapping, in which no part of
// anything that must go stays, whatever else was found there.
import type { RedactionAction } from '../../model/index.ts';
import { isMoreTelling } from '../merged.ts';
import type { Decided } from './types.ts';
import { sensitiveKeyName } from './verdicts.ts';

/** Something found, with what of it may stay. */
export interface Item extends Decided {
  /** Leading bytes that are public. */
  readonly keep: number;
  /** Characters that `partial` leaves at the end. */
  readonly last: number | undefined;
}

/** The stricter wins where two overlap. */
const strictness: Readonly<Record<RedactionAction, number>> = { ignore: 0, partial: 1, hash: 2, mask: 3, remove: 4, drop: 5 };

/** An ignored finding stays only where nothing else touches it. */
export function withoutOverlaps(items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const acted = merged(items.filter(({ action }) => action !== 'ignore').toSorted(byPlace));
  const ignored = items.filter(({ action }) => action === 'ignore').toSorted(byPlace);
  return ignored.length === 0 ? acted : [...acted, ...untouched(ignored, acted)].toSorted(byPlace);
}

const byPlace = (a: Item, b: Item): number => a.start - b.start || b.end - a.end;

/** One over both, with the stricter's action and the more telling name. What a detector knows is called by its name, whatever the key says. */
function merged(items: readonly Item[]): readonly Item[] {
  const list: Item[] = [];
  for (const one of items) {
    const before = list.at(-1);
    if (before === undefined || one.start >= before.end) list.push(one);
    else list[list.length - 1] = union(before, one);
  }
  return list;
}

function union(a: Item, b: Item): Item {
  const strict = strictness[b.action] > strictness[a.action] ? b : a;
  const sure = a.detector === sensitiveKeyName || (b.detector !== sensitiveKeyName && isMoreTelling(b, a)) ? b : a;
  return {
    start: a.start, end: Math.max(a.end, b.end), detector: sure.detector, confidence: sure.confidence, action: strict.action,
    keep: sure.start === a.start ? sure.keep : 0, last: a.start === b.start && a.end === b.end ? strict.last : Math.min(a.last ?? 4, b.last ?? 4),
  };
}

/** Both lists in order: one walk. Of ignored ones that lie over each other one is told, by the surer's name. */
function untouched(ignored: readonly Item[], acted: readonly Item[]): readonly Item[] {
  let next = 0;
  return merged(ignored.filter(({ start, end }) => {
    while (next < acted.length && acted[next]!.end <= start) next++;
    return next >= acted.length || acted[next]!.start >= end;
  }));
}
