import { describe, expect, it } from 'vitest';
import { shortDuration, typedDuration } from './durations.ts';

describe('durations', () => {
  it('are taken as people write them', () => {
    expect(['5m', '5 min', '5 Minutes', '1 minute', '30 sec', '1.5 hours', '7 days', '250 ms'].map(shortDuration)).toEqual(['5m', '5m', '5m', '1m', '30s', '1.5h', '7d', '250ms']);
  });

  it('are refused with a word on how to write them', () => {
    for (const text of ['soon', '5', '5 months', '']) expect(typedDuration.safeParse(text)).toMatchObject({ success: false });
    expect(typedDuration.safeParse('soon').error?.issues[0]?.message).toMatch(/such as 500ms, 30s/);
  });
});
