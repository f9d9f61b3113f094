// Before a rule acts: the dry run over the live tail, a file and pasted lines, with figures that a count by hand confirms; one
// record explained; a rule that matches nothing; money; and the shadow, which only counts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { codec, encodeLogs } from '../src/otlp/index.ts';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { chooseSide, deploy, dryRunPane, nameRule, openConsole, ruleOf, step, writeText } from './support/rule-editor.ts';
import { sendLogs, sendRecords } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

/** "Matched 30 of 150, 20 %" without its label. */
const figure = (page: Page, label: string) => dryRunPane(page).locator('dl > div').filter({ hasText: label }).locator('dd');
const explanation = (page: Page) => page.getByRole('region', { name: 'Explanation' });
const records = (page: Page) => dryRunPane(page).getByRole('listbox', { name: 'Records before and after' }).getByRole('option');

async function newRule(page: Page, name: string, kql: string): Promise<string[]> {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, name);
  await writeText(page, kql);
  await expect(step(page, 'Valid')).toContainText('0 errors');
  return faults;
}

async function paste(page: Page, text: string): Promise<void> {
  await dryRunPane(page).getByRole('button', { name: /^Records from/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /pasted sample/ }).or(page.getByRole('menuitem', { name: /pasted sample/ })).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Records' }).fill(text);
  await page.getByRole('dialog').getByRole('button', { name: 'Run over it' }).click();
}

test('over the live tail: counts, one record explained clause by clause, and the saving in money', async ({ page }) => {
  const faults = await newRule(page, 'small-carts', 'Logs\n| where EventName == "Cart"\n| where toint(Attributes.n) < 30\n| invoke drop()');
  await expect(dryRunPane(page)).toContainText('Waiting for the first records');
  await sendLogs(stack, 'http-protobuf', 'Cart', 100);
  await sendLogs(stack, 'grpc', 'Wish', 50);
  await dryRunPane(page).getByRole('button', { name: /^Run/ }).click();
  await expect(figure(page, 'Matched')).toHaveText(/^30 of 150, 20(\.0)? %$/);
  await expect(figure(page, 'Records out')).toHaveText(/^150 → 120/);
  expect(sink.count('Cart'), 'nothing is deployed by trying').toBe(100);

  await records(page).filter({ hasText: 'Cart number 7' }).click();
  const clauses = explanation(page).getByRole('list', { name: 'Conditions of small-carts' }).getByRole('listitem');
  await expect(explanation(page)).toContainText('drops it');
  await expect(clauses.filter({ hasText: 'EventName == "Cart"' })).toContainText('EventName = Cart');
  await expect(clauses.filter({ hasText: '< 30' })).toContainText('= 7');
  expect(await violationsOf(page)).toEqual([]);
  await explanation(page).getByRole('button', { name: 'Close' }).click();

  // After five seconds of listening a rate can be told; at this price of a GB, what records cost by the million is below one in a hundred of the money.
  await dryRunPane(page).getByRole('button', { name: 'price', exact: true }).click();
  await page.getByRole('textbox', { name: /What a GB of logs costs/ }).fill('1000');
  await page.getByRole('textbox', { name: 'Currency' }).fill('EUR');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(figure(page, 'Saves')).toContainText('EUR');
  const [, money = '', amount = '', unit = ''] = /([\d.,]+) EUR a month, ([\d.]+) (\w+)\/s less/.exec(await figure(page, 'Saves').innerText()) ?? [];
  const gbPerSecond = Number(amount) * ({ B: 1e-9, kB: 1e-6, MB: 1e-3 }[unit] ?? NaN);
  expect(Math.abs(Number(money.replaceAll(',', '')) / (gbPerSecond * 730 * 3600 * 1000) - 1), `${money} for ${amount} ${unit}`).toBeLessThan(0.05);
  expect(faults).toEqual([]);
});

