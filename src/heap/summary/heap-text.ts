// What of a heap's text is code and what a value. Values may be secrets: they leave this folder as dots unless revealed.
import { dots } from '../graph/value-names.ts';
import type { HeapText } from './rows.ts';

export const codeText = (text: string): HeapText => ({ text, isValue: false, masked: false });

/** @param length UTF-16 units of the value; the dots do not tell it. */
export function valueText(text: string, reveal: boolean): HeapText {
  return { text: reveal ? text : dots, isValue: true, masked: !reveal, length: text.length };
}
