// From a hot loop in the demo to the function that burns the time: sampled, opened in one click, searched, walked by keyboard, linked,
// exported, and compared with a process of the same service that is healthy.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from 'playwright/test';
import type { Artifact } from '../src/model/index.ts';
import { violationsOf } from './support/axe.ts';
import { collect, fault, paymentsSibling, processOfPid, shopProcess, type Sibling } from './support/diagnosis.ts';
import { openConsole } from './support/rule-editor.ts';
import { startStack, testToken, type Stack } from './support/stack.ts';

const root = join(import.meta.dirname, '..');
let stack: Stack;
let sibling: Sibling;
let hot: Artifact;
let healthy: Artifact;
/** Of the service's version before this one. */
let before: Artifact;
const versionBefore = '0.0.9-before';

test.beforeAll(async () => {
  stack = await startStack([], { DEMO_PAGES_PER_SECOND: '150' });
  const earlier = await paymentsSibling(stack, { OTEL_RESOURCE_ATTRIBUTES: `service.version=${versionBefore}` });
  before = await collect(stack, 'cpu-sample', await processOfPid(stack, earlier.pid), { durationMs: 1000 });
  earlier.stop();
  sibling = await paymentsSibling(stack);
  await fault(stack, 'hot-loop', true);
  const [own, other] = await Promise.all([shopProcess(stack, 'payments'), processOfPid(stack, sibling.pid)]);
  [hot, healthy] = await Promise.all([own, other].map((one) => collect(stack, 'cpu-sample', one, { durationMs: 4000 }))) as [Artifact, Artifact];
  await fault(stack, 'hot-loop', false);
});
test.afterAll(async () => {
  sibling?.stop();
  await stack?.stop();
});

const graphOf = (page: Page): Locator => page.getByRole('tree', { name: /^Flame graph of / });
const chosenBox = (page: Page): Locator => graphOf(page).getByRole('treeitem');
const sidePane = (page: Page, name: string): Locator => page.getByRole('region', { name: `Function ${name}` });
const functions = (page: Page): Locator => page.getByRole('region', { name: 'Functions with the most weight' }).getByRole('row');
const foundShare = (page: Page): Locator => page.getByRole('search').getByRole('status');
const percentOf = async (place: Locator): Promise<number> => Number(/([\d.]+) %/.exec(await place.innerText())?.[1]);

interface V8Profile { readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string }; readonly children?: readonly number[] }[]; readonly samples: readonly number[]; readonly timeDeltas: readonly number[] }

/** Of the time in which something ran, the percentage that is in the function or below it; counted by hand. A sample lasts until the next. */
async function shareOf(artifact: Artifact, name: string): Promise<number> {
  const answer = await fetch(`${stack.origin}/api/v1/artifacts/${artifact.id}/content`, { headers: { authorization: `Bearer ${testToken}` } });
  const { nodes, samples, timeDeltas } = await answer.json() as V8Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const within = new Set<number>();
  const visit = (id: number, inside: boolean): void => {
    const { callFrame, children = [] } = byId.get(id)!;
    const now = inside || callFrame.functionName === name;
    if (now) within.add(id);
    for (const child of children) visit(child, now);
  };
  visit(nodes[0]!.id, false);
  const time = (isCounted: (id: number) => boolean): number => samples.reduce((sum, id, at) => sum + (isCounted(id) ? (timeDeltas[at + 1] ?? 0) : 0), 0);
  return time((id) => within.has(id)) / time((id) => byId.get(id)!.callFrame.functionName !== '(idle)') * 100;
}

async function openHot(page: Page): Promise<string[]> {
  const faults = await openConsole(page, stack, `/dumps?artifact=${hot.id}`);
  await page.getByRole('region', { name: `Artifact ${hot.name}` }).getByRole('link', { name: 'Open flame graph' }).click();
  await expect(page).toHaveURL(new RegExp(`/profiles\\?artifact=${hot.id}`));
  await expect(graphOf(page)).toBeVisible();
  return faults;
}

