// The Range header, RFC 9110 section 14: one range of bytes. Several at once are answered with the whole, as the RFC allows.

/** `end` is exclusive. `null`: the whole; `unsatisfiable`: it begins past the end. */
export type ByteRange = { readonly start: number; readonly end: number } | null | 'unsatisfiable';

export function readRange(header: string | undefined, bytes: number): ByteRange {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return Number(last) === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - Number(last)), end: bytes };
  if (last !== '' && Number(last) < Number(first)) return null;
  return Number(first) >= bytes ? 'unsatisfiable' : { start: Number(first), end: last === '' ? bytes : Math.min(bytes, Number(last) + 1) };
}
