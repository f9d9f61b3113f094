import { describe, expect, it } from 'vitest';
import { nearestTime } from './nearest-time.ts';

describe('nearestTime', () => {
  it('takes the nearest, and the ends beyond them', () => {
    expect([-5, 0, 4, 6, 14, 16, 99].map(at => nearestTime([0, 10, 20], at))).toEqual([0, 0, 0, 10, 10, 20, 20]);
    expect(nearestTime([], 5)).toBeUndefined();
  });
});
