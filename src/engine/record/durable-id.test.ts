// A durable id made of file and line lies nowhere in one piece; predicates on it must still find it.
import { expect, it } from 'vitest';
import { codec, encodeLogs } from '../../otlp/index.ts';
import { call, col, lit, plan, where } from '../../testing/index.ts';
import { compileFilter } from '../index.ts';

const bytes = encodeLogs({ 'service.name': 'cart' }, 'test', [
  { body: 'sync failed', attributes: { 'code.file.path': 'cart/src/catalog.ts', 'code.line.number': 88 } },
  { eventName: 'CartItemAdded', body: 'added' },
  { body: 'nameless' },
]);

function matching(fn: string, value: string): number[] {
  const filter = compileFilter(plan('Logs', [where(call(fn, col('DurableId'), lit(value)))]), 'logs');
  const view = codec.walk('logs', bytes);
  if (!filter.ok || !view.ok) throw new Error('setup');
  return [0, 1, 2].filter((index) => filter.value(view.value, index));
}

it.each([
  ['==', 'cart/src/catalog.ts:88', [0]], ['!=', 'cart/src/catalog.ts:88', [1, 2]], ['==', 'CartItemAdded', [1]], ['startswith', 'cart', [0, 1]],
  ['has', 'catalog', [0]], ['!has', 'catalog', [1, 2]], ['contains', '.ts:8', [0]], ['=~', 'CART/SRC/CATALOG.TS:88', [0]],
])('DurableId %s "%s"', (fn, value, expected) => { expect(matching(fn, value)).toEqual(expected); });
