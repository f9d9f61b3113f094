import { expect, it } from 'vitest';
import { actionNames, type ActionName } from '../../../model/index.ts';
import type { Claim } from './book.ts';
import { keptClaims } from './kept-claims.ts';
import { withinLimits } from './check.ts';
import { defaultPolicy, type Limits } from './policy.ts';

const [hour, day] = [3_600_000, 86_400_000];
const limitsOf = (changes: Partial<Record<ActionName, Partial<Limits>>> = {}) => (name: ActionName): Limits => ({ ...defaultPolicy.actions[name], ...changes[name] });
const claimsOf = (action: ActionName, count: number, atUnixMs: (index: number) => number, process = (_index: number): string => ''): Claim[] => Array.from({ length: count }, (_, index) => ({ action, process: process(index), atUnixMs: atUnixMs(index) }));

it('forgets no dear action over any number of cheap ones', () => {
  const limits = limitsOf({ 'memory-dump': { perWindow: 1, windowMs: day } });
  const dump: Claim = { action: 'memory-dump', process: 'x', atUnixMs: 0 };
  const cheap = actionNames.filter((name) => name !== 'memory-dump').flatMap((name) => claimsOf(name, 5000, (index) => 1000 + index));
  const kept = keptClaims([dump, ...cheap.toSorted((a, b) => a.atUnixMs - b.atUnixMs)], limits, hour);
  expect(kept).toContain(dump);
  expect(withinLimits(kept, 'memory-dump', 'y', limits('memory-dump'), hour)).toMatchObject({ ok: false, error: { code: 'action.limit' } });
  expect(kept.length).toBeLessThan(11 * 600);
});

it('remembers as many as a window may have, and the last of each process', () => {
  const limits = limitsOf({ 'cpu-sample': { perWindow: 3000, cooldownMs: hour } });
  const claims = [...claimsOf('cpu-sample', 5, (index) => index, (index) => `early ${index}`), ...claimsOf('cpu-sample', 4000, (index) => 100 + index, () => 'busy')];
  const kept = keptClaims(claims, limits, 10_000);
  expect(kept.filter(({ process }) => process === 'busy')).toHaveLength(3000);
  expect(kept.filter(({ process }) => process.startsWith('early'))).toHaveLength(5);
  expect(withinLimits(kept, 'cpu-sample', 'early 3', limits('cpu-sample'), 10_000).ok).toBe(false);
});

it('is bounded however many processes there are', () => {
  const kept = keptClaims(claimsOf('collect-state', 50_000, (index) => index, String), limitsOf(), 60_000);
  expect(kept.length).toBeLessThanOrEqual(2500);
  expect(kept.at(-1)?.process).toBe('49999');
});
