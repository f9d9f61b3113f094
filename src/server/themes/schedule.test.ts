// Schedules in zones whose clocks are put forward and back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduledState, scheduleProblem, type ScheduleEntry } from './schedule.ts';

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const entry = (from: string, to: string, more: Partial<ScheduleEntry> = {}): ScheduleEntry => ({ days: everyDay, from, to, zone: 'Europe/Berlin', state: 'on', ...more });
const at = (text: string): number => Date.parse(text);
const says = (one: ScheduleEntry, ...moments: string[]): (string | null)[] => moments.map((moment) => scheduledState([one], at(moment)));

describe('a schedule', () => {
  it('holds from its beginning until just before its end, in its zone', () => {
    // 2026-01-05 is a Monday; Berlin is one hour ahead of UTC.
    expect(says(entry('09:00', '17:30', { days: [1] }), '2026-01-05T07:59:59Z', '2026-01-05T08:00:00Z', '2026-01-05T16:29:59Z', '2026-01-05T16:30:00Z', '2026-01-06T10:00:00Z')).toEqual([null, 'on', 'on', null, null]);
  });

  it('that ends before it begins ends the next day, and one of 24 hours never pauses', () => {
    const night = entry('22:00', '06:00', { days: [5], zone: 'UTC', state: 'off' });
    expect(says(night, '2026-01-09T21:59:00Z', '2026-01-09T22:00:00Z', '2026-01-10T05:59:00Z', '2026-01-10T06:00:00Z', '2026-01-10T22:30:00Z')).toEqual([null, 'off', 'off', null, null]);
    expect(says(entry('00:00', '24:00', { days: [1] }), '2026-01-04T22:59:59Z', '2026-01-04T23:00:00Z', '2026-01-05T22:59:59Z', '2026-01-05T23:00:00Z')).toEqual([null, 'on', 'on', null]);
  });

  it('the first entry that holds decides', () => {
    const all = [entry('12:00', '13:00', { zone: 'UTC', state: 'off' }), entry('08:00', '18:00', { zone: 'UTC' })];
    expect(['11:59', '12:30', '13:00', '18:00'].map((time) => scheduledState(all, at(`2026-01-05T${time}:00Z`)))).toEqual(['on', 'off', 'on', null]);
  });

  it('clocks put back: an hour that comes twice begins and ends nothing twice', () => {
    // Berlin, 2026-10-25: at 01:00 UTC it is 02:00 again.
    expect(says(entry('02:30', '05:00'), '2026-10-25T00:29:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:10:00Z', '2026-10-25T01:30:00Z', '2026-10-25T03:59:00Z', '2026-10-25T04:00:00Z')).toEqual([null, 'on', 'on', 'on', 'on', null]);
    expect(says(entry('02:15', '02:45'), '2026-10-25T00:20:00Z', '2026-10-25T00:50:00Z', '2026-10-25T01:20:00Z')).toEqual(['on', null, null]);
  });

  it('clocks put forward: an hour that is leapt over is held as much later', () => {
    // Berlin, 2026-03-29: at 01:00 UTC it is 03:00.
    expect(says(entry('02:30', '02:45'), '2026-03-29T00:59:00Z', '2026-03-29T01:29:00Z', '2026-03-29T01:30:00Z', '2026-03-29T01:44:00Z', '2026-03-29T01:45:00Z')).toEqual([null, null, 'on', 'on', null]);
    expect(says(entry('01:00', '04:00'), '2026-03-28T23:59:00Z', '2026-03-29T00:00:00Z', '2026-03-29T01:59:00Z', '2026-03-29T02:00:00Z')).toEqual([null, 'on', 'on', null]);
  });

  it('clocks put forward: what begins in the hour that is leapt over lasts as long as it is written', () => {
    const minutesOn = (from: string, to: string): number => Array.from({ length: 24 * 60 }, (_, minute) => says(entry(from, to, { days: [0] }), new Date(at('2026-03-28T23:00:00Z') + minute * 60_000).toISOString())[0]).filter((state) => state === 'on').length;
    expect([minutesOn('02:00', '03:00'), minutesOn('02:30', '03:15'), minutesOn('02:15', '03:00'), minutesOn('02:30', '02:45')]).toEqual([60, 45, 45, 15]);
    // An end by the clock that is later still, stays.
    expect([minutesOn('02:00', '05:00'), minutesOn('01:00', '04:00'), minutesOn('03:00', '04:00')]).toEqual([120, 120, 60]);
  });

  it('of every day changes once a day each way, whatever the zone does', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'America/Sao_Paulo');
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(fc.property(zone, time, time, fc.integer({ min: 0, max: 364 }), (of, from, to, day) => {
      fc.pre(from !== to);
      const one = entry(from, to, { zone: of });
      const start = at('2026-01-01T00:00:00Z') + day * 86_400_000;
      let changes = 0;
      for (let t = 30; t <= 4 * 1440; t += 30) if (scheduledState([one], start + t * 60_000) !== scheduledState([one], start + (t - 30) * 60_000)) changes++;
      expect(changes).toBeLessThanOrEqual(8);
    }), { numRuns: 20 });
  });

  it('says what is wrong with it', () => {
    expect(scheduleProblem([entry('09:00', '24:00')])).toBeNull();
    expect(scheduleProblem([entry('24:00', '09:00')])).toContain('no time of day');
    expect(scheduleProblem([entry('09:61', '10:00')])).toContain('no time of day');
    expect(scheduleProblem([entry('09:00', '24:01')])).toContain('no time of day');
    expect(scheduleProblem([entry('09:00', '10:00', { zone: 'Europe/Atlantis' })])).toContain('"Europe/Atlantis" is no time zone');
  });
});
