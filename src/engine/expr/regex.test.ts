// Patterns made to exhaust memory or time: refused before they are built, or cheap to run. Nothing here is timed; a test that
// hangs fails by the runner's limit.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearShortfall, ManualClock, shortfall } from '../../base/index.ts';
import { maxRegexProgram, regexSize } from '../../base/index.ts';
import { eachMatch, maxRegexPattern, regexOrFail, tryRegex } from './regex.ts';

describe('refused', () => {
  test.each([
    ['repeats of repeats', '(x{1000}){1000}'], ['and once more', '((x{100}){100}){100}'], ['through alternatives', '((a|bb){900}){900}'], ['of classes', '([a-z0-9]{999}){999}'], ['open-ended', '(x{500,}){500,}'],
    ['a pattern of a megabyte', 'x'.repeat(1_000_000)], ['brackets without end', '('.repeat(9000)], ['a long tail of optional parts', '(((((a?){9}){9}){9}){9}){9}'],
  ])('%s', (_, pattern) => {
    expect(tryRegex(pattern)).toBeNull();
    expect(() => regexOrFail(pattern)).toThrow(/too large|RE2 accepts/);
  });

  test.each(['(?=a)b', '(?<!a)b', String.raw`(a)\1`, '(', 'a**{', '[z-a]'])('%s is no RE2', (pattern) => {
    expect(() => regexOrFail(pattern)).toThrow('RE2');
  });

  test('the message shows the start of a long pattern only', () => {
    try { regexOrFail('x'.repeat(50_000)); expect.unreachable(); } catch (error) { expect((error as Error).message.length).toBeLessThan(200); }
  });
});

test.each(['^(a+)+$', '(a*)*b', '(a|aa)+$', String.raw`(\w+\s?)*!`, '(.*)*=(.*)*x'])('%s over 50,000 letters comes to an end', (pattern) => {
  expect(regexOrFail(pattern).test(`${'a'.repeat(50_000)}?`)).toBe(false);
});

test('a large program does not look at a large text', () => {
  const regex = regexOrFail('(a?b?){300}y1$');
  expect(regex.matcher('ab'.repeat(500_000))).toBeNull();
  expect(regex.test(`${'ab'.repeat(500_000)}y1`)).toBe(false);
  expect(regex.test('aby1')).toBe(true);
});

test('going from match to match ends when its time is over', () => {
  let now = 0;
  clearShortfall();
  const slow = { nowUnixNano: () => 0n, monotonicMs: () => (now += 100) };
  expect([...eachMatch(regexOrFail('a').matcher('aaaaaaaaaa')!, slow)]).toHaveLength(3);
  expect(shortfall()).toMatch(/quarter of a second/);
  expect([...eachMatch(regexOrFail('a').matcher('aaaaaaaaaa')!, new ManualClock())]).toHaveLength(10);
});

test('what the estimate finds small by a factor of three is accepted', () => {
  const atom = fc.constantFrom('a', '.', '[a-f]', String.raw`\d`, String.raw`\pL`, '(?:ab|c)', '(x)', String.raw`\Qa+b\E`);
  const repeated = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{3}', '{2,9}', '{4,}', '{0,30}')).map((parts) => parts.join(''));
  const pattern = fc.array(repeated, { minLength: 1, maxLength: 5 }).chain((parts) => fc.constantFrom('', '{2}', '{1,12}').map((repeat) => (repeat === '' ? parts.join('') : `(?:${parts.join('')})${repeat}`)));
  fc.assert(fc.property(pattern, (text) => {
    const copies = Math.floor(maxRegexProgram / Math.max(1, regexSize(text)));
    if (copies > 3) expect(tryRegex(text)).not.toBeNull();
    if (copies > 3 && text.length * copies < maxRegexPattern) expect(tryRegex(text.repeat(Math.floor(copies / 3)))).not.toBeNull();
  }), { numRuns: 300 });
});