test('over a file: an OTLP export of twenty seconds becomes four points, as counted by hand', async ({ page }, info) => {
  const firstMs = 1_767_261_600_000;
  // Each line is what one service sent in one second, as a collector writes it.
  const lines = Array.from({ length: 20 }, (_, second) => ['cart', 'pay'].map((service) => codec.protobufToJson('logs', encodeLogs({ 'service.name': service }, 'e2e', Array.from({ length: service === 'cart' ? 6 : 2 }, (_one, i) => (
    { timeUnixNano: BigInt(firstMs + second * 1000) * 1_000_000n, eventName: second % 4 === 3 ? 'Other' : 'LogLaunch', body: `launch ${i}` })))))).flat();
  const file = join(info.outputPath(), 'launches.jsonl');
  writeFileSync(file, lines.map((one) => { if (!one.ok) throw new Error(one.error.message); return `${JSON.stringify(one.value)}\n`; }).join(''));
  const faults = await newRule(page, 'launches', 'Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 10s)\n| invoke to_metric("app.launches")');
  await page.getByLabel('File with records').setInputFiles(file);
  await expect(dryRunPane(page)).toContainText('OTLP JSON, 160 records');
  await expect(figure(page, 'Matched')).toHaveText(/^120 of 160, 75(\.0)? %$/);
  await expect(figure(page, 'Records out')).toHaveText(/^160 → 40 \+ 4 made/);

  // Three seconds of four match: eight of the first ten seconds, seven of the second; six records a second, and two.
  const preview = page.getByRole('region', { name: 'Metric preview' });
  await expect(preview).toContainText('2 series');
  const points = await preview.getByRole('table', { name: 'Points of app.launches' }).getByRole('row').filter({ hasText: 'ServiceName' }).allInnerTexts();
  expect(points.map((row) => row.split('\t').slice(1).join(' ')).toSorted()).toEqual(['ServiceName=cart 42', 'ServiceName=cart 48', 'ServiceName=pay 14', 'ServiceName=pay 16']);
  await expect(preview.getByRole('img', { name: /^app\.launches by window, 2 series/ })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('over pasted lines: before and after, and why a rule matches nothing', async ({ page }) => {
  const faults = await newRule(page, 'mark-errors', 'Logs\n| where Body has "error"\n| extend tier = "gold"\n| invoke update()');
  await paste(page, 'GET /cart 200\nGET /pay error 500\nterrors are no error-free words\nGET /cart 304\n');
  await expect(dryRunPane(page)).toContainText('plain lines, 4 records');
  await expect(figure(page, 'Matched')).toHaveText(/^2 of 4/);
  await expect(figure(page, 'Records out')).toHaveText(/4 → 4 2 changed/);
  const signs = (sign: string) => records(page).filter({ hasText: sign });
  await expect(signs('before or removed')).toHaveCount(2);
  await expect(signs('after or made').first()).toContainText('tier=gold');
  await dryRunPane(page).getByRole('radio', { name: 'Before' }).click();
  await expect(records(page).filter({ hasText: 'tier=gold' })).toHaveCount(0);
  await dryRunPane(page).getByRole('radio', { name: 'After' }).click();
  await expect(records(page).filter({ hasText: 'tier=gold' })).toHaveCount(2);
  await dryRunPane(page).getByRole('radio', { name: 'Difference' }).click();

  await writeText(page, 'Logs\n| where Body has "cart"\n| where Body contains "418"\n| invoke drop()');
  await expect(step(page, 'Dry run')).toContainText(/older than the text|0 of 4/);
  await dryRunPane(page).getByRole('button', { name: /^Run again/ }).click();
  const why = dryRunPane(page).getByRole('region', { name: 'Why nothing matched' });
  await expect(why).toContainText('Body contains "418" never held in the 2 records for which the conditions before it held, of ');
  await expect(why.getByRole('row').filter({ hasText: 'Body has "cart"' })).toContainText('2');
  await expect(why.getByRole('row').filter({ hasText: '"418"' })).toContainText('why');
  expect(await violationsOf(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test('as a shadow a rule counts what it would do and touches nothing; live, it acts', async ({ page }) => {
  const faults = await newRule(page, 'hush', 'Logs\n| where EventName == "Chatter"\n| invoke drop()');
  await deploy(page, stack, 'hush', 'Shadow');
  await sendLogs(stack, 'http-json', 'Chatter', 300);
  await until('all pass downstream', () => sink.count('Chatter') === 300);
  await until('the shadow has counted them', async () => (await ruleOf(stack, 'hush')).effect.would?.removed === 300);
  expect((await ruleOf(stack, 'hush')).effect.removed).toBe(0);
  await chooseSide(page, 'Effect');
  const effect = page.getByRole('region', { name: 'Measured effect' });
  await expect(effect).toContainText('Every record passes; below is what the rule would have done.');
  await expect(effect).toContainText('300 matched, 300 would be removed');
  await expect(step(page, 'Shadow')).toContainText('applied on 1 of 1 agent');
  expect(await violationsOf(page)).toEqual([]);

  await deploy(page, stack, 'hush', 'Live');
  await until('it runs live', async () => (await ruleOf(stack, 'hush')).mode === 'live');
  await sendRecords(stack, Array.from({ length: 200 }, () => ({ event: 'Chatter' })));
  await sendLogs(stack, 'http-json', 'Marker', 1);
  await until('the marker has passed', () => sink.count('Marker') === 1);
  expect(sink.count('Chatter'), 'no further one left').toBe(300);
  await until('its effect is measured', async () => (await ruleOf(stack, 'hush')).effect.removed === 200);
  await expect(effect).toContainText('200 matched, 200 removed');
  expect(faults).toEqual([]);
});
