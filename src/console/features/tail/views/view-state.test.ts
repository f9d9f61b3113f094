import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../../../model/index.ts';
import { isChanged, nameProblem, searchOf } from './view-state.ts';

const view: SavedView = { id: 'v1', name: 'checkouts', description: '', signals: ['logs'], kql: 'event("CheckoutStarted")', columns: [], createdAt: '', updatedAt: '', author: 'you', follows: [] };

describe('saved views', () => {
  it('are shown by an address that says no more than it must', () => {
    expect(searchOf(view, ['logs'])).toEqual({ view: 'v1', q: view.kql, signals: undefined, columns: undefined });
    expect(searchOf({ ...view, signals: ['spans'], columns: ['a'], kql: ' ' }, ['logs'])).toEqual({ view: 'v1', q: undefined, signals: ['spans'], columns: ['a'] });
  });

  it('know when what is shown is another', () => {
    expect(isChanged(view, { kql: ` ${view.kql}`, signals: ['logs'], columns: [] })).toBe(false);
    expect(isChanged(view, { kql: view.kql, signals: ['logs'], columns: ['order.total'] })).toBe(true);
  });

  it('have names of their own', () => {
    expect(nameProblem(' ', [view])).toMatch(/Give it a name/);
    expect(nameProblem('checkouts ', [view])).toMatch(/already/);
    expect(nameProblem('checkouts', [view], 'v1')).toBeNull();
  });
});
