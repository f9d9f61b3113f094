import { expect, it } from 'vitest';
import { ScanShare } from './share.ts';

it('scans everything while that fits', () => {
  const share = new ScanShare(10);
  share.used(4);
  share.second();
  expect(share.share).toBe(1);
});

it('follows what all of it would cost, down and up again', () => {
  const share = new ScanShare(10);
  share.used(100);
  share.second();
  expect(share.share).toBeCloseTo(0.1);
  share.used(10);
  share.second();
  expect(share.share).toBeCloseTo(0.1);
  for (let i = 0; i < 5; i++) share.second();
  expect(share.share).toBe(1);
});

it('stops within a second that costs far more than the one before', () => {
  const share = new ScanShare(10);
  share.used(29);
  expect(share.isSpent).toBe(false);
  share.used(2);
  expect(share.isSpent).toBe(true);
  share.second();
  expect(share.isSpent).toBe(false);
});
