import { afterAll, expect, it } from 'vitest';
import { createKqlCompiler } from './index.ts';

const compiler = createKqlCompiler();
afterAll(() => compiler.stop());
const said = async (text: string, mode: 'rule' | 'filter' = 'rule') => {
  const { plan, diagnostics } = await compiler.compile(text, mode);
  return [plan !== null, ...diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)];
};
const many = Array.from({ length: 450 }, (_, i) => `Body == "${i}"`).join(' or ');

it.each([
  ['an expression that RE2 lacks', 'Logs | where Body matches regex "(?<=x)y" | invoke drop()', /RE2/],
  ['a type that a column does not hold', 'Logs | extend SeverityNumber = "x" | invoke update()', /SeverityNumber holds int/],
  ['a window that is too small', 'Logs | summarize count() by bin(Timestamp, 1microsecond) | invoke to_metric("x")', /between 1 ms and 1 day/],
  ['a plan that is too deep', `Logs | where ${many} | invoke drop()`, /400 levels/],
])('a rule with %s is refused here, not by every agent', async (_, text, message) => {
  expect(await said(text)).toEqual([false, expect.stringMatching(message)]);
});

it('a filter is checked in the same way', async () => {
  expect(await said('Body matches regex "("', 'filter')).toEqual([false, expect.stringMatching(/RE2/)]);
  expect(await said(many, 'filter')).toEqual([false, expect.stringMatching(/400 levels/)]);
});

it('what agents take passes as it is', async () => {
  expect(await said('Logs | where Body matches regex "x+y" | invoke drop()')).toEqual([true]);
  expect(await said('Name == "GET /" and Duration > 1s', 'filter')).toEqual([true]);
  expect(await said('Body has "x"', 'filter')).toEqual([true]);
});
