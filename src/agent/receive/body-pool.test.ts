import { expect, it } from 'vitest';
import { BodyPool } from './body-pool.ts';

const chunksOf = (...sizes: number[]): Buffer[] => sizes.map((size, i) => Buffer.alloc(size, i + 1));

it('joins chunks in order, small, pooled and large', () => {
  const pool = new BodyPool();
  for (const sizes of [[10], [10, 20], [30_000, 30_000, 7], [3_000_000, 3_000_000]]) {
    const chunks = chunksOf(...sizes);
    const length = sizes.reduce((sum, size) => sum + size, 0);
    expect(Buffer.compare(pool.join(chunks, length).bytes, Buffer.concat(chunks))).toBe(0);
  }
});

it('uses released memory again, and only that', () => {
  const pool = new BodyPool();
  const first = pool.join(chunksOf(40_000), 40_000);
  const second = pool.join(chunksOf(40_000), 40_000);
  expect(second.bytes.buffer).not.toBe(first.bytes.buffer);
  first.release();
  expect(pool.join(chunksOf(50_000), 50_000).bytes.buffer).toBe(first.bytes.buffer);
  expect(pool.join(chunksOf(50_000), 50_000).bytes.buffer).not.toBe(second.bytes.buffer);
});
