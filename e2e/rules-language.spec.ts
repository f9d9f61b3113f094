// The language in full: rules written in the editor, deployed, and judged by what the downstream receives; what is not
// supported says so with the nearest way; a quick fix mends a slip.
import { expect, test } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { deploy, editorOf, nameRule, openConsole, problems, shownLines, step, writeText } from './support/rule-editor.ts';
import { sendRecords } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

test('parse, extend, where and a percentile: text lines become two metrics', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'request-times');
  await writeText(page, `Logs
| where EventName == "Request"
| parse Body with "GET " Path " took " Took:long " ms"
| extend Area = tostring(split(Path, "/")[1])
| where Took >= 10
| summarize P90 = percentile(Took, 90), Seen = count() by Area, bin(Timestamp, 10s)
| invoke to_metric("request.took", unit="ms")`);
  await deploy(page, stack, 'request-times');
  expect(await violationsOf(page)).toEqual([]);

  // 1 to 100 ms in one moment: nine are too quick for the rule and stay records; of 10 to 100, the 90th percentile is 91.
  const at = Date.now();
  await sendRecords(stack, Array.from({ length: 100 }, (_, i) => ({ event: 'Request', body: `GET /cart/items took ${i + 1} ms`, at })));
  await sendRecords(stack, [{ event: 'Request', body: 'POST /cart took 50 ms' }, { event: 'Other', body: 'GET /cart took 50 ms' }]);
  await until('both metrics arrive', () => sink.pointsOf('request.took.Seen').length > 0 && sink.pointsOf('request.took.P90').length > 0);
  expect(sink.pointsOf('request.took.P90')).toEqual([{ metric: 'request.took.P90', attributes: { Area: 'cart' }, value: 91 }]);
  expect(sink.pointsOf('request.took.Seen')).toEqual([{ metric: 'request.took.Seen', attributes: { Area: 'cart' }, value: 91 }]);
  expect(sink.count('Request'), 'the nine quick ones, and the line that does not fit the pattern').toBe(10);
  expect(sink.count('Other')).toBe(1);
  expect(faults).toEqual([]);
});

test('mv-expand: a list in a field is counted element by element', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'basket-items');
  await writeText(page, `Logs
| where EventName == "Basket"
| mv-expand Item = Attributes.items to typeof(string)
| summarize Seen = count() by Item, bin(Timestamp, 1s)
| invoke to_metric("basket.items")`);
  await deploy(page, stack, 'basket-items');
  await sendRecords(stack, [...Array.from({ length: 20 }, () => ['apple', 'pear']), ...Array.from({ length: 5 }, () => ['pear', 'pear', 'plum'])].map((items) => ({ event: 'Basket', attributes: { items } })));
  await until('the metric adds up', () => sink.sums.get('basket.items') === 40 + 15);
  const seen = (item: string) => sink.pointsOf('basket.items').filter(({ attributes }) => attributes['Item'] === item).reduce((sum, { value }) => sum + value, 0);
  expect([seen('apple'), seen('pear'), seen('plum')]).toEqual([20, 30, 5]);
  expect(sink.count('Basket')).toBe(0);
  expect(faults).toEqual([]);
});

test('dedup: the first of equal records leaves with the count of all', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'quiet-retries');
  await writeText(page, 'Logs\n| where EventName == "Retry"\n| invoke dedup(2s)');
  await deploy(page, stack, 'quiet-retries');
  await sendRecords(stack, [...Array.from({ length: 40 }, () => ({ event: 'Retry', body: 'connection refused' })), ...Array.from({ length: 7 }, () => ({ event: 'Retry', body: 'timed out' }))]);
  const counts = () => sink.recordsOf('Retry').map(({ body, attributes }) => [body, attributes['dedup.count']]);
  await until('both kinds arrive', () => sink.count('Retry') >= 2);
  expect(counts().toSorted()).toEqual([['connection refused', 40], ['timed out', 7]]);
  expect(faults).toEqual([]);
});

test('what a rule cannot do is named, with the nearest way; nothing can be deployed meanwhile', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'not-yet');
  await writeText(page, 'Logs\n| where EventName == "Retry"\n| join (Spans) on TraceId\n| invoke drop()');
  const said = problems(page).getByRole('button').filter({ hasText: 'join' }).first();
  await expect(said).toContainText(/Weir does not run the operator join\..*Put the condition into where/);
  await expect(said).toContainText('line 3');
  await expect(step(page, 'Valid')).toContainText('error');
  await expect(page.getByRole('button', { name: 'Deploy', exact: true })).toHaveAttribute('aria-disabled', 'true');
  expect(await violationsOf(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('a slip is mended by its quick fix', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'mended');
  await writeText(page, 'Logs\n| where EventName = "Retry"\n| invoke drop()');
  await expect(problems(page).getByRole('button').first()).toContainText('to compare, write ==');
  await problems(page).getByRole('button').first().click();
  await page.keyboard.press('ControlOrMeta+.');
  await expect(page.locator('.action-widget').first()).toContainText('Write ==');
  await page.keyboard.press('Enter');
  await expect(editorOf(page)).toContainText('EventName == "Retry"');
  await expect(step(page, 'Valid')).toContainText('0 errors');
  await expect.poll(() => shownLines(page)).toEqual(['Logs', '| where EventName == "Retry"', '| invoke drop()']);
  expect(faults).toEqual([]);
});
