// Units as profilers write them, brought to the model's: times to nanoseconds, sizes to bytes.
import type { WeightColumn } from '../model.ts';

export interface Unit { readonly unit: WeightColumn['unit']; readonly unitText: string; /** A value in the file times this is a value in `unit`. */ readonly factor: number }

const times: Readonly<Record<string, number>> = {
  nanoseconds: 1, nanosecond: 1, ns: 1, microseconds: 1e3, microsecond: 1e3, us: 1e3, 'µs': 1e3, milliseconds: 1e6, millisecond: 1e6, ms: 1e6,
  seconds: 1e9, second: 1e9, s: 1e9, minutes: 6e10, minute: 6e10,
};
const sizes: Readonly<Record<string, number>> = { bytes: 1, byte: 1, b: 1, kilobytes: 1024, kilobyte: 1024, kb: 1024, megabytes: 1024 ** 2, megabyte: 1024 ** 2, mb: 1024 ** 2, gigabytes: 1024 ** 3, gigabyte: 1024 ** 3, gb: 1024 ** 3 };

export function unitOf(text: string): Unit {
  const word = text.toLowerCase();
  if (Object.hasOwn(times, word)) return { unit: 'nanoseconds', unitText: 'nanoseconds', factor: times[word]! };
  if (Object.hasOwn(sizes, word)) return { unit: 'bytes', unitText: 'bytes', factor: sizes[word]! };
  if (word === 'count' || word === 'samples') return { unit: 'count', unitText: 'count', factor: 1 };
  return { unit: 'other', unitText: text, factor: 1 };
}
