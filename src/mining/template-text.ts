// Between the form of a template (one byte a character, the wildcard a byte) and its text.
import { decodeUtf8, encodeUtf8 } from '../base/index.ts';
import { wild } from './form/byte-class.ts';

export const wildcard = '<*>';

/** The text of a form held as one byte a character. */
export function textOf(form: string): string {
  const bytes = Uint8Array.from(form, (char) => char.charCodeAt(0));
  return decodeUtf8(bytes).replaceAll('\u0001', wildcard);
}

/** The form of a template's text. */
export function formOf(text: string): Uint8Array {
  return encodeUtf8(text.replaceAll(wildcard, String.fromCharCode(wild)));
}
