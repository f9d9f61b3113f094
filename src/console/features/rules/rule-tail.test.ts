import { describe, expect, it } from 'vitest';
import { createRuleTail, signalsOf } from './rule-tail.ts';
import { fakeTail } from './testing/fakes.ts';

describe('the dry run tail', () => {
  it('reads the signal of the table that the text names', () => {
    expect(signalsOf('Spans\n| where')).toEqual(['spans']);
    expect(signalsOf('// Spans first\n  Metrics')).toEqual(['metrics']);
    expect(signalsOf('source | where')).toEqual(['logs', 'spans', 'metrics']);
    expect(signalsOf('')).toEqual(['logs']);
  });

  it('counts only time in which records could come', () => {
    let now = 0;
    const inner = fakeTail({ status: 'off', agents: 0 });
    const tail = createRuleTail(inner, () => now);
    tail.open({ signals: ['logs'], stage: 'in' });
    now = 1000; inner.set({ status: 'live', agents: 0 });
    now = 2000; inner.set({ agents: 1 });
    now = 5000; expect(tail.coveredMs()).toBe(3000);
    inner.set({ status: 'reconnecting' });
    now = 60_000; expect(tail.coveredMs()).toBe(3000);
    inner.set({ status: 'live' });
    now = 61_000; expect(tail.coveredMs()).toBe(4000);
    tail.open({ signals: ['logs'], stage: 'in' });
    expect(tail.coveredMs()).toBe(4000);
    tail.open({ signals: ['spans'], stage: 'in' });
    now = 61_500; expect(tail.coveredMs()).toBe(500);
  });
});
