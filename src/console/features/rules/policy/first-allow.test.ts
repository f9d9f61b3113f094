import { expect, it } from 'vitest';
import { firstAllow, secretsAmong } from './first-allow.ts';

it('an allow-list begins with the live keys in which no secret was found', () => {
  expect(firstAllow(['auth', 'sku', 'url.path'], ['auth', 'gone'])).toEqual({ keys: ['sku', 'url.path'] });
  expect(firstAllow([], ['auth']), 'of an empty list everything would go').toEqual({ keys: ['*'] });
  expect(firstAllow(Array.from({ length: 300 }, (_, i) => `k${i}`), []).keys).toHaveLength(200);
});

it('says what was left out, and which secret the list lets stay', () => {
  expect(secretsAmong(['sku'], ['auth', 'sku'], ['auth', 'gone'])).toEqual({ named: [], leftOut: ['auth'] });
  expect(secretsAmong(['sku', 'auth'], ['auth', 'sku'], ['auth'])).toEqual({ named: ['auth'], leftOut: [] });
});
