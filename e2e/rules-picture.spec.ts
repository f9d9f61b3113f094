// The picture: a query and a net made with the mouse, no KQL known; text and picture are one; broken text keeps the last good picture.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { applied, chooseTab, dryRunPane, editorOf, nameRule, openConsole, ruleOf, save, shownLines, step, writeText } from './support/rule-editor.ts';
import { sendLogs } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

const picture = (page: Page): Locator => page.getByRole('region', { name: 'Picture', exact: true });
const form = (page: Page): Locator => page.locator('.qp-form');
const chain = (page: Page): Promise<string[]> => picture(page).getByRole('listitem').locator('.qp-box').evaluateAll((boxes) => boxes.map((box) => [...box.querySelectorAll('b, .mono')].map((part) => part.textContent).join(' ')));

/** Chooses one of a list that opens on a click. */
async function pick(page: Page, box: Locator, option: string | RegExp): Promise<void> {
  await box.click();
  await page.getByRole('option', { name: option }).first().click();
}

async function startNew(page: Page, kind: RegExp): Promise<string[]> {
  const faults = await openConsole(page, stack, '/rules');
  await page.getByRole('button', { name: 'New rule' }).first().click();
  await page.getByRole('menuitem', { name: kind }).click();
  await expect(page).toHaveURL(/\/rules\/new/);
  return faults;
}

test('a chatty log becomes a metric without a word of KQL', async ({ page }) => {
  const faults = await startNew(page, /^Blank query/);
  await page.getByRole('radio', { name: 'Picture' }).click();
  await expect(async () => {
    await sendLogs(stack, 'http-protobuf', 'LogLaunch', 10);
    await expect(dryRunPane(page)).toContainText(/[1-9]\d* records of the tail/, { timeout: 1000 });
  }, 'the page listens').toPass();
  const passed = sink.count('LogLaunch');

  await picture(page).getByRole('button', { name: /^Logs/ }).click();
  await picture(page).getByRole('button', { name: 'Add a step after Logs' }).click();
  await page.getByRole('menuitem', { name: /Keep only some records/ }).click();
  await pick(page, form(page).getByRole('combobox', { name: 'Field' }), /^EventName/);
  await pick(page, form(page).getByRole('combobox', { name: 'Value' }), 'LogLaunch');
  await expect(form(page)).toContainText('Changes go straight into the text.');
  expect(await violationsOf(page)).toEqual([]);
  await form(page).getByRole('button', { name: 'Done' }).click();

  await picture(page).getByRole('button', { name: 'Add a step after where' }).click();
  await page.getByRole('menuitem', { name: /Count or compute per group/ }).click();
  const [group, addGroup] = [form(page).getByRole('combobox', { name: 'Group by' }), form(page).getByRole('button', { name: 'Group by a field' })];
  await expect(group.or(addGroup)).toBeVisible();
  if (await addGroup.isVisible()) await addGroup.click();
  await pick(page, group, /^ServiceName/);
  await pick(page, form(page).getByRole('combobox', { name: 'Stretch of time' }), '10 s');
  await form(page).getByRole('button', { name: 'Done' }).click();
  await picture(page).getByRole('button', { name: /What happens to these records/ }).click();
  await page.getByRole('menuitem', { name: /Turn them into a metric/ }).click();
  // Two names are all that is typed: that of the metric and that of the rule.
  await form(page).getByRole('combobox', { name: 'Name' }).fill('app.launches');
  await form(page).getByRole('button', { name: 'Done' }).click();
  await nameRule(page, 'launches-by-mouse');
  await expect(step(page, 'Valid')).toContainText('0 errors');
  await page.getByRole('radio', { name: 'Both' }).click();
  await expect.poll(async () => (await shownLines(page)).join(' ')).toMatch(/^Logs \| where EventName == "LogLaunch" \| summarize .*count\(\) by ServiceName, bin\(Timestamp, 10s\) \| invoke to_metric\("app\.launches"\)$/);

  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /deploy/i }).click();
  await applied(stack, 'launches-by-mouse');
  await sendLogs(stack, 'grpc', 'LogLaunch', 70);
  await until('the metric counts them', () => sink.sums.get('app.launches') === 70);
  expect([sink.count('LogLaunch'), sink.pointsOf('app.launches')[0]?.attributes]).toEqual([passed, { ServiceName: 'exact-sender' }]);
  expect(faults).toEqual([]);
});

