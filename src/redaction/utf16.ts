// Where findings in UTF-8 stand in the same text as JavaScript counts it.
import { decodeUtf8 } from '../base/index.ts';

/** Byte offsets to UTF-16 offsets, of findings in ascending order that do not overlap; the same numbers when the text is all ASCII. */
export function inUtf16<T extends { readonly start: number; readonly end: number }>(findings: readonly T[], bytes: Uint8Array, text: string): readonly T[] {
  if (bytes.length === text.length) return findings;
  let at = 0;
  let units = 0;
  const unitsTo = (byte: number): number => {
    units += decodeUtf8(bytes, at, byte).length;
    at = byte;
    return units;
  };
  return findings.map((one) => ({ ...one, start: unitsTo(one.start), end: unitsTo(one.end) }));
}
