import { expect, it } from 'vitest';
import { codec } from '../../../../otlp/index.ts';
import { log, logsFrame, storeOf } from '../testing/frames.ts';
import { computeLiveFields } from './live-fields.ts';

const records = [
  log('a', { eventName: 'Order', attributes: { tier: 'gold', contact: 'mara@customer.example', note: `${'x'.repeat(55)} mara@customer.example` } }),
  log('b', { eventName: 'Order', attributes: { tier: 'silver', contact: 'noor@customer.example' } }), log('c', { eventName: 'Ping' }),
];
const fields = computeLiveFields(storeOf([logsFrame('shop', records)], { maxRows: 100, maxBytes: 1e9 }), codec.cursor());
const field = (column: string, name: string) => fields.find((one) => one.column === column && one.name === name);

it('tells of attributes how many records carry them and what they hold', () => {
  expect(field('Attributes', 'tier')).toMatchObject({ type: 'string', presence: 2 / 3, distinct: 2, examples: ['silver', 'gold'] });
});

it('tells what the columns of text hold, so that event names can be offered; ids and empty ones are left out', () => {
  expect(field('Record', 'EventName')).toMatchObject({ type: 'string', presence: 1, examples: ['Ping', 'Order'] });
  expect(fields.filter(({ column }) => column === 'Record').map(({ name }) => name)).not.toEqual(expect.arrayContaining(['TraceId']));
});

it('masks what a detector finds in an example, also where the example is cut', () => {
  expect(field('Attributes', 'contact')).toMatchObject({ distinct: 2, examples: [expect.stringContaining('•')] });
  expect(JSON.stringify(fields.map(({ examples }) => examples))).not.toMatch(/mara|noor/);
});
