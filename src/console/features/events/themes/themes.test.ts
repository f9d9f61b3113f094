import { describe, expect, it } from 'vitest';
import type { ThemeView } from '../../../../model/index.ts';
import { findDrift } from '../drift/find-drift.ts';
import { heldBackBy, themesOff } from './held-back.ts';
import { money } from './money.ts';
import { daysWords, slotProblem, slotWords, type Slot } from './schedule-words.ts';
import { takenOver } from './theme-draft.ts';

const slot: Slot = { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', zone: 'Europe/Berlin', state: 'on' };

describe('schedule', () => {
  it('reads as a sentence', () => {
    expect(slotWords(slot)).toBe('on, Mon to Fri 08:00 to 18:00 (Europe/Berlin)');
    expect(slotWords({ ...slot, days: [0, 6], from: '22:00', to: '06:00', state: 'off' })).toBe('off, Sat and Sun 22:00 to 06:00 the day after (Europe/Berlin)');
    expect([daysWords([0, 1, 2, 3, 4, 5, 6]), daysWords([3, 0])]).toEqual(['every day', 'Wed, Sun']);
  });

  it('says what is wrong with a slot', () => {
    expect(slotProblem(slot)).toBeNull();
    expect(slotProblem({ ...slot, days: [] })).toMatch(/at least one day/);
    expect(slotProblem({ ...slot, from: '25:00' })).toMatch(/such as 08:00/);
    expect(slotProblem({ ...slot, to: '08:00' })).toMatch(/the same/);
    expect(slotProblem({ ...slot, zone: 'Europe/Nowhere' })).toMatch(/No time zone/);
  });
});

describe('money', () => {
  it('is a dash while nothing was measured, and takes any currency', () => {
    expect([money(null, 'EUR'), money(3.5, 'EUR'), money(3.5, 'credits')]).toEqual(['–', '3.50 EUR', '3.50 credits']);
  });
});

describe('drift of the fleet', () => {
  const change = { id: '1', at: 0, kind: 'type-change', signal: 'logs', service: 'cart', durableId: 'CartItemAdded', field: 'cart.items', was: 'long', now: 'string' } as const;
  it('is found by words, kind and service', () => {
    const all = { find: '', service: undefined, kind: undefined };
    expect(findDrift([change], { ...all, find: 'STRING cart.items' })).toHaveLength(1);
    expect(findDrift([change], { ...all, find: 'nothing' })).toHaveLength(0);
    expect(findDrift([change], { ...all, kind: 'renamed' })).toHaveLength(0);
    expect(findDrift([change], { ...all, service: 'checkout' })).toHaveLength(0);
  });
});

describe('a theme that somebody else saved meanwhile', () => {
  const member = (name: string) => ({ name, service: null });
  const said = { name: 'details', description: '', members: [member('a'), member('b')], offKeepPerMille: 0, schedule: [] };
  it('is taken over, but for what was changed here', () => {
    const mine = { ...said, description: 'mine', members: [member('b'), member('mine')] };
    const theirs = { ...said, name: 'theirs', description: 'theirs', members: [member('a'), member('b'), member('theirs')], offKeepPerMille: 10 };
    expect(takenOver(mine, said, theirs)).toEqual({ ...theirs, description: 'mine', members: [member('b'), member('theirs'), member('mine')] });
    expect(takenOver(said, said, theirs)).toEqual(theirs);
  });
});

describe('the mark of an event that is held back', () => {
  const theme = (name: string, state: 'on' | 'off', service: string | null): ThemeView => ({ id: name, name, description: '', members: [{ name: 'old', service }], offKeepPerMille: 0, state, schedule: [], changedAt: '', changedBy: '', ruleId: null, costOn: null, costOff: null, currency: '', unknownMembers: [], membersWithErrors: [], isSwitched: true, heldBackBy: [], back: null });
  const book = { old: [{ name: 'new', service: 'shop' }] };
  const off = (themes: readonly ThemeView[], signal: string, service: string, durableId: string) => themesOff(heldBackBy(themes, book), { signal, service, durableId }).map(({ name }) => name);
  it('is there for logs of themes that are off, under every name, in their services', () => {
    expect(off([theme('x', 'on', null)], 'logs', 'shop', 'old')).toEqual([]);
    expect(off([theme('x', 'off', null), theme('y', 'off', 'pay')], 'logs', 'shop', 'old')).toEqual(['x']);
    expect(off([theme('x', 'off', null)], 'logs', 'shop', 'new')).toEqual(['x']);
    expect(off([theme('x', 'off', null)], 'logs', 'pay', 'new')).toEqual([]);
    expect(off([theme('x', 'off', null)], 'spans', 'shop', 'old')).toEqual([]);
  });
});
