// What the work on one record could not read or build whole: a text too long for a regular expression, a list cut at its
// bound, a value nested too deeply. The answer that came of it may be wrong, and whoever must not take it for true asks here.
// Work on a record is synchronous and one record at a time, so there is one place for all of it.
let first: string | null = null;

/** Says that an answer may be wrong, and why: a sentence for a person, naming the function and its bound. A record's first reason is kept. */
export function fallShort(reason: string): void { first ??= reason; }

/** Before the work on a record. */
export function clearShortfall(): void { first = null; }

/** Why the work since `clearShortfall` may be wrong; null when all was read. */
export const shortfall = (): string | null => first;
