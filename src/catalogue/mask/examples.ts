// What is told of a field's values (README: "Examples"). A value is shown as it is only when it is one of few, short, of plain
// characters, under a name that is neither secret nor a person's, and no detector finds anything in it; else its shape is.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import { isSecretName, type Scanner } from '../../redaction/index.ts';
import { isPersonalName } from './personal-names.ts';
import { shapeOf } from './shape.ts';

/** A value is one of few when there are at most so many, and at least twice as many records were looked at. */
export const fewDistinct = 16;
const leastLooked = 8;
export const maxExamples = 3;
/** Longer values are kept as shapes from the start. */
export const longestValue = 40;

/** Letters, digits and what joins them; no blank, and no run of digits that may be somebody's number. */
const plainText = /^[A-Za-z0-9][A-Za-z0-9_./:+-]*$/;
const longNumber = /\d{5}/;

export interface SampledField {
  readonly key: string;
  /** Shapes of the first few values, and the values themselves: empty where one must not be shown, or when there are too many of them. */
  readonly shapes: readonly string[];
  readonly values: readonly string[];
  readonly distinct: number;
  readonly seen: number;
}

/** `hides`: whether the rules that are deployed hide a value of the field. */
export function examplesOf(field: SampledField, scanner: Scanner, hides: (value: string) => boolean = () => false): string[] {
  if (isSecretName(field.key)) return [];
  const isFew = field.distinct <= fewDistinct && field.seen >= leastLooked && field.seen >= field.distinct * 2;
  const mayShow = isFew && !isPersonalName(field.key);
  return [...new Set(field.shapes.map((shape, i) => (mayShow && isHarmless(field.values[i] ?? '', field.key, scanner) && !hides(field.values[i]!) ? field.values[i]! : shape)))];
}

function isHarmless(value: string, key: string, scanner: Scanner): boolean {
  return plainText.test(value) && !longNumber.test(value) && scanner.scanText(value, key).length === 0;
}

/** The text of bytes[start, end) while it may be one of few, else null. */
export const keptValue = (bytes: Uint8Array, start: number, end: number): string | null => (end - start <= longestValue ? decodeUtf8(bytes, start, end) : null);

export function shapeOfText(text: string): string {
  const bytes = encodeUtf8(text);
  return shapeOf(bytes, 0, bytes.length);
}
