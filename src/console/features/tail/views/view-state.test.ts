import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../../../model/index.ts';
import { isChanged, keptWords, nameProblem, plainShown, searchOf } from './view-state.ts';

const view: SavedView = { ...plainShown, id: 'v1', name: 'checkouts', description: '', kql: 'event("CheckoutStarted")', createdAt: '', updatedAt: '', author: 'you', follows: [] };

describe('saved views', () => {
  it('are shown by an address that says no more than it must', () => {
    const said = (search: object) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
    expect(said(searchOf(view, ['logs']))).toEqual({ view: 'v1', q: view.kql });
    expect(said(searchOf({ ...view, signals: ['spans'], columns: ['a'], kql: ' ' }, ['logs']))).toEqual({ view: 'v1', signals: ['spans'], columns: ['a'] });
    expect(said(searchOf({ ...view, stage: 'in', wrap: true, facets: { hidden: { ServiceName: ['cart'] }, only: { Severity: ['ERROR'] } } }, ['logs']))).toEqual({ view: 'v1', q: view.kql, stage: 'in', wrap: true, off: { ServiceName: ['cart'] }, only: { Severity: ['ERROR'] } });
  });

  it('know when what is shown is another', () => {
    expect(isChanged(view, { ...view, kql: ` ${view.kql}` })).toBe(false);
    for (const more of [{ columns: ['order.total'] }, { stage: 'in' }, { wrap: true }, { facets: { hidden: { a: ['1'] }, only: {} } }] as const) expect(isChanged(view, { ...view, ...more } as SavedView), JSON.stringify(more)).toBe(true);
    const ticked = (...values: string[]) => ({ ...view, facets: { hidden: {}, only: { ServiceName: values } } });
    expect(isChanged(ticked('cart', 'web'), ticked('web', 'cart'))).toBe(false);
  });

  it('say what they keep', () => {
    expect(keptWords(view)).toBe('logs, after rules');
    expect(keptWords({ ...view, signals: ['logs', 'spans'], stage: 'in', columns: ['a', 'b'], facets: { hidden: { x: ['1'] }, only: {} }, wrap: true })).toBe('logs and spans, before rules, what is ticked in a facet, the columns a, b, wrapped lines');
  });

  it('have names of their own', () => {
    expect(nameProblem(' ', [view])).toMatch(/Give it a name/);
    expect(nameProblem('checkouts ', [view])).toMatch(/already/);
    expect(nameProblem('checkouts', [view], 'v1')).toBeNull();
  });
});
