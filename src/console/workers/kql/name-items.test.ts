import { expect, it } from 'vitest';
import type { LiveField } from '../../../kql/index.ts';
import { nameItems, type KnownNames } from './name-items.ts';

const asked: string[] = [];
const all = ['checkout.started', 'cart "odd"', 't-00000000000000aa'];
const known: KnownNames = { fields: () => Promise.resolve(['userId', 'user.id']), events: (begun) => { asked.push(begun); return Promise.resolve(all.filter((name) => name.includes(begun)).map((name) => ({ name, detail: 'shop', documentation: '' }))); } };
const live = (name: string, presence: number, column: LiveField['column'] = 'Attributes'): LiveField => ({ name, column, type: 'string', presence, distinct: 1, examples: [] });
const fields = [live('rare', 0.1), live('user.id', 1), live('host.name', 1, 'Resource')];

async function offered(marked: string, names: KnownNames | null = known): Promise<readonly string[] | null> {
  const offset = marked.indexOf('‹');
  const text = marked.replace('‹', '');
  const items = await nameItems(text, offset, names, fields);
  return items?.map(({ insertText, start, end }) => text.slice(0, start) + insertText + text.slice(end)) ?? null;
}

it('offers the events that fit what is begun, in the place of what is there', async () => {
  expect(await offered('Logs | where event(‹)')).toEqual(['Logs | where event("checkout.started")', 'Logs | where event("cart \\"odd\\"")', 'Logs | where event("t-00000000000000aa")']);
  expect(await offered('event("che‹ck.old") and Body has "x"')).toEqual(['event("checkout.started") and Body has "x"']);
  expect(await offered("countif(event( 'che‹'))")).toEqual(['countif(event( "checkout.started"))']);
  expect(asked).toEqual(['', 'che', 'che']);
});

it('offers attributes of live records and their names from before', async () => {
  expect(await offered('where field("‹") == 1')).toEqual(['where field("user.id") == 1', 'where field("rare") == 1', 'where field("userId") == 1']);
});

it('leaves every other place to the service, and what is unknown', async () => {
  for (const text of ['Logs | where xevent("‹")', 'Logs | where event("a") == "‹"', 'Logs | where Attributes.field("‹"', 'event‹("a")']) expect(await offered(text)).toBeNull();
  expect(await offered('event("‹")', null)).toBeNull();
  expect(await offered('event("none‹")')).toBeNull();
  expect(await offered('event("‹")', { ...known, events: () => Promise.reject(new Error('offline')) })).toBeNull();
});
