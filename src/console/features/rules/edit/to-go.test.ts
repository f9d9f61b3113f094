import { expect, it } from 'vitest';
import { calm, toGoOf, toGoWords } from './to-go.ts';

const problem = (code: string, severity: 'error' | 'warning' = 'error') => ({ code, severity, message: code, start: 0, end: 0 });

it('tells what is not filled in yet from mistakes', () => {
  const found = [problem('weir/no-sink'), problem('KS204'), problem('weir/no-sink')];
  expect(toGoWords(toGoOf(found, true))).toBe('Two things to go: choose what happens to the records; name the rule.');
  expect(calm(found).map(({ severity }) => severity)).toEqual(['warning', 'error', 'warning']);
  expect(toGoOf([problem('machine/no-event', 'warning')], false)).toEqual([]);
});
