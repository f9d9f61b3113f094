import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { KeyCache } from './key-cache.ts';

test('a key is worked out once, wherever its bytes lie, and again when too many came between', () => {
  const cache = new KeyCache<string>();
  let made = 0;
  const ask = (key: string, before = ''): string => {
    const bytes = encodeUtf8(before + key);
    return cache.get(bytes, before.length, bytes.length, (text) => { made++; return `of ${text}`; });
  };
  for (const key of ['', 'a', 'b', 'a', 'user.näme', 'b', 'user.näme', '']) expect(ask(key, '##')).toBe(`of ${key}`);
  expect(made).toBe(4);
  for (let i = 0; i < 10_000; i++) expect(ask(`k${i}`)).toBe(`of k${i}`);
  expect(ask('a')).toBe('of a');
  expect(made).toBe(4 + 10_000 + 1);
  expect([ask('x'.repeat(300)), ask('x'.repeat(300))]).toEqual([`of ${'x'.repeat(300)}`, `of ${'x'.repeat(300)}`]);
});
