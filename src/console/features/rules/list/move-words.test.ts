import { expect, it } from 'vitest';
import { movedWords } from './move-words.ts';

const rule = (name: string, state: 'draft' | 'deployed' = 'draft') => ({ id: `id-${name}`, name, state, latestVersion: 1 });

it('names the rule whose order changed, which may be the neighbour', () => {
  expect(movedWords(rule('drop-lanch'), rule('records-to-metric'), [{ id: 'id-records-to-metric', order: 110 }], [rule('records-to-metric')]))
    .toEqual({ title: 'records-to-metric now runs after drop-lanch', detail: 'Its order is 110, version 2. drop-lanch is as it was.' });
  expect(movedWords(rule('a'), null, [{ id: 'id-b', order: 90 }], [rule('b')]).title).toBe('b now runs on the other side of a');
});

it('says the new order and version of the moved rule, and of all that changed with it', () => {
  expect(movedWords(rule('a', 'deployed'), rule('b'), [{ id: 'id-a', order: 4 }], [rule('a', 'deployed')])).toEqual({ title: 'a now runs before b', detail: 'Its order is 4, version 2, deployed at once.' });
  const many = ['a', 'c', 'd', 'e'].map(name => rule(name));
  expect(movedWords(many[0]!, null, many.map(({ id }, order) => ({ id, order })), many)).toEqual({ title: 'a now runs last', detail: 'New orders: a 0 (version 2), c 1 (version 2), d 2 (version 2) and 1 more.' });
});
