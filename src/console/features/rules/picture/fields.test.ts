import { expect, it } from 'vitest';
import type { LiveField } from '../../../../kql/index.ts';
import { fieldChoices } from './fields.ts';

const field = (name: string, presence: number): LiveField => ({ name, column: 'Attributes', type: 'long', presence, distinct: 3, examples: ['1'] });
const columns = [{ name: 'EventName', type: 'string' }, { name: 'Attributes', type: 'dynamic' }] as const;
const live = [field('session.id', 0.9), field('http.route', 0.8), field('depth', 0.02), field('queue.name', 0.02)];
const order = (event: string) => fieldChoices(columns, live, 'compare', event).map(({ label }) => label).filter((label) => live.some(({ name }) => name === label));

it('offers what is called like the event first, then the commonest', () => {
  expect(order('QueueDepth')).toEqual(['depth', 'queue.name', 'session.id', 'http.route']);
  expect(order('')).toEqual(['session.id', 'http.route', 'depth', 'queue.name']);
});
