// The editor knows the data and keeps what is typed: live attributes with masked examples, hover, signatures; one text under
// two tabs; caret and undo over a change of views; the difference to what is deployed.
import { expect, test, type Page } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { applied, chooseSide, chooseTab, deploy, dryRunPane, editorOf, nameRule, openConsole, ruleOf, save, shownLines, step, writeText } from './support/rule-editor.ts';
import { sendRecords } from './support/sender.ts';
import { startStack, type Stack } from './support/stack.ts';

let stack: Stack;

test.beforeAll(async () => { stack = await startStack(['--no-demo']); });
test.afterAll(async () => { await stack?.stop(); });

const rule = (event: string) => `Logs\n| where EventName == "${event}"\n| invoke drop()`;
const navigate = (page: Page, view: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();

/** Records that the page's own tail must have seen before their fields can be offered. */
async function sendOrders(page: Page): Promise<void> {
  await expect(dryRunPane(page)).toContainText(/Waiting for the first records|records? of the tail/);
  await sendRecords(stack, Array.from({ length: 40 }, (_, i) => ({ event: 'Order', service: 'checkout', body: `order ${i}`, attributes: { 'order.tier': i % 2 === 0 ? 'gold' : 'silver', contact: 'mara@customer.example' } })));
  await expect(dryRunPane(page)).toContainText(/40 records of the tail/);
}

test('completion offers attributes of live records, with masked examples; hover and signature explain', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await writeText(page, 'Logs\n| where EventName == "Order"');
  await sendOrders(page);
  await page.keyboard.type(' and Attributes.');
  const offers = page.locator('.suggest-widget');
  const details = page.locator('.suggest-details');
  // The page may learn of the fields a moment after the records: then asking again offers them.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Space');
    await expect(offers.getByRole('option', { name: /^order\.tier, string, every record/ })).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.press('ArrowDown');
  if (!await details.isVisible()) await page.keyboard.press('ControlOrMeta+Space');
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(details).toContainText(/seen in live records.*For example: .*•/s, { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByText('mara@')).toHaveCount(0);
  await page.keyboard.type('tier');
  await offers.getByRole('option', { name: /order\.tier/ }).click();
  await expect(editorOf(page)).toContainText('Attributes["order.tier"]');
  expect(await violationsOf(page)).toEqual([]);

  await writeText(page, 'Logs\n| where strlen(Body) > 3\n| summarize P = percentile(strlen(Body), 95) by bin(Timestamp, 1s)\n| invoke to_metric');
  await page.keyboard.type('(');
  await expect(page.locator('.parameter-hints-widget')).toContainText('name');
  // Offers and signature lie over the line that is pointed at next.
  while (await page.locator('.parameter-hints-widget.visible').or(page.locator('.suggest-widget.visible')).count() > 0) await page.keyboard.press('Escape');
  await editorOf(page).getByText('percentile', { exact: true }).hover();
  await expect(page.locator('.monaco-hover').filter({ hasText: 'percentile(' }).first()).toBeVisible();
  expect(faults).toEqual([]);
});

test('typing is taken as it comes, and the text is checked behind it', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'typed');
  await writeText(page, '');
  const typed = ['Logs', '| where EventName == "Order" and strlen(Body) > 3', '| extend Size = strlen(Body) * 2', '| invoke update()'];
  for (const [i, line] of typed.entries()) {
    if (i > 0) { await page.keyboard.press('Escape'); await page.keyboard.press('Enter'); }
    await page.keyboard.type(line);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => shownLines(page)).toEqual(typed);
  await expect(step(page, 'Valid')).toContainText('0 errors');
  expect(faults).toEqual([]);
});

test('KQL and document are one text, in which comments stay', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await writeText(page, rule('Order'));
  await nameRule(page, 'one-text');
  await chooseTab(page, 'Document');
  await expect(editorOf(page)).toContainText('one-text');
  await editorOf(page).getByText('one-text').click();
  await page.keyboard.press('End');
  await page.keyboard.insertText('   # asked for by the shop team');
  await page.getByRole('textbox', { name: 'Description' }).fill('Orders nobody reads.');
  await page.getByRole('textbox', { name: 'Description' }).press('Enter');
  await chooseTab(page, 'KQL');
  await expect.poll(() => shownLines(page)).toEqual(rule('Order').split('\n'));
  await writeText(page, `// first the noise\n${rule('Noise')}`);
  await chooseTab(page, 'Document');
  for (const part of ['# asked for by the shop team', 'description: Orders nobody reads.', '// first the noise', 'EventName == "Noise"']) await expect(editorOf(page)).toContainText(part);
  expect(await violationsOf(page)).toEqual([]);

  // The other way: the KQL inside the document is the KQL of the tab.
  await editorOf(page).getByText('EventName', { exact: false }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' and strlen(Body) > 3');
  await chooseTab(page, 'KQL');
  await expect(editorOf(page)).toContainText('EventName == "Noise" and strlen(Body) > 3');
  await save(page);
  const saved = (await ruleOf(stack, 'one-text')).versions.at(-1)?.text ?? '';
  expect(saved).toMatch(/^name: .?one-text.? +# asked for by the shop team$/m);
  expect(saved).toContain('  // first the noise\n  Logs\n  | where EventName == "Noise" and strlen(Body) > 3\n  | invoke drop()');
  expect(faults).toEqual([]);
});

