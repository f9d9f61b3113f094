import { expect, test } from 'vitest';
import { copyOf } from './index.ts';

test('shares no memory with what it was made of, a Buffer included', () => {
  const pool = Buffer.from('abcdef');
  const copy = copyOf(pool.subarray(1, 4));
  pool.fill(0);
  expect([copy.buffer === pool.buffer, [...copy]]).toEqual([false, [98, 99, 100]]);
});