test('the sample opens in one click; what burns the time stands first, is found with its share, and can be walked to and linked', async ({ page, context }) => {
  const faults = await openHot(page);
  await expect(sidePane(page, 'hanoi')).toContainText('most self time');
  await expect(functions(page).nth(1)).toContainText('hanoi');
  await page.getByRole('textbox', { name: 'Find functions by a pattern' }).fill('^hanoi$');
  await expect(foundShare(page)).toContainText('%');
  const share = await percentOf(foundShare(page));
  expect(Math.abs(share - await shareOf(hot, 'hanoi')), 'the share that was found, against the file').toBeLessThan(1);
  expect(await violationsOf(page), 'the graph').toEqual([]);

  await graphOf(page).focus();
  await page.keyboard.press('Control+Home');
  await expect(chosenBox(page)).toHaveAttribute('aria-level', '1');
  await page.keyboard.press('ArrowUp');
  await expect(chosenBox(page)).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowUp');
  await expect(chosenBox(page)).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowDown');
  await expect(chosenBox(page)).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowUp');
  await expect(chosenBox(page)).toHaveAttribute('aria-level', '3');

  await expect(page).toHaveURL(/[?&]at=/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(chosenBox(other)).toHaveText(await chosenBox(page).innerText());
  await expect(foundShare(other)).toHaveText(await foundShare(page).innerText());
  await other.close();

  await page.keyboard.press('4');
  const table = page.getByRole('treegrid', { name: 'Call tree' });
  // The tree has no row for the root.
  await expect(table.getByRole('row', { selected: true })).toHaveAttribute('aria-level', '2');
  await page.getByRole('radio', { name: 'Inverted' }).or(page.getByRole('button', { name: 'Inverted' })).first().click();
  await expect(page.getByRole('treegrid', { name: 'Inverted call tree' }).getByRole('row').nth(1)).toContainText('hanoi');
  expect(await violationsOf(page), 'the table').toEqual([]);
  expect(faults).toEqual([]);
});

test('what is shown is exported as pprof, and the terminal reads it back', async ({ page }, info) => {
  await openHot(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^pprof/ }).click()]);
  const file = info.outputPath('profile.pb.gz');
  await download.saveAs(file);
  const read = spawnSync(process.execPath, ['src/cli/main.ts', 'profile', file, '--json'], { cwd: root, encoding: 'utf8' });
  expect(read.status, read.stderr).toBe(0);
  const { format, top } = JSON.parse(read.stdout) as { format: string; top: { name: string; self: number }[] };
  expect(format).toBe('pprof');
  expect(top.find(({ name }) => !name.startsWith('('))).toMatchObject({ name: 'hanoi' });
});

test('against the previous deployment, known by its version, in two clicks', async ({ page }) => {
  expect([before.process?.version, before.service]).toEqual([versionBefore, hot.service]);
  expect(hot.process?.version).toBe(healthy.process?.version);
  await openHot(page);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('menuitemcheckbox', { name: new RegExp(`previous deployment \\(${versionBefore.replaceAll('.', '\\.')}\\), \\d\\d:\\d\\d`) }).click();
  await expect(page).toHaveURL(new RegExp(`against=${before.id}`));
  await expect(page.getByRole('tree', { name: /, compared$/ })).toBeVisible();
  await expect(sidePane(page, 'hanoi')).toContainText('absent before');
});

test('against a healthy process of the same service, two clicks say what became slower', async ({ page }) => {
  const faults = await openHot(page);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('menu')).toContainText(`healthy sibling, pid ${sibling.pid}`);
  await page.getByRole('menuitem', { name: new RegExp(`pid ${sibling.pid}`) }).or(page.getByRole('menuitemcheckbox', { name: new RegExp(`pid ${sibling.pid}`) })).click();
  await expect(page).toHaveURL(new RegExp(`against=${healthy.id}`));
  await expect(page.getByRole('tree', { name: /, compared$/ })).toBeVisible();
  await expect(sidePane(page, 'hanoi')).toContainText(/\+ [\d.]+ points against .*absent before/);
  await expect(functions(page).filter({ hasText: 'hanoi' }).first()).toContainText(/\+ [\d.]+ points/);
  expect(await violationsOf(page), 'the comparison').toEqual([]);
  expect(faults).toEqual([]);
});
