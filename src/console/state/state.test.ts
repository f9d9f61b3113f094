import { beforeEach, describe, expect, it } from 'vitest';
import { dismissToast, overviewSearch, resolveTheme, tailSearch, toast, useToasts } from './index.ts';

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
