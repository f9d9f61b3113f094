// The lines that a plan shows of a changed rule.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDiff } from './text-diff.ts';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

test('shows what goes and what comes, with a little around it', () => {
  const before = lines('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
  expect(textDiff(before, before.replace('e', 'E').replace('f\n', ''))).toEqual(['…', '  c', '  d', '- e', '- f', '+ E', '  g', '  h', '…']);
  expect(textDiff(before, `${before}k\n`)).toEqual(['…', '  i', '  j', '+ k']);
  expect(textDiff('a\nb\n', 'b\na\n')).toEqual(['- a', '  b', '+ a']);
});

test('line ends alone change nothing that is shown', () => {
  expect(textDiff('a\r\nb\r\n', 'a\nb')).toEqual([]);
});

test('its lines lead from one text to the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
  fc.assert(fc.property(text, text, (from, to) => {
    // Lines in front keep everything near a change, so that nothing is left out.
    const shown = textDiff(lines(...from.flatMap((one) => [one])), lines(...to)).filter((one) => one !== '…');
    const goes = shown.filter((one) => one.startsWith('-')).length;
    const comes = shown.filter((one) => one.startsWith('+')).length;
    const [a, b] = [lines(...from).replace(/\n$/, '').split('\n').length, lines(...to).replace(/\n$/, '').split('\n').length];
    expect(b - a).toBe(comes - goes);
  }));
});
