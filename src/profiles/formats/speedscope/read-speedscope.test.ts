import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { functionOf, sampleLines, weightByPath } from '../testing/described.ts';
import { speedscopeFile } from '../testing/samples.ts';
import { readSpeedscope } from './read-speedscope.ts';

const read = (value: unknown) => readSpeedscope(encodeUtf8(JSON.stringify(value)), 'x.json');
const profilesOf = (value: unknown) => { const result = read(value); if (!result.ok) throw new Error(result.error.message); return result.value; };
const one = (profile: object) => profilesOf({ ...speedscopeFile, profiles: [profile] })[0]!;

test('sampled: weights of time place the samples', () => {
  const [sampled] = profilesOf(speedscopeFile);
  expect(sampleLines(sampled!)).toEqual(['main thread 0 main;work 1000000', 'main thread 1000000 main 2000000', 'main thread 3000000 (empty) 3000000']);
  expect(sampled).toMatchObject({ name: 'x.json (1) · main thread', weights: [{ name: 'time', unit: 'nanoseconds' }] });
  expect(functionOf(sampled!, 'main')).toMatchObject({ file: 'a.js', line: 3, column: 2 });
});

test('evented: what is open between two events is a sample', () => {
  const evented = profilesOf(speedscopeFile)[1]!;
  expect(sampleLines(evented)).toEqual(['events - main 10', 'events - main;work 5', 'events - main 15']);
  expect(evented.weights[0]).toMatchObject({ name: 'space', unit: 'bytes' });
});

test('numbers that lead nowhere are counted', () => {
  expect(one({ type: 'sampled', unit: 'none', samples: [[0, 9], [0]], weights: [1] }).notes).toEqual(['It has 2 samples and 1 weights; what has no partner is left out.', 'Places in stacks that name a frame that is not there, left out: 1']);
  const events = [{ type: 'O', frame: 0, at: 0 }, { type: 'C', frame: 1, at: 5 }, { type: 'C', frame: 0, at: 'x' }];
  expect(one({ type: 'evented', unit: 'none', events }).notes).toEqual(['Frames closed that were not open, left out: 1', 'Events without a point in time, left out: 1', 'Frames that are never closed: 1']);
});

test('frames closed in swapped order are closed', () => {
  const event = (type: string, frame: number, at: number) => ({ type, frame, at });
  const swapped = one({ type: 'evented', unit: 'none', startValue: 0, endValue: 100, events: [event('O', 0, 0), event('O', 1, 1), event('C', 0, 10), event('C', 1, 10), event('O', 1, 20), event('C', 1, 100)] });
  expect(weightByPath(swapped)).toEqual({ main: 1, 'main;work': 9, '': 10, work: 80 });
  expect(swapped.notes).toEqual(['Frames closed before what they called, shown until that ended: 1']);
  const again = one({ type: 'evented', unit: 'none', startValue: 0, endValue: 9, events: [event('O', 0, 0), event('O', 0, 1), event('O', 1, 2), event('C', 0, 3), event('C', 1, 4), event('C', 0, 9)] });
  expect(weightByPath(again)).toEqual({ main: 6, 'main;main': 1, 'main;main;work': 2 });
});

test.each([[{ type: 'sampled', samples: [], weights: [] }, 'empty'], [{ type: 'drawn' }, 'unsupported'], [{ type: 'sampled', samples: [[0]] }, 'empty']])('%j is refused', (profile, kind) => {
  expect(read({ ...speedscopeFile, profiles: [profile] })).toMatchObject({ ok: false, error: { code: `profile.${kind}` } });
});
