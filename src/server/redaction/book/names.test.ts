import { expect, test } from 'vitest';
import { Sources } from './names.ts';

const cell = { service: 'shop', durableId: 'opened for krause', source: '', signal: 'logs', place: 'body', key: '', detector: 'email', context: '' } as const;

test('a source is called as it may be told now, and goes on to be the same', () => {
  const sources = new Sources();
  const [no, other] = [sources.seen(cell, 0, 1, 2), sources.seen({ ...cell, detector: 'iban' }, 0, 1, 2)];
  sources.dirty.clear();
  sources.rename(({ durableId, source, key, context }) => ({ durableId: durableId.replace('krause', '•••'), source, key, context }));
  expect([...sources.all].map(({ durableId }) => durableId)).toEqual(['opened for •••', 'opened for •••']);
  expect([...sources.dirty]).toEqual([no, other]);
  // An agent that runs the policy later tells the name once more.
  expect(sources.seen(cell, 0, 3, 4)).toBe(no);
  expect(sources.get(no)).toMatchObject({ durableId: 'opened for •••', lastMs: 4 });
  expect(sources.beside(no)).toEqual([other]);
});
