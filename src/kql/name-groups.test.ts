import { expect, test } from 'vitest';
import { fromGroups, toGroups } from './name-groups.ts';

test('a book comes out as it goes in, its shared lists shared', () => {
  const group = [{ name: 'b', service: null }, { name: 'a', service: null }];
  const book = { events: Object.fromEntries([['a', group], ['b', group], ['__proto__', [{ name: 'x', service: 'shop' }]]]), fields: { f: group } };
  const sent = toGroups(book);
  expect(sent.groups).toHaveLength(2);
  const back = fromGroups(JSON.parse(JSON.stringify(sent)) as typeof sent);
  expect(back).toEqual(book);
  expect(back.events['a']).toBe(back.fields['f']);
});
