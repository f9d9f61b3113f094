import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveField } from '../../../../kql/index.ts';
import { RulesTailProvider } from '../services.tsx';
import { fakeTail } from '../testing/fakes.ts';
import { useSeenFields } from './use-live-fields.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { cleanup(); vi.useRealTimers(); });

const tier: LiveField = { name: 'tier', column: 'Attributes', type: 'string', presence: 1, distinct: 1, examples: ['web'] };

describe('fields of live records', () => {
  it('are asked for every 1.5 s until there are some, then slowly; the same answer is no news', async () => {
    const shown: (readonly LiveField[])[] = [];
    let asked = 0;
    let seen: readonly LiveField[] = [];
    const tail = Object.assign(fakeTail(), { liveFields: async () => { asked++; return seen.map(field => ({ ...field })); } });
    function Probe() { shown.push(useSeenFields()); return null; }
    render(<RulesTailProvider value={tail}><Probe /></RulesTailProvider>);
    await act(() => vi.advanceTimersByTimeAsync(6000));
    expect(asked).toBe(5);
    seen = [tier];
    await act(() => vi.advanceTimersByTimeAsync(1500));
    expect(asked).toBe(6);
    expect(shown.at(-1)).toEqual([tier]);
    const first = shown.at(-1);
    await act(() => vi.advanceTimersByTimeAsync(9000));
    expect(asked).toBe(6);
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(asked).toBe(7);
    expect(shown.at(-1)).toBe(first);
  });
});