test('text and picture follow each other; broken text keeps the last good picture and says why', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await writeText(page, '// keep me\nLogs\n| where EventName == "Order" // and me\n| invoke drop()');
  await expect(picture(page).getByRole('button', { name: /^where/ })).toContainText('EventName == "Order"');
  expect(await chain(page)).toEqual(['Logs every service, 1 agent', 'where EventName == "Order"', 'drop']);
  await picture(page).getByRole('button', { name: /^where/ }).click();
  await pick(page, form(page).getByRole('combobox', { name: 'Comparison' }), /^is not !=/);
  await form(page).getByRole('button', { name: 'Done' }).click();
  await expect.poll(() => shownLines(page)).toEqual(['// keep me', 'Logs', '| where EventName != "Order" // and me', '| invoke drop()']);

  await writeText(page, '// keep me\nLogs\n| where EventName != "Order" and (\n| invoke drop()');
  await expect(picture(page).getByRole('status')).toContainText('The picture is of the text before.');
  await expect(picture(page)).not.toContainText('in sync with the text');
  expect(await chain(page)).toEqual(['Logs every service, 1 agent', 'where EventName != "Order"', 'drop']);
  expect(await violationsOf(page)).toEqual([]);
  await writeText(page, 'Spans\n| where Name == "GET /"\n| invoke sample(0.1)');
  await expect.poll(() => chain(page)).toEqual(['Spans every service, 1 agent', 'where Name == "GET /"', 'sample 0.1']);
  await expect(picture(page)).toContainText('in sync with the text');
  expect(faults).toEqual([]);
});

test('a net with the mouse: queue depth over 200 five times in 30 s takes a CPU sample', async ({ page }, info) => {
  const faults = await startNew(page, /^Net/);
  const graph = picture(page).getByRole('application', { name: 'Picture of the net' });
  await graph.getByRole('button', { name: /^Transition from watching to caught/ }).click();
  const guard = picture(page).getByRole('group', { name: 'When a record has' });
  // A fresh net waits for nothing yet, and says so.
  await expect(step(page, 'Valid')).toContainText('one thing to go: choose an event');
  // Sent again until the page listens.
  await expect(async () => { await sendLogs(stack, 'http-json', 'QueueDepth', 12, { depth: 250 }); await page.keyboard.press('Escape'); await pick(page, guard.getByRole('combobox', { name: 'Value' }), 'QueueDepth'); }).toPass({ timeout: 20_000 });
  await guard.getByRole('button', { name: 'Add a condition' }).click();
  const second = guard.getByRole('group', { name: 'condition 2' });
  await expect(async () => { await page.keyboard.press('Escape'); await pick(page, second.getByRole('combobox', { name: 'Field' }), /^depth/); }).toPass({ timeout: 20_000 });
  await pick(page, second.getByRole('combobox', { name: 'Comparison' }), /^is more than/);
  await second.getByRole('combobox', { name: 'Value' }).fill('200');
  await second.getByRole('combobox', { name: 'Value' }).press('Enter');
  await expect(picture(page).getByRole('textbox', { name: /times/i })).toHaveValue('5');
  await expect(picture(page).getByRole('textbox', { name: 'Within' })).toHaveValue('30 s');
  await expect(graph.getByRole('group', { name: /^State caught.*starts cpu-sample 10 s/ })).toBeVisible();
  await expect(graph.getByRole('button', { name: /depth/ })).toContainText('5 within 30 s');
  await nameRule(page, 'queue-stuck');
  await expect(step(page, 'Valid')).toContainText('0 errors');
  expect(await violationsOf(page)).toEqual([]);

  // The dry run knows what the net would have done with the twelve records.
  await dryRunPane(page).getByRole('button', { name: /^Run/ }).click();
  await expect(dryRunPane(page).getByRole('listbox', { name: 'Steps of the replay' })).toContainText('would start cpu-sample');
  await save(page);
  const text = (await ruleOf(stack, 'queue-stuck')).versions.at(-1)?.text ?? '';
  expect(text).toMatch(/EventName == "QueueDepth" and to(long|int)\(Attributes\["depth"\]\) > 200/);
  const file = join(info.outputPath(), 'queue-stuck.yaml');
  writeFileSync(file, text);
  expect(execFileSync(process.execPath, ['src/cli/main.ts', 'rules', 'validate', file], { encoding: 'utf8' })).toContain('1 rule, valid.');

  // Text and graph are one: a state written in the document is a box; text that is no YAML keeps the boxes and says why.
  await page.getByRole('radio', { name: 'Both' }).click();
  await chooseTab(page, 'Document');
  await writeText(page, text.replace('states:\n', 'states:\n  calm:\n    after: { 1m: watching }\n'));
  await expect(graph.getByRole('group', { name: /^State calm/ })).toBeVisible();
  await writeText(page, `${text}\nlayout: {`);
  await expect(picture(page).getByRole('status').first()).toContainText('The text cannot be read now, so the picture stays as it was');
  await expect(graph.getByRole('group', { name: /^State calm/ })).toBeVisible();
  await expect(editorOf(page)).toBeVisible();
  expect(faults).toEqual([]);
});
