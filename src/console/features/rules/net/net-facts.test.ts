import { describe, expect, it } from 'vitest';
import type { ArmedNet, FleetNet } from '../../../../model/index.ts';
import { adoptEdits, askedWords, countsOf, eventsOf, eventWords, firingsOf, guardsOf, hasMoved, isFresh, keysOf, waitingActions, waitWords, whyNot, writtenBounds } from './net-facts.ts';

const guard = (isTrue: number, isFalse: number, isNull: number): ArmedNet['guards'][number] => ({ state: 'idle', to: 'growing', text: 'x > 1', isTrue, isFalse, isNull });
const report = (name: string, net: Partial<ArmedNet>): FleetNet['agents'][number] => ({ agent: { id: name, name, connected: true }, atUnixMs: 1000, net: { states: {}, keys: [], events: [], guards: [], ...net } as ArmedNet }); // nothing else is read

describe('several agents', () => {
  it('are added up, state by state and guard by guard', () => {
    const reports = [report('a', { states: { idle: 2, stuck: 1 }, guards: [guard(3, 10, 1)] }), report('b', { states: { idle: 5 }, guards: [guard(1, 5, 0)] })];
    expect(countsOf(reports)).toEqual({ idle: 7, stuck: 1 });
    expect(guardsOf(reports)).toEqual([guard(4, 15, 1)]);
    expect(guardsOf([report('a', { guards: [guard(1, 0, 0)] }), report('b', { guards: [{ ...guard(1, 0, 0), late: 1 }] })])).toEqual([{ ...guard(2, 0, 0), late: 1 }]);
  });
  it('show keys that left the first state before others, and the last event first', () => {
    const key = (name: string, state: string, sinceUnixMs: number) => ({ key: name, state, sinceUnixMs, lastRecordUnixMs: 0, waits: [] });
    const reports = [report('a', { keys: [key('x', 'idle', 90), key('y', 'stuck', 10)], events: [{ event: 'transition', atUnixMs: 1, key: 'y' }] }), report('b', { keys: [key('z', 'growing', 50)], events: [{ event: 'action', atUnixMs: 9, key: 'z' }] })];
    expect(keysOf(reports, 'idle').map(({ key: name, agent }) => `${name}@${agent}`)).toEqual(['z@b', 'y@a', 'x@a']);
    expect(eventsOf(reports).map(({ key: name }) => name)).toEqual(['z', 'y']);
  });
  it('fired each time that a machine came into a state which starts actions', () => {
    const moved = (to: string, atUnixMs: number) => ({ event: 'transition' as const, atUnixMs, key: '', to });
    const reports = [report('a', { events: [moved('caught', 5), moved('watching', 3), { event: 'action', atUnixMs: 6, key: '', state: 'caught', action: 'cpu-sample' }] }), report('b', { events: [moved('caught', 9)] })];
    expect(firingsOf(reports, { watching: {}, caught: { enter: [{ action: 'cpu-sample' }] } }).map(({ atUnixMs }) => atUnixMs)).toEqual([9, 5]);
  });
  it('that were not heard of lately are not the present', () => {
    expect(isFresh(report('a', {}), 16_000)).toBe(true);
    expect(isFresh(report('a', {}), 16_001)).toBe(false);
  });
});

describe('why not', () => {
  it('counts in words', () => {
    expect(askedWords(guard(3, 4100, 107))).toBe('asked 4,210 times: true 3, false 4,100, missing value 107');
    expect(askedWords(guard(0, 1, 0))).toBe('asked 1 time: true 0, false 1');
    expect(askedWords(guard(0, 0, 0))).toBe('never asked');
    expect(askedWords({ ...guard(5, 0, 0), late: 4 })).toBe('asked 5 times: true 5, false 0, true too late to count 4');
  });
  it('is one sentence', () => {
    expect(whyNot(guard(0, 0, 0), 0)).toMatch(/No record has reached the net/);
    expect(whyNot(guard(0, 0, 0), 5)).toMatch(/No key has been in idle/);
    expect(whyNot(guard(0, 2, 9), 11)).toMatch(/lack a value/);
    expect(whyNot(guard(0, 9, 2), 11)).toMatch(/false each time/);
    expect(whyNot(guard(1, 9, 2), 12)).toMatch(/too few or too far apart/);
    expect(whyNot({ ...guard(5, 9, 2), late: 4 }, 16)).toMatch(/came later than/);
  });
  it('does not call too few what was enough', () => {
    const moved = report('a', { events: [{ event: 'transition', atUnixMs: 5, key: '', from: 'idle', to: 'growing' }] });
    expect(hasMoved([moved], guard(5, 0, 0))).toBe(true);
    expect(hasMoved([moved], { state: 'idle', to: 'stuck' })).toBe(false);
    expect(whyNot(guard(5, 0, 0), 5, true)).toMatch(/has happened: Firings/);
  });
});

describe('words', () => {
  it('of events and waits', () => {
    expect(eventWords({ event: 'transition', atUnixMs: 0, key: '', from: 'a', to: 'b', because: 'n > 2' })).toBe('a → b: n > 2');
    expect(eventWords({ event: 'action-not-run', atUnixMs: 0, key: '', action: 'cpu-sample', because: 'in cooldown' })).toBe('cpu-sample not run: in cooldown');
    expect(waitWords({ to: 'idle', text: '60 s in growing', dueUnixMs: 31_000 }, 1000)).toBe('idle in 30 s');
    expect(waitWords({ to: 'stuck', text: '3 of 5 matches', have: 3, need: 5 }, 0)).toBe('3 of 5 matches');
  });
  it('of limits name only what must wait', () => {
    const limits: ArmedNet['limits'] = { usedInWindow: 1, ofWindow: 5, windowMs: 1, cooldownMs: 1, readyUnixMs: { late: 90, past: 5, soon: 20 } };
    expect(waitingActions({ limits }, 10).map(({ action }) => action)).toEqual(['soon', 'late']);
  });
});

describe('measured bounds', () => {
  const states = { idle: { on: [{ when: 'toint(Attributes.depth) > trained("depth", 200)', to: 'x' }, { when: "Attributes.n > trained('other', 1.5)", to: 'x' }] }, x: {} };
  it('stand beside what is written', () => {
    expect(writtenBounds({ states }, 'depth')).toEqual([200]);
    expect(writtenBounds({ states }, 'other')).toEqual([1.5]);
    expect(writtenBounds({ states }, 'nothing')).toEqual([]);
  });
  it('are adopted, and given back, by one word in the document', () => {
    expect(adoptEdits({ name: 'depth', text: 'p99 over 7d' }, true)).toEqual([{ path: ['train', 'depth'], value: 'p99 over 7d adopted' }]);
    expect(adoptEdits({ name: 'depth', text: 'p99 over 7d adopted' }, true)).toEqual([{ path: ['train', 'depth'], value: 'p99 over 7d adopted' }]);
    expect(adoptEdits({ name: 'depth', text: 'p99 over 7d adopted' }, false)).toEqual([{ path: ['train', 'depth'], value: 'p99 over 7d' }]);
  });
});
