// The fifth promise as a test: from the overview to the costliest line of the demo, its suggestion to a metric made with one click, dry run and
// deployed; then what is measured agrees with what was predicted, as the product itself says, and with what arrives downstream, as the sink counts it.
import { expect as expectSoon, test, type Page } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { deploy, dryRunPane, step } from './support/rule-editor.ts';
import { shoot } from './support/screenshot.ts';
import { until, type Stack } from './support/stack.ts';

/** On a machine with much else to do, a draft is compiled and the editor loaded when there is time for it: this says what comes, not when. */
const expect = expectSoon.configure({ timeout: 60_000 });

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; }, []);

interface Saving { readonly ruleName: string; readonly measuredPerMonth: number | null; readonly measuredRecordsPerSecond: number | null; readonly measuredBytesPerSecond: number | null; readonly atTrafficPerMonth: number | null; readonly measuredSeconds: number; readonly agreement: number | null }

/** The demo's traffic goes up and down over two minutes, between 70 % and 130 %: a prediction of one moment is told again at the traffic that came while
 *  the rule was measured. The metric's points leave every ten seconds, so that a few such turns are measured. */
const turnsSeconds = 60;
const tolerance = 0.1;

/** What stands downstream at this moment: of the chatty line, of the rule's metric, and log records of everything else, which nothing takes away. */
interface Arrived { readonly atMs: number; readonly records: number; readonly bytes: number; readonly points: number; readonly pointBytes: number; readonly others: number }
const arrived = (metric: string): Arrived => ({
  atMs: Date.now(), records: sink.count('LogLaunch'), bytes: sink.logBytes.get('LogLaunch') ?? 0, points: sink.pointCounts.get(metric) ?? 0, pointBytes: sink.metricBytes.get(metric) ?? 0, others: sink.logTotal - sink.count('LogLaunch'),
});

/** What no longer arrives a second: so much of the chatty line as came for each other record before, less what arrives now. So the traffic may go up and down. */
function missing([from, deployed, to]: readonly [Arrived, Arrived, Arrived], since: Arrived): { readonly records: number; readonly bytes: number } {
  const seconds = (to.atMs - since.atMs) / 1000;
  const each = (of: 'records' | 'bytes') => (deployed[of] - from[of]) / (deployed.others - from.others) * (to.others - since.others);
  return { records: (each('records') - (to.records - since.records) - (to.points - since.points)) / seconds, bytes: (each('bytes') - (to.bytes - since.bytes) - (to.pointBytes - since.pointBytes)) / seconds };
}

const suggestion = (page: Page) => page.getByRole('table', { name: 'Suggestions' }).getByRole('row', { name: /^Count LogLaunch/ });

test('from the overview to the costliest line, to a metric, and the saving is what was predicted', async ({ page }) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  const metric = 'log_launch.count';
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });

  await page.goto(stack.url);
  const couldBe = page.getByRole('group', { name: 'Could be saved safely' });
  await expect(couldBe).toContainText(/USD.*\d+ suggestions/s);
  await expect(couldBe.getByRole('link')).toHaveAttribute('href', /tab=suggestions&suggestion=/);
  await page.getByRole('link', { name: 'All in Cost' }).click();
  await expect(page).toHaveURL(`${stack.origin}/cost`);
  const table = page.getByRole('table', { name: 'Cost by event' });
  await expect(table.getByRole('row').nth(1), 'the chatty line is the costliest').toContainText('LogLaunch');
  await expect(page.getByRole('group', { name: "A month at today's rate" })).toContainText('USD');

  await table.getByRole('row').nth(1).click();
  const why = page.getByRole('region', { name: 'Cost of LogLaunch' });
  await expect(why).toContainText('million records a month, at 1.00 USD a million');
  await expect(why.getByRole('table', { name: 'Fields by money' })).toContainText('session.id');
  expect(await violationsOf(page)).toEqual([]);
  await shoot(page, 'cost');

  await until('the demo sends', () => Promise.resolve(arrived(metric).others > 200), 60_000);
  const from = arrived(metric);
  await page.getByRole('tab', { name: /What could be saved/ }).click();
  await suggestion(page).click();
  const idea = page.getByRole('region', { name: /^Suggestion: Count LogLaunch/ });
  await expect(idea.getByRole('region', { name: 'What would be lost' })).toContainText('Single records');
  expect(await violationsOf(page)).toEqual([]);
  await idea.getByRole('button', { name: 'Make the rule' }).click();

  // The editor opens on the draft, and the dry run starts by itself; nothing is deployed yet.
  await expect(page).toHaveURL(/\/rules\/[^/?]+/);
  await expect(dryRunPane(page).getByText(/Matched/).first()).toBeVisible();
  await expect(page.locator('.monaco-editor').first()).toContainText('to_metric');
  const name = await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue();
  expect(sink.count('LogLaunch')).toBeGreaterThan(0);
  await expect(page.locator('.monaco-editor').first()).toContainText(metric);
  await until('enough came before the rule', () => Promise.resolve(arrived(metric).others - from.others > 1500), 60_000);
  const before = arrived(metric);
  await deploy(page, stack, name);
  await expect(step(page, 'Deployed')).toContainText(/1 of 1/);

  await until('the line arrives no more', async () => { const { records } = arrived(metric); await new Promise((done) => { setTimeout(done, 3000); }); return arrived(metric).records === records; }, 60_000);
  const since = arrived(metric);
  await page.goto(`${stack.origin}/cost?tab=savings`);
  const row = page.getByRole('table', { name: 'Savings' }).getByRole('row').filter({ hasText: name });
  await expect(row).toContainText(/measuring|agrees|saves/);
  const savingOf = async () => (await stack.api<{ readonly savings: readonly Saving[] }>('/cost/savings')).savings.find(({ ruleName }) => ruleName === name);
  await until('some turns of the metric were measured', async () => ((await savingOf())?.measuredSeconds ?? 0) >= turnsSeconds, 100_000);
  const saving = await savingOf();
  expect(Math.abs((saving?.agreement ?? NaN) - 1), JSON.stringify(saving)).toBeLessThanOrEqual(tolerance);
  // By another's count: the sink's, of records and of bytes.
  const gone = missing([from, before, arrived(metric)], since);
  const said = JSON.stringify({ gone, saving, from, before, since });
  expect(Math.abs((saving?.measuredRecordsPerSecond ?? NaN) / gone.records - 1), said).toBeLessThanOrEqual(tolerance);
  expect(Math.abs((saving?.measuredBytesPerSecond ?? NaN) / gone.bytes - 1), said).toBeLessThanOrEqual(tolerance);
  await expect(row).toContainText('agrees');
  expect(await violationsOf(page)).toEqual([]);

  await page.goto(`${stack.origin}/overview`);
  await expect(page.getByRole('group', { name: 'Saved a month' })).toContainText(/predicted [\d,.]+/);
  expect(faults).toEqual([]);
});
