// Durations as people write them: "5 minutes", "30 sec" and "5m" are all taken, and the document gets the short form.
import { z } from 'zod';
import { durationText } from '../../../../../model/index.ts';

const units: readonly (readonly [RegExp, string])[] = [[/^(?:ms|millis|milliseconds?)$/, 'ms'], [/^(?:s|secs?|seconds?)$/, 's'], [/^(?:m|mins?|minutes?)$/, 'm'], [/^(?:h|hrs?|hours?)$/, 'h'], [/^(?:d|days?)$/, 'd']];

/** The short form; the text itself when it is none. */
export function shortDuration(text: string): string {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim().toLowerCase()) ?? [];
  const short = units.find(([words]) => words.test(unit))?.[1];
  return number === undefined || short === undefined ? text : `${number}${short}`;
}

/** A field's text to a duration of the document. */
export const typedDuration = z.string().transform(shortDuration).pipe(durationText);
