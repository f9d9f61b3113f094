import { describe, expect, it } from 'vitest';
import { boundPlanText } from './plan-bounds.ts';

describe('the text of a plan', () => {
  it('of a reasonable size is let through', () => {
    expect(boundPlanText({ version: 2, operators: [{ op: 'where', list: Array.from({ length: 1000 }, (_, i) => `value-${i}`) }] }).ok).toBe(true);
  });
  it('may hold no literal of a megabyte', () => {
    expect(boundPlanText({ k: 'literal', value: 'x'.repeat(1_048_576) })).toEqual({ ok: false, error: { code: 'plan-invalid', message: 'A text in it has 1,048,576 characters; one may have 65,536.', help: expect.stringContaining('short part') } });
  });
  it('may not be a megabyte of small ones, nor of names', () => {
    expect(boundPlanText(Array.from({ length: 1100 }, () => 'y'.repeat(1000)))).toMatchObject({ ok: false, error: { message: 'Its texts have more than 524,288 characters in all.' } });
    expect(boundPlanText(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`${i}`.padStart(64, 'k'), 1]))).ok).toBe(false);
  });
  it('may nest as deep as it likes without harm', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(boundPlanText(deep).ok).toBe(true);
  });
});
