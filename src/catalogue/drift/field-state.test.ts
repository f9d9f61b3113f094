import { expect, it } from 'vitest';
import { Fleet, logs } from '../testing/fleet.ts';
import { fieldState } from './detect-drift.ts';

it('a field is gone or new as it was told, and neither once it is back', () => {
  const record = (attributes: Record<string, string>) => ({ eventName: 'order.accepted', severityNumber: 9, attributes: { 'order.lane': 'fast', ...attributes } });
  const fleet = new Fleet().run(60, (_, log) => log(logs(5, () => record({ coupon: 'none' }))));
  const states = () => { const event = fleet.book.events().next().value!; return Object.fromEntries([...event.fields.values()].filter(({ place }) => place === 'attribute').map((field) => [field.key, fieldState(field, event)])); };
  expect(states()).toEqual({ 'order.lane': null, coupon: null });
  fleet.run(20, (_, log) => log(logs(5, () => record({ basket: 'b' }))));
  expect(states()).toEqual({ 'order.lane': null, coupon: 'gone', basket: 'new' });
  fleet.run(4, (_, log) => log(logs(5, () => record({ basket: 'b', coupon: 'none' }))));
  expect(states()).toMatchObject({ coupon: null });
});
