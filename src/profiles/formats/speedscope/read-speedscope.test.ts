import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { functionOf, sampleLines } from '../testing/described.ts';
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
  expect(one({ type: 'evented', unit: 'none', events }).notes).toEqual(['Frames closed out of order, left open: 1', 'Events without a point in time, left out: 1', 'Frames that are never closed: 1']);
});

test.each([[{ type: 'sampled', samples: [], weights: [] }, 'empty'], [{ type: 'drawn' }, 'unsupported'], [{ type: 'sampled', samples: [[0]] }, 'empty']])('%j is refused', (profile, kind) => {
  expect(read({ ...speedscopeFile, profiles: [profile] })).toMatchObject({ ok: false, error: { code: `profile.${kind}` } });
});
