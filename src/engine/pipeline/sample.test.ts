import { expect, test } from 'vitest';
import { codec, encodeLogs } from '../../otlp/index.ts';
import { Sampler } from './sample.ts';

function kept(ratio: number, count: number, record: (i: number) => { body: string; traceId?: string }): number {
  const view = codec.walk('logs', encodeLogs({}, '', Array.from({ length: count }, (_, i) => record(i))));
  if (!view.ok) throw new Error(view.error.message);
  const cursor = codec.cursor();
  const sampler = new Sampler(ratio, 'logs');
  cursor.reset(view.value);
  let sum = 0;
  for (let i = 0; i < count; i++) { cursor.moveTo(i); if (sampler.keeps(cursor)) sum++; }
  return sum;
}

test('of equal records without a trace id the asked share is kept', () => {
  // 10,000 draws at 0.25: the standard deviation is 43, and the sequence is always the same.
  expect(Math.abs(kept(0.25, 10_000, () => ({ body: 'same' })) - 2500)).toBeLessThan(175);
});

test('records of one trace are kept or dropped together', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  expect([0, 50]).toContain(kept(0.5, 50, (i) => ({ body: `part ${i}`, traceId })));
});
