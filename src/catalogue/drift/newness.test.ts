import { expect, it } from 'vitest';
import { playSeason, shopDay } from '../testing/season.ts';
import { seededRandom } from '../../redaction/index.ts';

it('tells nothing of three hours in which hourly jobs, errors in clumps and what comes three times an hour come for the first time', () => {
  const day = shopDay();
  expect(playSeason(() => day, 3 * 3600, seededRandom(4)).map(({ kind, durableId }) => `${kind} ${durableId}`)).toEqual([]);
});

it('tells an event that comes without a deployment once it goes on, at one record a second within a minute and a half', () => {
  const [before, now] = [shopDay(), [...shopDay(), { service: 'cart', name: 'cart.split', version: '1.0', perSecond: () => 1 }]];
  const told = playSeason((second) => (second < 1800 ? before : now), 2100, seededRandom(5));
  expect(told).toMatchObject([{ kind: 'new-event', durableId: 'cart.split' }]);
  expect(told[0]!.afterSeconds - 1800).toBeLessThanOrEqual(90);
});
