import { expect, it } from 'vitest';
import { namesOf } from './names-to-write.ts';

const row = (durableId: string, service: string, source: 'event-name' | 'template' | 'none' = 'event-name', label = durableId) => ({ durableId, service, source, label });

it('offers each name once with its services, the text of a template, and former names that fit', () => {
  const book = { 'cart.begun': [{ name: 'cart.started', service: null }, { name: 'cart.begun', service: null }], 'cart.started': [{ name: 'cart.started', service: null }], other: [{ name: 'x', service: null }] };
  expect(namesOf([row('cart.started', 'web'), row('', 'web', 'none'), row('cart.started', 'shop'), row('t-00000000000000aa', 'shop', 'template', 'cart <*> is full')], book, 'Cart')).toEqual([
    { name: 'cart.started', detail: 'web, shop', documentation: '' }, { name: 't-00000000000000aa', detail: 'shop', documentation: 'cart <*> is full' }, { name: 'cart.begun', detail: 'now cart.started', documentation: '' },
  ]);
});
