import { expect, it } from 'vitest';
import { BodyPool } from './body-pool.ts';

const chunksOf = (...sizes: number[]): Buffer[] => sizes.map((size, i) => Buffer.alloc(size, i + 1));

it('joins chunks in order, small, pooled and large', () => {
  const pool = new BodyPool();
  for (const sizes of [[10], [10, 20], [30_000, 30_000, 7], [3_000_000, 3_000_000]]) {
    const chunks = chunksOf(...sizes);
    const length = sizes.reduce((sum, size) => sum + size, 0);
    const joined = Buffer.concat(chunks);
    expect(Buffer.compare(pool.join(chunks, length).bytes, joined)).toBe(0);
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

it('gives back the memory of chunks that it copied, and not what they share with others', () => {
  const [own, sharing] = [Buffer.alloc(20_000, 1), Buffer.alloc(40_000, 2).subarray(0, 20_000)];
  const { bytes } = new BodyPool().join([own, sharing], 40_000);
  expect([bytes[0], bytes[39_999], own.length, sharing.length, sharing[0]]).toEqual([1, 2, 0, 20_000, 2]);
});
