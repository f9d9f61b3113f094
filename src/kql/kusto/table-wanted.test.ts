// At the start of a rule a table is wanted: a name that is none is spoken of as a table.
import { expect, it } from 'vitest';
import { languageForTests } from './kusto-for-tests.ts';

const kql = await languageForTests();

it.each([['Lo', 'Lo is not a table.'], ['Lgs\n| where EventName == "A"\n| invoke drop()', 'Lgs is not a table.']])('%s', (text, message) => {
  const { diagnostics } = kql.compile(text, { mode: 'rule' });
  expect(diagnostics.map((each) => each.message)).toContain(message);
  expect(diagnostics.filter((each) => each.message.includes('column'))).toEqual([]);
});

it('leaves conditions alone', () => {
  expect(kql.compile('Lo', { mode: 'guard' }).diagnostics.some((each) => each.message.includes('table'))).toBe(false);
});
