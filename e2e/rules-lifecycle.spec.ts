// The life of rules: versions, the way back, copies, an end by itself, order and conflicts, many at once, tests, and the same from git.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { applied, chooseSide, chooseTab, deploy, dryRunPane, editorOf, nameRule, openConsole, ruleOf, save, step, writeText } from './support/rule-editor.ts';
import { sendLogs } from './support/sender.ts';
import { testToken, until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

const dropping = (event: string) => `Logs\n| where EventName == "${event}"\n| invoke drop()`;
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const rows = (page: Page) => page.getByRole('table', { name: 'Rules' }).getByRole('row');
const rowOf = (page: Page, name: string) => rows(page).and(page.getByRole('row', { name: new RegExp(`^${name}, `) }));

/** Sends records of the event and a marker behind them; how many of the event came through. */
async function passing(event: string, count: number): Promise<number> {
  const before = sink.count(event);
  const marker = `After-${event}-${sink.requests}`;
  await sendLogs(stack, 'http-protobuf', event, count);
  await sendLogs(stack, 'http-protobuf', marker, 1);
  await until('the marker has passed', () => sink.count(marker) === 1);
  return sink.count(event) - before;
}

async function create(name: string, kql: string, order = 100): Promise<void> {
  const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { name, description: '', kind: 'query', order, kql } }) });
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await applied(stack, name);
}

function weir(...args: readonly string[]): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', 'rules', ...args], { encoding: 'utf8', env: { ...process.env, WEIR_TOKEN: testToken } });
  return { code: status, out: stdout + stderr };
}

test('versions: saved, compared, restored; deployed, disabled and back by Undo; copied', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'many-versions');
  await writeText(page, dropping('Hum'));
  await deploy(page, stack, 'many-versions');
  expect(await passing('Hum', 50)).toBe(0);
  await writeText(page, dropping('Buzz'));
  await save(page);
  await chooseSide(page, 'Versions');
  const versions = page.getByRole('region', { name: 'Versions' }).getByRole('listitem');
  await expect(versions).toHaveText([/v2.*latest/, /v1.*deployed/]);
  await page.getByRole('button', { name: 'Compare with version 1' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Compare' }).locator('.editor.original')).toContainText('"Hum"');
  await expect(page.getByRole('tabpanel', { name: 'Compare' }).locator('.editor.modified')).toContainText('"Buzz"');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Restore version 1 as a new version' }).click();
  await expect(editorOf(page)).toContainText('EventName == "Hum"');
  await save(page);
  await expect.poll(async () => (await ruleOf(stack, 'many-versions')).latestVersion).toBe(3);

  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(messages(page)).toContainText('many-versions is disabled');
  await until('it is off', async () => (await ruleOf(stack, 'many-versions')).state === 'disabled');
  await until('its records pass again', async () => await passing('Hum', 20) === 20);
  await messages(page).getByRole('status').filter({ hasText: 'is disabled' }).getByRole('button', { name: 'Undo' }).click();
  await applied(stack, 'many-versions');
  expect(await passing('Hum', 20)).toBe(0);
  await chooseSide(page, 'Effect');
  await expect(page.getByRole('img', { name: /^Records matched, removed and made by this rule per second/ })).toBeVisible();

  await page.getByRole('button', { name: 'More commands' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('many-versions-copy');
  await save(page);
  expect((await ruleOf(stack, 'many-versions-copy')).state).toBe('draft');
  expect(faults).toEqual([]);
});

test('a rule ends by itself', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'for-a-moment');
  await writeText(page, dropping('Blip'));
  await page.getByRole('textbox', { name: 'Ends after' }).fill('3s');
  await page.getByRole('textbox', { name: 'Ends after' }).press('Enter');
  await deploy(page, stack, 'for-a-moment');
  expect(await passing('Blip', 30)).toBe(0);
  await until('it has ended', async () => (await ruleOf(stack, 'for-a-moment')).state === 'disabled');
  await until('its records pass again', async () => await passing('Blip', 10) === 10);
  await expect(step(page, 'Deployed')).toContainText('disabled');
  expect(faults).toEqual([]);
});

