// From the demo's leaking token to a proved stop, as the person on call goes: the audit says what leaks, the tail shows it, the
// dialog hides it, the audit says since when it is clean, the proof and the canary hold no secret. What arrives downstream is the judge.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { forwardingStack } from './support/forwarding-stack.ts';
import { openConsole, ruleOf } from './support/rule-editor.ts';
import { detailOf, openRecord, pauseTail, selectText, tokenPattern } from './support/secret-in-tail.ts';
import { until, type Stack } from './support/stack.ts';
import { violationsOf } from './support/axe.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; }, []);
const line = 'cart/src/clients/catalog.ts:88';
const policyName = 'redact-github-token-cart';

const sources = (page: Page) => page.getByRole('table', { name: 'Where secrets came from' });
/** The row of the token in the body. */
const tokenRow = (page: Page) => sources(page).getByRole('row', { name: /github-token/ }).filter({ hasText: 'in body' });
const tokensIn = (texts: readonly string[]): number => texts.filter((text) => tokenPattern.test(text)).length;
const downstream = (): readonly string[] => sink.raw.map((request) => request.toString('latin1'));

test('from the leaking token to a proved stop', async ({ page }) => {
  sink.keepsRaw = true;
  await stack.api('/demo/faults/leaking-token', { method: 'PUT', body: JSON.stringify({ on: true }) });
  await until('the token arrives downstream', () => tokensIn(downstream()) > 0);

  const faults = await openConsole(page, stack, '/redaction');
  await page.getByRole('button', { name: 'Full residual scan' }).click();
  await expect(tokenRow(page)).toContainText('still leaking');
  await expect(tokenRow(page)).toContainText('catalog.ts:88');
  await expect(tokenRow(page)).toContainText('no rule hides it');
  // Rows move while counts grow: what was chosen is said below.
  await expect(async () => {
    await tokenRow(page).click();
    await expect(page.getByText('Next step').locator('..')).toContainText('No rule hides github-token in body', { timeout: 2000 });
  }).toPass();

  await page.getByRole('button', { name: 'Pick it in the tail' }).click();
  await expect(page).toHaveURL(/\/tail\?/);
  await openRecord(page, /sync failed/);
  await pauseTail(page);
  const token = await selectText(page, detailOf(page), tokenPattern);
  await page.getByRole('button', { name: /^Redact…/ }).click();

  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: /github-token in the body/ })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'everywhere in cart' })).toBeChecked();
  await expect(dialog.getByText(/The same text stands in url\.full/)).toBeVisible();
  await expect(dialog.getByText(/^It would hide \d+ values? in \d+ of [\d,]+ records?: github-token/)).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(policyName);
  expect.soft(await violationsOf(page), 'the dialog').toEqual([]);
  await dialog.getByRole('button', { name: 'Deploy…' }).click();
  await expect(dialog.getByText(/1 agent/).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Deploy live' }).click();
  await expect(dialog.getByText('Version 1 is applied on 1 of 1 agent.')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Agent by agent' })).toContainText(/stopped at \d\d:\d\d:\d\d on \S+, first hidden \d\d:\d\d:\d\d/, { timeout: 120_000 });
  expect.soft(await violationsOf(page), 'the proof in the dialog').toEqual([]);
  const { versions } = await ruleOf(stack, policyName);
  expect(versions[0]?.text, 'the policy holds no secret').not.toContain(token);

  // The independent judge: leaks are counted on, and nothing of that form arrives any more.
  sink.raw.length = 0;
  await until('three more failed syncs arrive, masked', () => sinceThen(/sync failed: 401 from https:\/\/bot:/) >= 3);
  expect(tokensIn(downstream())).toBe(0);

  await dialog.getByRole('link', { name: /Open the audit/ }).click();
  await expect(tokenRow(page)).toContainText('clean since');
  await expect(tokenRow(page)).toContainText(`${policyName} v1`);
  await expect(page.getByRole('region', { name: 'Stopped, agent by agent' })).toContainText(/\d\d:\d\d:\d\d\.\d{3}/);
  await proofHoldsNoSecret(page, token);
  await canaryIsStoppedWhereTheRuleCovers(page);
  expect(faults).toEqual([]);
  expect(tokensIn(downstream()), 'until the end').toBe(0);
});

const sinceThen = (pattern: RegExp): number => downstream().filter((text) => pattern.test(text)).length;

async function proofHoldsNoSecret(page: Page, token: string): Promise<void> {
  await page.getByRole('button', { name: 'Export proof' }).first().click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /JSON lines/ }).click()]);
  const proof = readFileSync(await download.path(), 'utf8');
  expect(proof).toContain(line);
  expect(proof).toContain('github-token');
  expect(proof).not.toContain(token);
  expect(proof).not.toMatch(tokenPattern);
}

/** The rule covers GitHub tokens of cart; a policy of every detector then covers what the canary sends. */
async function canaryIsStoppedWhereTheRuleCovers(page: Page): Promise<void> {
  const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ text: 'weir: 1\nkind: redaction-policy\nname: everything\n' }) });
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('it is applied', async () => (await ruleOf(stack, 'everything')).appliedAgents === 1);
  const canary = page.getByRole('region', { name: 'Canary' });
  await canary.getByRole('button', { name: 'Run canary' }).click();
  await expect(canary.getByText(/^(\d+) of \1 stopped$/)).toBeVisible();
  await expect(canary.getByText(/leaked$/)).toHaveCount(0);
}
