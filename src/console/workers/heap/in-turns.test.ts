// @vitest-environment node
// Long work in turns: what else is asked comes in between, and nobody works for somebody who is gone.
import { afterEach, expect, it, vi } from 'vitest';
import type { Steps } from '../../../heap/index.ts';
import { inTurns } from './in-turns.ts';

afterEach(() => vi.restoreAllMocks());

/** Each look at the clock is a second later. */
const slowly = () => { let now = 0; vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000)); };

function* walk(steps: number, seen: string[]): Steps<string> {
  for (let step = 0; step < steps; step++) { seen.push(`step ${step}`); yield; }
  return 'found';
}

it('lets others in between two turns, and gives what the work gives', async () => {
  slowly();
  const seen: string[] = [];
  const work = inTurns(walk(3, seen), new AbortController().signal);
  expect(seen, 'what was asked at the same time comes first').toEqual([]);
  setTimeout(() => seen.push('a search'), 0);
  expect(await work).toBe('found');
  expect(seen.indexOf('a search')).toBeGreaterThan(0);
  expect(seen.indexOf('a search')).toBeLessThan(3);
});

it('ends when nobody waits for it any more, and does not begin when nobody does', async () => {
  slowly();
  const seen: string[] = [];
  const abort = new AbortController();
  const work = inTurns(walk(1000, seen), abort.signal);
  setTimeout(() => abort.abort(new Error('nobody')), 0);
  await expect(work).rejects.toThrow('nobody');
  expect(seen).toEqual(['step 0']);
  await expect(inTurns(walk(1, seen), abort.signal)).rejects.toThrow('nobody');
  expect(seen).toEqual(['step 0']);
});