test('the list: conflicts are said, order is changed by dragging and by keys, many are disabled at once', async ({ page }) => {
  await create('a-drops-orders', dropping('Order'), 200);
  await create('b-counts-orders', 'Logs\n| where EventName == "Order"\n| summarize Orders = count() by bin(Timestamp, 1s)\n| invoke to_metric("app.orders")', 210);
  const faults = await openConsole(page, stack, '/rules');
  const conflict = page.getByText(/b-counts-orders never sees a record: a-drops-orders, which runs before it, drops them all/);
  await expect(conflict).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(await passing('Order', 10)).toBe(0);
  expect(sink.sums.get('app.orders') ?? 0).toBe(0);

  // In front of the one that drops, the count sees every record.
  await rowOf(page, 'b-counts-orders').hover();
  await page.mouse.down();
  const target = await rowOf(page, 'a-drops-orders').boundingBox();
  await page.mouse.move((target?.x ?? 0) + 300, (target?.y ?? 0) + 4, { steps: 8 });
  await page.mouse.up();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move' }).click();
  await expect(conflict).toBeHidden();
  await expect(page.getByText(/a-drops-orders never sees a record: b-counts-orders/)).toBeVisible();
  await applied(stack, 'b-counts-orders');
  expect(await passing('Order', 40)).toBe(0);
  await until('the metric counts them', () => sink.sums.get('app.orders') === 40);

  await rowOf(page, 'b-counts-orders').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move' }).click();
  await expect(conflict).toBeVisible();

  await page.getByRole('textbox', { name: 'Find a rule' }).fill('orders');
  await expect(rowOf(page, 'many-versions')).toHaveCount(0);
  await rowOf(page, 'a-drops-orders').getByRole('checkbox').click();
  await rowOf(page, 'b-counts-orders').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: 'Chosen rules' }).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(messages(page)).toContainText('2 rules disabled');
  await expect(rowOf(page, 'a-drops-orders')).toContainText('disabled');
  await until('orders pass again', async () => await passing('Order', 10) === 10);
  expect(faults).toEqual([]);
});

test('a record becomes a test; the console and the command line run it alike', async ({ page }, info) => {
  const faults = await openConsole(page, stack, '/rules/new');
  await nameRule(page, 'tested');
  await writeText(page, 'Logs\n| where EventName == "Pay"\n| extend tier = iff(toint(Attributes.n) > 5, "high", "low")\n| invoke update()');
  await expect(dryRunPane(page)).toContainText('Waiting for the first records');
  // The agent begins to listen a moment after the page does: what came before is in no tail.
  await expect(async () => {
    await sendLogs(stack, 'http-protobuf', 'Pay', 9);
    await expect(step(page, 'Dry run')).toContainText(/([1-9]\d*) of \1\b/, { timeout: 5000 });
  }).toPass();
  await chooseTab(page, 'Tests');
  const pane = page.getByRole('tabpanel', { name: 'Tests' });
  await pane.getByRole('button', { name: 'From a record' }).click();
  await page.getByRole('menuitem').first().click();
  await expect(pane).toContainText('1 of 1 pass');
  expect(await violationsOf(page)).toEqual([]);
  await save(page);
  const [file, junit] = [join(info.outputPath(), 'tested.yaml'), join(info.outputPath(), 'junit.xml')];
  const text = (await ruleOf(stack, 'tested')).versions.at(-1)?.text ?? '';
  writeFileSync(file, text);
  expect(weir('test', file, '--junit', junit)).toMatchObject({ code: 0, out: expect.stringContaining('1 passed') });
  expect(readFileSync(junit, 'utf8')).toMatch(/<testsuites? [^>]*tests="1"[^>]*failures="0"/);

  // Told to expect the other, both say so.
  writeFileSync(file, text.replace(/tier: (low|high)/, 'tier: none'));
  expect(weir('test', file)).toMatchObject({ code: 1, out: expect.stringContaining('1 failed') });
  await chooseTab(page, 'Document');
  await writeText(page, text.replace(/tier: (low|high)/, 'tier: none'));
  await chooseTab(page, 'Tests');
  await expect(pane).toContainText('1 of 1 fails');
  expect(faults).toEqual([]);
});

test('from git: apply shows a plan, does it once, and finds nothing to do after; export gives back the same bytes', async () => {
  const info = test.info();
  const folder = join(info.outputPath(), 'rules');
  mkdirSync(folder);
  writeFileSync(join(folder, 'from-git.yaml'), `# kept by the shop team\nweir: 1\nkind: query\nname: from-git\ntargets: ServiceName == "exact-sender" # only us\nkql: |\n  Logs\n  | where EventName == "Git" // the event\n  | invoke drop()\n`);
  const server = ['--server', stack.origin] as const;
  const first = weir('apply', '-f', folder, '--yes', '--deploy', ...server);
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('from-git') });
  await applied(stack, 'from-git');
  expect(await passing('Git', 25)).toBe(0);
  expect(weir('apply', '-f', folder, '--yes', '--deploy', ...server)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
  expect((await ruleOf(stack, 'from-git')).latestVersion).toBe(1);

  const [once, twice] = ['once', 'twice'].map((name) => { const dir = join(info.outputPath(), name); expect(weir('export', '-d', dir, ...server).code).toBe(0); return Object.fromEntries(readdirSync(dir).toSorted().map((file) => [file, readFileSync(join(dir, file), 'utf8')])); });
  expect(once).toEqual(twice);
  expect(once?.['from-git.yaml']).toBe(readFileSync(join(folder, 'from-git.yaml'), 'utf8'));
});
