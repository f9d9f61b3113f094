// Positions in text count code points in KQL and UTF-16 units in JavaScript; they differ only beyond the basic plane.

const astral = /[\ud800-\udbff][\udc00-\udfff]/;

export const lengthOf = (text: string): number => (astral.test(text) ? [...text].length : text.length);

/** The UTF-16 index of a code point. */
function unitAt(text: string, point: number): number {
  if (!astral.test(text)) return Math.min(point, text.length);
  let unit = 0;
  for (let i = 0; i < point && unit < text.length; i++) unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  return unit;
}

/** `substring(text, start, length)` in code points: a negative start counts from the end. */
export function substring(text: string, start: number, length: number): string {
  const from = start < 0 ? Math.max(0, lengthOf(text) + start) : start;
  const to = from + Math.max(0, length);
  return text.slice(unitAt(text, from), Number.isFinite(to) ? unitAt(text, to) : undefined);
}

/** A match, as UTF-16 indexes. */
export interface Place { readonly at: number; readonly end: number }

/** Where the wanted occurrence of `placesFrom` lies between two positions, in code points; -1 when nowhere, null for positions that make no sense. */
export function search(text: string, start: number, length: number, occurrence: number, placesFrom: (from: number) => Iterable<Place>): number | null {
  if (occurrence < 1 || length < -1) return null;
  const first = start < 0 ? Math.max(0, lengthOf(text) + start) : start;
  const limit = length < 0 ? text.length : unitAt(text, first + length);
  let found = 0;
  for (const place of placesFrom(unitAt(text, first))) {
    if (place.end > limit) return -1;
    if (++found === occurrence) return lengthOf(text.slice(0, place.at));
  }
  return -1;
}
