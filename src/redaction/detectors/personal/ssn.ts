// US social security numbers: with dashes wherever they stand, in one run or with spaces only near their name.
import { asciiText, isDigit, notDigit, textBefore } from '../../bytes.ts';
import type { Detector, Shape } from '../../types.ts';
import { alone, found, keyworded } from '../keyworded.ts';
import { onlyDigits, varied } from './checks.ts';
import { isSsn } from './national-americas.ts';

/** Words that make a number with dashes somebody's identifier; near a name of its own it is found all the same. */
const identifierBefore = /[^a-z0-9](?:id|order|invoice|ticket|case|part|item|sku|serial|ref)(?:[ _-](?:no|number|id))?\.?["']?\s?[:=#]?\s?["'#]?$/i;

const dash = (byte: number): boolean => byte === 0x2d;
const dashed: Shape = [notDigit, isDigit, isDigit, isDigit, dash, isDigit, isDigit, dash, isDigit];

const named = keyworded({
  name: 'us-ssn', version: 1, family: 'national-id', title: 'US social security number', doc: 'US social security numbers: 3-2-4 digits with dashes, or any form near their name.', check: 'structure',
  facts: 'Area 001-899 without 666, group 01-99, serial 0001-9999; no check digit.', source: 'https://www.ssa.gov/employer/randomization.html',
  words: ['ssn', 'security'], rest: '(?:[ _-]?(?:number|no|num))?', value: '\\d{3}([- ]?)\\d{2}\\2\\d{4}', judge: (text) => (isSsn(onlyDigits(text)) && varied(onlyDigits(text)) ? 0.95 : 0),
});

export const usSsn: Detector = {
  ...named,
  anchors: [...named.anchors, dashed],
  verify(window, at, match) {
    if (!isDigit(window.bytes[at - 1]!) || window.bytes[at - 2] !== 0x2d) return named.verify(window, at, match);
    const from = at - 8;
    const text = asciiText(window.bytes, from, window.end, 11);
    if (!/^\d{3}-\d{2}-\d{4}$/.test(text) || !alone(window, from, from + 11) || !isSsn(onlyDigits(text))) return false;
    return !identifierBefore.test(textBefore(window.bytes, window.start, from)) && found(match, from, from + 11, 0.8);
  },
};
