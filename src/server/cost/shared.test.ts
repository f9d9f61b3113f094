import { expect, test } from 'vitest';
import { Shared } from './shared.ts';

test('one piece of work for all who ask meanwhile and for a while after; a failure is not kept', async () => {
  let [now, made] = [0, 0];
  const shared = new Shared<number>(5000, () => now);
  const make = async (): Promise<number> => { await Promise.resolve(); return ++made; };
  expect(await Promise.all([shared.get('a', make), shared.get('a', make), shared.get('b', make)])).toEqual([1, 1, 2]);
  now = 4999;
  expect(await shared.get('a', make)).toBe(1);
  now = 5000;
  expect(await shared.get('a', make)).toBe(3);
  // A clock that is put back keeps nothing for ever.
  now = -60_000;
  expect(await shared.get('a', make)).toBe(4);
  await expect(shared.get('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await shared.get('c', make)).toBe(5);
});
