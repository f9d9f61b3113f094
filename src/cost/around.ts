// What each request says once, around all of its records: its resource and its scopes. Part of what is billed, shared by the records of a request, so
// that a record's part is known by looking at some of them. It leaves as long as any record of its request does: rules that take records or fields away
// are not credited with it, neither when they are predicted nor when they are measured.
import type { FieldPlace } from '../model/index.ts';
import type { MeasuredEvent, Rate } from './measured-event.ts';

export const isAround = ({ place }: { readonly place: FieldPlace }): boolean => place === 'resource' || place === 'scope';

/** Bytes of it that fall to one record, by what was looked at. */
export const aroundEach = ({ fields }: Pick<MeasuredEvent, 'fields'>): number => fields.reduce((sum, field) => (isAround(field) ? sum + field.meanBytes * field.presence : sum), 0);

/** The same of totals: the bytes of fields over the records that were looked at. */
export function aroundSeen(fields: Iterable<{ readonly place: FieldPlace; readonly bytes: number }>, looked: number): number {
  let bytes = 0;
  if (looked > 0) for (const field of fields) if (isAround(field)) bytes += field.bytes;
  return looked > 0 ? bytes / looked : 0;
}

export const withAround = ({ recordsPerSecond, bytesPerSecond }: Rate, each: number): Rate => ({ recordsPerSecond, bytesPerSecond: bytesPerSecond + recordsPerSecond * each });
