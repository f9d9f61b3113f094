// What a person does in the rule editor, in words that the stories share. Everything goes through what is on the page.
import { expect, type Locator, type Page } from 'playwright/test';
import type { Stack } from './stack.ts';
import { until } from './stack.ts';

/** Opens a view with the session; the list collects what the page's console says is wrong. */
export async function openConsole(page: Page, stack: Stack, path: string): Promise<string[]> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(stack.url);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  if (path !== '/overview') await page.goto(stack.origin + path);
  return faults;
}

export const editorOf = (page: Page): Locator => page.getByRole('tabpanel').locator('.monaco-editor').first();
export const dryRunPane = (page: Page): Locator => page.getByRole('region', { name: 'Dry run', exact: true });
/** One of the five steps under the bar: Valid, Dry run, Saved, Deployed (or Shadow), Measured effect. */
export const step = (page: Page, title: string): Locator => page.getByRole('list', { name: 'From text to measured effect' }).getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
export const problems = (page: Page): Locator => page.getByRole('list', { name: 'Problems' });

/** Replaces the whole text of the box in sight by pasting, so that no line is indented anew. */
export async function writeText(page: Page, text: string): Promise<void> {
  await expect(editorOf(page)).toBeVisible();
  await editorOf(page).locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  if (text === '') { await page.keyboard.press('Delete'); return; }
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The lines in sight, as they are read; only for texts short enough to be shown whole. */
export async function shownLines(page: Page): Promise<string[]> {
  const lines = await editorOf(page).locator('.view-line').evaluateAll((all) => all.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' })));
  return lines.toSorted((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' '));
}

export async function chooseTab(page: Page, name: 'KQL' | 'Document' | 'Tests' | 'Compare'): Promise<void> {
  await page.getByRole('tablist', { name: 'Text and comparison' }).getByRole('tab', { name }).click();
}

export async function chooseSide(page: Page, name: 'Metric' | 'Risk' | 'Effect' | 'Versions'): Promise<void> {
  await page.getByRole('tablist', { name: 'Risk, effect and versions' }).getByRole('tab', { name }).click();
}

export async function nameRule(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
}

export async function save(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Save/ });
  await expect(button).not.toHaveAttribute('aria-disabled');
  await button.click();
  await expect(step(page, 'Saved')).toContainText(/version \d+ by/);
}

/** Deploys what is in hand and waits until the agent runs it. */
export async function deploy(page: Page, stack: Stack, name: string, mode: 'Live' | 'Shadow' = 'Live'): Promise<void> {
  await expect(step(page, 'Valid')).toContainText('0 errors');
  await page.getByRole('button', { name: /^(Deploy|Go live|Arm|Arm live)$/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: mode }).click();
  await dialog.getByRole('button', { name: /deploy|go live|^(save and )?arm/i }).click();
  await expect(dialog).toBeHidden();
  await applied(stack, name);
}

export interface RuleView { readonly id: string; readonly name: string; readonly state: string; readonly mode: string | null; readonly order: number; readonly deployedVersion: number | null; readonly latestVersion: number; readonly appliedAgents: number; readonly versions: readonly { readonly version: number; readonly text: string }[]; readonly effect: { readonly matched: number; readonly removed: number; readonly would?: { readonly removed: number } } }

/** The rule as the server has it. */
export async function ruleOf(stack: Stack, name: string): Promise<RuleView> {
  const { rules } = await stack.api<{ rules: RuleView[] }>('/rules');
  const found = rules.find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`There is no rule "${name}", only ${rules.map((rule) => rule.name).join(', ')}.`);
  return stack.api<RuleView>(`/rules/${found.id}`);
}

export async function applied(stack: Stack, name: string): Promise<void> {
  await until(`${name} is applied`, async () => { const rule = await ruleOf(stack, name).catch(() => null); return rule !== null && rule.state === 'deployed' && rule.appliedAgents === 1; });
}
