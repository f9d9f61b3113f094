// From a leak in the demo to the collection that keeps it: dumped, opened in one click, named, with the way to a root; texts stay masked
// until a person asks, and the audit says so.
import { expect, test, type Locator, type Page } from 'playwright/test';
import type { Artifact } from '../src/model/index.ts';
import { violationsOf } from './support/axe.ts';
import { collect, fault, shopProcess } from './support/diagnosis.ts';
import { openConsole } from './support/rule-editor.ts';
import { startStack, until, type Stack } from './support/stack.ts';

/** Of all services; about every thirteenth is of a cart that is kept. */
const recordsMeanwhile = 9000;
let stack: Stack;
let snapshot: Artifact;

test.beforeAll(async () => {
  stack = await startStack([], { DEMO_PAGES_PER_SECOND: '250' });
  await fault(stack, 'chatty-log', false);
  const cart = await shopProcess(stack, 'cart');
  await fault(stack, 'memory-leak', true);
  const before = await received();
  await until('cart has kept hundreds of things', async () => await received() - before > recordsMeanwhile);
  await fault(stack, 'memory-leak', false);
  snapshot = await collect(stack, 'memory-dump', cart, { maxPauseMs: 120_000 });
});
test.afterAll(async () => { await stack?.stop(); });

const suspects = (page: Page): Locator => page.getByRole('region', { name: 'Leak suspects' }).getByRole('listitem');
const wayToRoot = (page: Page): Locator => page.getByRole('list', { name: 'From a root to the object' });
/** What the demo writes into each thing that it keeps. */
const kept = /c_\w+ step \d+/;

test('the dump opens in one click; the first suspect names what leaks, with the way by which a root holds it', async ({ page }) => {
  const faults = await openConsole(page, stack, `/dumps?artifact=${snapshot.id}`);
  await page.getByRole('region', { name: `Artifact ${snapshot.name}` }).getByRole('link', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/dumps/heap\\?artifact=${snapshot.id}`));
  await expect(suspects(page).first()).toContainText(/kept.* holds \d+(\.\d)? % of the heap/);
  await expect(wayToRoot(page)).toContainText('kept');
  await expect(page.getByRole('treegrid', { name: 'Constructors' }).getByRole('row').nth(1)).toBeVisible();
  expect(await violationsOf(page), 'the summary').toEqual([]);
  expect(faults).toEqual([]);
});

test('texts are masked until a person asks for them, which the audit keeps', async ({ page }) => {
  const faults = await openConsole(page, stack, `/dumps/heap?artifact=${snapshot.id}&view=strings`);
  const strings = page.getByRole('treegrid', { name: 'Strings' });
  await expect(strings.getByRole('row').nth(1)).toContainText('•');
  const find = page.getByRole('textbox', { name: 'Find a constructor or an id' });
  await find.fill(' step 1');
  await expect(page.getByText('Nothing is called "step 1"')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(kept);
  expect(await looks(), 'nobody has looked').toBe(0);

  await page.getByRole('button', { name: 'Show strings' }).first().click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(dialog).toContainText('written to the audit');
  expect(await violationsOf(page), 'the dialog').toEqual([]);
  await dialog.getByRole('button', { name: 'Show strings' }).click();
  await expect(strings.getByRole('row').filter({ hasText: kept }).first()).toBeVisible();
  expect(await looks(), 'who looked is in the audit').toBe(1);
  expect(await violationsOf(page), 'the strings').toEqual([]);
  expect(faults).toEqual([]);
});

async function received(): Promise<number> {
  const { agents } = await stack.api<{ agents: { status: { received: { logs: number } } | null }[] }>('/agents');
  return agents[0]?.status?.received.logs ?? 0;
}

async function looks(): Promise<number> {
  const { entries } = await stack.api<{ entries: { action: string; subject: string }[] }>('/audit');
  return entries.filter(({ action, subject }) => action === 'artifact.reveal' && subject === `artifact:${snapshot.id}`).length;
}
