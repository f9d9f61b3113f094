import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestExample, suggestPattern } from './suggest-pattern.ts';

describe('a pattern from an example', () => {
  it.each([
    ['ord-20417', '\\b[a-z]{3}-[0-9]{5}\\b'],
    ['sess_9f3ab2c4d1', '\\bsess_[0-9a-f]{10}\\b'],
    ['tok-live-Ab3dE6gH', '\\btok-live-[A-Za-z0-9]{8}\\b'],
    ['2026-03-12', '\\b[0-9]{4}-[0-9]{2}-[0-9]{2}\\b'],
    ['Mary-Smith', '\\b[A-Za-z]{4}-[A-Za-z]{5}\\b'],
    ['a b', '\\b[a-z]\\s+[a-z]\\b'],
    ['(x)', '\\([a-z]\\)'],
  ])('of %s is %s', (example, pattern) => expect(suggestPattern(example)).toBe(pattern));

  it('has nothing to go by', () => {
    expect(suggestPattern('  ')).toBeNull();
    expect(suggestPattern('x'.repeat(longestExample + 1))).toBeNull();
  });

  it('matches its example, and keeps no long run of it', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.stringMatching(/^[A-Za-z0-9]{9,40}$/), (around, secret) => {
      for (const example of [around, secret, `key_${secret}`]) {
        const pattern = suggestPattern(example);
        if (pattern === null) continue;
        expect(new RegExp(pattern, 'u').test(example.trim())).toBe(true);
      }
      expect(suggestPattern(secret)).not.toContain(secret);
      expect(suggestPattern(`key_${secret}`)).not.toContain(secret);
    }));
  });
});