test('a look at the tail and back: text, caret and undo are where they were', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'kept-place');
  await writeText(page, rule('Order'));
  await save(page);
  await expect(page).toHaveURL(/\/rules\/[^/]+$|\/rules\/(?!new)/);
  await editorOf(page).getByText('"Order"').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' and strlen(Body) > 3');
  await navigate(page, 'Tail');
  await expect(page.getByRole('grid', { name: /Records/ })).toBeVisible();
  await page.goBack();
  await expect(editorOf(page)).toContainText('and strlen(Body) > 3');
  await expect(page.getByText('edited, not saved', { exact: true })).toBeVisible();

  // The caret stands behind the last letter typed.
  await page.getByRole('textbox', { name: 'Rule text in KQL' }).focus();
  await page.keyboard.type('3');
  await expect(editorOf(page)).toContainText('> 33');
  for (let presses = 0; presses < 30 && (await shownLines(page)).join('\n') !== rule('Order'); presses++) await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(async () => (await shownLines(page)).join('\n')).toBe(rule('Order'));
  await expect(page.getByText('edited, not saved', { exact: true })).toBeHidden();
  expect(faults).toEqual([]);
});

for (const command of ['save', 'deploy'] as const) {
  test(`a new rule keeps what is typed while it is on its way to ${command}: caret, focus and undo too`, async ({ page }) => {
    const name = `typed-while-${command}`;
    page.on('dialog', (dialog) => void dialog.accept());
    const faults = await openConsole(page, stack, '/rules/new');
    await nameRule(page, name);
    await writeText(page, rule('Order'));
    await expect(step(page, 'Valid')).toContainText('0 errors');
    await page.route(/\/api\/v1\/rules(\/[^/]+\/deploy)?$/, async (route) => {
      if (route.request().method() === 'POST') await new Promise((resolve) => { setTimeout(resolve, 1500); });
      await route.continue();
    });
    await editorOf(page).getByText('"Order"').click();
    await page.keyboard.press('End');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/rules'));
    if (command === 'save') await page.keyboard.press('ControlOrMeta+S');
    else {
      await page.getByRole('button', { name: 'Deploy', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Save and deploy' }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.getByRole('textbox', { name: 'Rule text in KQL' }).focus();
    }
    await sent;
    await page.keyboard.type(' and strlen(Body) > 3', { delay: 20 });
    await expect(page).not.toHaveURL(/\/rules\/new/);
    await page.keyboard.type('0');
    await expect(editorOf(page)).toContainText('and strlen(Body) > 30');
    await expect(page.getByText('edited, not saved', { exact: true })).toBeVisible();
    if (command === 'deploy') await applied(stack, name);
    expect((await ruleOf(stack, name)).versions.map(({ text }) => text.includes('strlen'))).toEqual([false]);
    for (let presses = 0; presses < 40 && (await shownLines(page)).join('\n') !== rule('Order'); presses++) await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(async () => (await shownLines(page)).join('\n')).toBe(rule('Order'));
    await expect(page.getByText('edited, not saved', { exact: true })).toBeHidden();
    expect(faults).toEqual([]);
  });
}

test('the choice of text and picture is whole on a small screen', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openConsole(page, stack, '/rules/new');
  await writeText(page, rule('Order'));
  const both = page.getByRole('radio', { name: 'Both' });
  await expect(both).toBeInViewport({ ratio: 1 });
});

test('what was begun and not saved waits in the menu; a new rule starts empty', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const newRule = async (entry: RegExp): Promise<void> => {
    await navigate(page, 'Rules');
    await page.getByRole('button', { name: 'New rule' }).first().click();
    await page.getByRole('menuitem', { name: entry }).click();
    await expect(page).toHaveURL(/\/rules\/new/);
  };
  const faults = await openConsole(page, stack, '/rules');
  await newRule(/^Blank query/);
  await nameRule(page, 'begun-here');
  await writeText(page, rule('Order'));
  await newRule(/^Blank query/);
  await expect.poll(() => shownLines(page)).toEqual(['']);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('');
  await newRule(/^Continue begun-here/);
  await expect.poll(() => shownLines(page)).toEqual(rule('Order').split('\n'));
  await page.reload();
  await expect.poll(() => shownLines(page)).toEqual(rule('Order').split('\n'));
  await navigate(page, 'Rules');
  await page.getByRole('button', { name: 'New rule' }).first().click();
  await page.getByRole('menuitem', { name: 'Discard begun-here' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New rule' }).first().click();
  await expect(page.getByRole('menuitem', { name: /^Blank query/ })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /begun-here/ })).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('the text in hand beside the deployed version, line by line', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'compared');
  await writeText(page, rule('Order'));
  await deploy(page, stack, 'compared');
  await writeText(page, rule('Order').replace('drop()', 'sample(0.5)'));
  await chooseTab(page, 'Compare');
  const panel = page.getByRole('tabpanel', { name: 'Compare' });
  await expect(panel.getByRole('combobox', { name: 'Version to compare with' })).toContainText('Version 1');
  await expect(panel.locator('.monaco-diff-editor')).toBeVisible();
  await expect(panel.locator('.editor.original')).toContainText('invoke drop()');
  await expect(panel.locator('.editor.modified')).toContainText('invoke sample(0.5)');
  await expect(panel.locator('.editor.original .line-delete').first()).toBeAttached();
  await expect(panel.locator('.editor.modified .line-insert').first()).toBeAttached();
  expect(await violationsOf(page)).toEqual([]);
  await chooseSide(page, 'Effect');
  await expect(page.getByRole('region', { name: 'Measured effect' })).toContainText('on 1 of 1 agent');
  expect(faults).toEqual([]);
});
