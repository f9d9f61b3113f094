import { describe, expect, it } from 'vitest';
import { formatBytes, formatClock, formatCount, formatDateTime, formatDuration, formatPercent, formatRate, formatRelative, formatShort, millisFromNanos, plural, shortenPath } from './format.ts';

const at = Date.UTC(2026, 2, 12, 14, 6, 32, 958);

describe('numbers', () => {
  it.each([[0, '0'], [0.004, '<0.01'], [0.25, '0.25'], [1, '1'], [21.44, '21.4'], [40, '40'], [99.96, '100'], [400, '400'], [12_406.4, '12,406']])('rate %d is %s', (value, text) => expect(formatRate(value)).toBe(text));
  it.each([[0, '0'], [8, '8'], [600, '600'], [20_000, '20 k'], [1_500_000, '1.5 M']])('axis number %d is %s', (value, text) => expect(formatShort(value)).toBe(text));
  it.each([[0, '0 B'], [512, '512 B'], [1536, '1.5 KiB'], [61 * 2 ** 20, '61 MiB'], [100 * 2 ** 20, '100 MiB']])('%d bytes are %s', (value, text) => expect(formatBytes(value)).toBe(text));
  it('groups counts and spaces percent', () => {
    expect(formatCount(48_212)).toBe('48,212');
    expect(formatPercent(0.2571)).toBe('25.7 %');
    expect([plural(1, 'agent'), plural(0, 'agent'), plural(3, 'entry', 'entries')]).toEqual(['1 agent', '0 agents', '3 entries']);
  });
});

describe('times', () => {
  it.each([[850, '850 ms'], [7200, '7.2 s'], [42_900, '42 s'], [252_000, '4 m 12 s'], [3_600_000, '1 h'], [11_100_000, '3 h 5 m'], [187_200_000, '2 d 4 h']])('%d ms last %s', (value, text) => expect(formatDuration(value)).toBe(text));
  it('says before and after', () => {
    expect(formatRelative(at - 252_000, at)).toBe('4 m 12 s ago');
    expect(formatRelative(at + 3000, at)).toBe('in 3 s');
    expect(formatRelative(at - 900, at)).toBe('just now');
  });
  it('writes UTC with the zone beside it', () => {
    expect(formatClock(at, 'utc', true)).toBe('14:06:32.958');
    expect(formatDateTime(at, 'utc')).toBe('12 Mar 2026 14:06:32 UTC');
    expect(formatDateTime(at, 'local')).toMatch(/UTC[+-]\d\d:\d\d$/);
    expect(millisFromNanos(1_773_324_392_958_999_999n)).toBe(1_773_324_392_958);
  });
});

describe('paths', () => {
  it('shortens from the left and keeps the file name', () => {
    expect(shortenPath('cart/src/clients/catalog.ts:88', 26)).toBe('…/clients/catalog.ts:88');
    expect(shortenPath('short.ts:1', 26)).toBe('short.ts:1');
    expect(shortenPath('a/very-long-file-name-that-never-fits.ts', 10)).toBe('…/very-long-file-name-that-never-fits.ts');
  });
});
