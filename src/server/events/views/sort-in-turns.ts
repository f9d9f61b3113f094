// Sorting and picking over many items without holding up the event loop: a slice at a time, and then others have their turn.

/** Lets whatever waits have its turn. */
export const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

const sliceMs = 8;
const sliceItems = 4096;

/** What `make` gives for each item; null leaves it out. One item may be a millisecond's work (an event of a thousand fields), so the clock is asked after each. */
export async function mapInTurns<T, R>(items: readonly T[], make: (item: T) => R | null): Promise<R[]> {
  const made: R[] = [];
  let until = performance.now() + sliceMs;
  for (const item of items) {
    const one = make(item);
    if (one !== null) made.push(one);
    if (performance.now() > until) { await turn(); until = performance.now() + sliceMs; }
  }
  return made;
}

/** Work that comes a step at a time: so many steps as a slice has time for, then others have their turn. */
export async function inTurns<T>(steps: Generator<undefined, T, undefined>): Promise<T> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() > until) { await turn(); until = performance.now() + sliceMs; }
  }
}

/** Items `from` to `to` of all in order: slices are sorted by themselves, then merged as far as is asked for. */
export async function sortedPart<T>(items: readonly T[], compare: (a: T, b: T) => number, from: number, to: number): Promise<T[]> {
  const slices: T[][] = [];
  for (let at = 0; at < items.length; at += sliceItems) {
    slices.push(items.slice(at, at + sliceItems).sort(compare));
    await turn();
  }
  const heads = slices.map(() => 0);
  const part: T[] = [];
  for (let place = 0; place < Math.min(to, items.length); place++) {
    const least = leastOf(slices, heads, compare);
    const item = slices[least]![heads[least]!++]!;
    if (place >= from) part.push(item);
    if (place % sliceItems === sliceItems - 1) await turn();
  }
  return part;
}

/** The slice whose next item comes first. */
function leastOf<T>(slices: readonly (readonly T[])[], heads: readonly number[], compare: (a: T, b: T) => number): number {
  let least = -1;
  for (let i = 0; i < slices.length; i++) {
    if (heads[i]! >= slices[i]!.length) continue;
    if (least < 0 || compare(slices[i]![heads[i]!]!, slices[least]![heads[least]!]!) < 0) least = i;
  }
  return least;
}
