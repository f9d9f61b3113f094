import { expect, it } from 'vitest';
import type { Standing } from './standing-terms.ts';
import { together } from './together.ts';

const stopped = (ms: number): Standing => ({ state: 'clean', leaked: true, neverLeft: false, ignoredBy: null, stoppedMs: ms, note: () => `stopped ${ms}` });
const never: Standing = { state: 'clean', leaked: false, neverLeft: true, ignoredBy: null, stoppedMs: 999, note: () => null };
const letPass: Standing = { ...never, state: 'ignored', leaked: true, neverLeft: false, ignoredBy: { id: 'p', name: 'shop', version: 2 }, stoppedMs: null };
const leaking: Standing = { ...never, state: 'leaking', leaked: true, neverLeft: false, stoppedMs: null };
const unproved: Standing = { ...never, state: 'unproved', neverLeft: false, stoppedMs: null, note: () => 'gone' };
const of = (...standings: Standing[]) => { const { note, ...rest } = together(standings, 1); return { ...rest, note: note() }; };

it('agents are clean since the last of those that leaked stopped', () => {
  expect(of(stopped(5), never, stopped(7))).toMatchObject({ state: 'clean', leaked: true, neverLeft: false, cleanSinceMs: 7, note: 'stopped 5 Likewise on 1 more agent.' });
  expect(of(never, never)).toEqual({ state: 'clean', leaked: false, neverLeft: true, ignoredBy: null, cleanSinceMs: 1, note: null });
  expect(of(never, { ...never, neverLeft: false, unseenUntilMs: 50 })).toMatchObject({ state: 'clean', neverLeft: false, cleanSinceMs: 50 });
});

it('agents are what the worst of them is: leaking, unproved, let pass, clean', () => {
  expect(of(stopped(5), unproved, letPass, leaking)).toMatchObject({ state: 'leaking', ignoredBy: null, cleanSinceMs: null, note: null });
  expect(of(stopped(5), letPass, unproved)).toMatchObject({ state: 'unproved', ignoredBy: null, cleanSinceMs: null, note: 'gone' });
  expect(of(letPass, stopped(5))).toMatchObject({ state: 'ignored', ignoredBy: { name: 'shop' }, cleanSinceMs: null, note: 'Left in clear on purpose, by policy shop v2.' });
});

it('of no agent that is known any more nothing can be said', () => {
  expect(of()).toMatchObject({ state: 'unproved', neverLeft: false, cleanSinceMs: null, note: expect.stringContaining('nobody knows') as string });
});
