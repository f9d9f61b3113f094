import { beforeEach, describe, expect, it, vi } from 'vitest';
import { draftStorage } from './draft-storage.ts';
import { currentKey, dismissToast, firstKey, overviewSearch, resolveTheme, ruleEditorSearch, tailSearch, toast, useDrafts, useToasts } from './index.ts';

describe('theme', () => {
  it('follows the system unless a person chose', () => {
    expect(resolveTheme('system', false, false)).toBe('dark');
    expect(resolveTheme('system', false, true)).toBe('light');
    expect(resolveTheme('system', true, true)).toBe('contrast');
    expect(resolveTheme('light', true, false)).toBe('light');
  });
});

describe('URL state', () => {
  it('falls back on what it does not know instead of breaking a link', () => {
    expect(overviewSearch.parse({ minutes: 7, by: 'money', extra: 1 })).toEqual({ minutes: undefined, by: undefined });
    expect(tailSearch.parse({ q: 'SeverityNumber >= 17', signals: ['smoke'], stage: 'in' })).toMatchObject({ q: 'SeverityNumber >= 17', signals: undefined, stage: 'in' });
  });
});

describe('the draft in the address', () => {
  it('is a word, also when it looks like a number', () => {
    expect(ruleEditorSearch.parse({ draft: 12 }).draft).toBe('12');
    expect(ruleEditorSearch.parse({ draft: 'd1' }).draft).toBe('d1');
  });
});

describe('drafts', () => {
  const draft = (edited: boolean) => ({ text: edited ? 'b' : 'a', base: 'a', baseVersion: 0, atMs: 0 });
  beforeEach(() => { useDrafts.setState({ drafts: {}, became: {} }); useToasts.setState({ toasts: [], nextId: 1 }); });

  it('make room by what nobody edited, and say it when work goes', () => {
    for (let i = 0; i < 24; i++) useDrafts.getState().put(`d${i}`, draft(i !== 5));
    useDrafts.getState().put('more', draft(true));
    expect(Object.keys(useDrafts.getState().drafts)).toHaveLength(24);
    expect(useDrafts.getState().drafts['d5']).toBeUndefined();
    expect(useToasts.getState().toasts).toEqual([]);
    useDrafts.getState().put('last', draft(true));
    expect(useDrafts.getState().drafts['d0']).toBeUndefined();
    expect(useToasts.getState().toasts[0]?.title).toMatch(/oldest unsaved draft/);
  });

  it('together stay below what a browser keeps: what nobody edited goes first', () => {
    const long = (edited: boolean) => ({ text: 'b'.repeat(500_000), base: edited ? 'a' : 'b'.repeat(500_000), baseVersion: 0, atMs: 0 });
    useDrafts.getState().put('first', long(true));
    useDrafts.getState().put('seen', long(false));
    useDrafts.getState().put('second', long(true));
    expect(Object.keys(useDrafts.getState().drafts)).toEqual(['first', 'second']);
    expect(useToasts.getState().toasts).toEqual([]);
    for (const name of ['third', 'fourth']) useDrafts.getState().put(name, long(true));
    expect(Object.keys(useDrafts.getState().drafts)).toEqual(['second', 'third', 'fourth']);
    expect(useToasts.getState().toasts[0]?.title).toMatch(/oldest unsaved draft/);
  });

  it('of a new rule go by its id once it is saved, whoever knows the old key', () => {
    useDrafts.getState().put('new:a', draft(true));
    useDrafts.getState().become('new:a', 'id', { ...draft(true), baseVersion: 1 });
    expect(useDrafts.getState().drafts).toEqual({ id: { ...draft(true), baseVersion: 1 } });
    expect([currentKey(useDrafts.getState(), 'new:a'), firstKey(useDrafts.getState(), 'id'), firstKey(useDrafts.getState(), 'other')]).toEqual(['id', 'new:a', 'other']);
  });

  it('are written a moment after the last change, at once when the page goes, and a full store is said once', () => {
    vi.useFakeTimers();
    const written: string[] = [];
    let full = false;
    const storage = draftStorage<{ readonly n: number }>(() => ({ getItem: () => '{broken', removeItem: () => undefined, setItem: (_, value) => { if (full) throw new DOMException('full', 'QuotaExceededError'); written.push(value); } }));
    for (const n of [1, 2]) storage.setItem('d', { state: { n } });
    expect(written).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(written).toEqual(['{"state":{"n":2}}']);
    storage.setItem('d', { state: { n: 3 } });
    window.dispatchEvent(new Event('pagehide'));
    expect(written).toHaveLength(2);
    full = true;
    for (const n of [4, 5]) { storage.setItem('d', { state: { n } }); vi.advanceTimersByTime(400); }
    expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual(['Unsaved drafts outlive no reload now']);
    expect(storage.getItem('d')).toBeNull();
    vi.useRealTimers();
  });

  it('of an earlier version of the page are kept', async () => {
    sessionStorage.setItem('weir.drafts', JSON.stringify({ version: 1, state: { drafts: { 'new:query::': { text: 'b', base: 'a', baseVersion: 0 }, rule: { text: 'd', base: 'c', baseVersion: 2 } } } }));
    await useDrafts.persist.rehydrate();
    expect(Object.entries(useDrafts.getState().drafts).map(([key, { text, baseVersion }]) => [key, text, baseVersion])).toEqual([['new:earlier-0', 'b', 0], ['rule', 'd', 2]]);
    expect(useDrafts.getState().drafts['rule']?.atMs).toBeGreaterThan(0);
  });
});

describe('toasts', () => {
  beforeEach(() => useToasts.setState({ toasts: [], nextId: 1 }));
  it('drops the oldest that is no error when there are too many', () => {
    toast({ kind: 'error', title: 'kept' });
    for (const title of ['a', 'b', 'c', 'd']) toast({ title });
    expect(useToasts.getState().toasts.map(each => each.title)).toEqual(['kept', 'b', 'c', 'd']);
    dismissToast(1);
    expect(useToasts.getState().toasts).toHaveLength(3);
  });
});
