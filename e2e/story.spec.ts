// The product's first paragraph: a stranger opens the page, sees live telemetry of real services, makes a rule from a
// chatty record, dry-runs it, deploys it, and within two seconds the event is a metric. The downstream's own counts decide.
import { expect, test } from 'playwright/test';
import { forwardingStack } from './support/forwarding-stack.ts';
import { shoot } from './support/screenshot.ts';
import { sendLogs } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; }, []);

test('a rule written in the browser changes real telemetry', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });

  await page.goto(stack.url);
  await expect(page, 'the token leaves the address').toHaveURL(`${stack.origin}/overview`);
  await expect(page.getByRole('table').getByText('LogLaunch')).toBeVisible();

  // Exactly 500 records of the chatty event, counted downstream before there is a rule.
  await sendLogs(stack, 'http-protobuf', 'LogLaunch', 500, { 'http.route': '/exact', tier: 'test' });
  await until('the shop’s own launches pass too', () => sink.count('LogLaunch') > 600);

  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Tail' }).click();
  const rows = page.getByRole('grid', { name: /Records/ });
  const chatty = rows.getByRole('row').filter({ hasText: 'LogLaunch' }).first();
  await expect(chatty).toBeVisible();
  await page.getByRole('button', { name: /Pause/ }).click();
  await chatty.click({ button: 'right' });
  await page.getByRole('menuitem', { name: /To metric/ }).click();

  // The editor opens with the rule written; it is Monaco, and typing in it works.
  await expect(page).toHaveURL(/\/rules\/new/);
  const editor = page.locator('.monaco-editor').first();
  await expect(editor).toContainText('to_metric');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('launches-to-metric');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('Logs\n| where EventName == "LogLaunch"\n| summarize Launches = count() by ServiceName, bin(Timestamp, 1s)\n| invoke to_metric("app.launches")');
  await page.getByRole('button', { name: /^(Dry run|Run)/ }).first().click();
  await expect(page.getByText(/Matched/).first()).toBeVisible();
  await expect(page.getByText('app.launches').last()).toBeVisible();

  await page.getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /deploy/i }).click();
  await until('the agent has applied it', async () => (await stack.api<{ agents: { configStatus: string; status: { rules: unknown[] } }[] }>('/agents')).agents.some((agent) => agent.configStatus === 'applied' && agent.status?.rules.length === 1));

  // Two seconds later no launch may leave any more, of the shop or of ours, and the metric must count ours exactly.
  await page.waitForTimeout(2000);
  const before = { launches: sink.count('LogLaunch'), metric: sink.sums.get('app.launches') ?? 0 };
  await sendLogs(stack, 'grpc', 'LogLaunch', 400, { 'http.route': '/exact', tier: 'test' });
  await until('the metric holds them', () => (sink.sums.get('app.launches') ?? 0) >= before.metric + 400);
  expect(sink.count('LogLaunch'), 'no launch leaves as a record').toBe(before.launches);

  // The effect is shown, measured; turning the rule off brings the records back.
  await expect(page.getByText(/applied on 1 of 1|1 of 1 agent/i).first()).toBeVisible();
  await shoot(page, 'rule');
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await until('launches pass again', () => sink.count('LogLaunch') > before.launches + 50);
  expect(faults).toEqual([]);
});

test('an exact count: what a rule takes away and what it makes add up', async () => {
  const name = 'exact-count';
  const rule = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { name, description: '', kind: 'query', order: 100, kql: 'Logs | where EventName == "ExactEvent" | summarize Seen = count() by bin(Timestamp, 1s) | invoke to_metric("exact.seen")' } }) });
  await sendLogs(stack, 'http-json', 'ExactEvent', 250);
  await until('all arrive as records', () => sink.count('ExactEvent') === 250);
  await stack.api(`/rules/${rule.id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('the rule is applied', async () => (await stack.api<{ appliedAgents: number }>(`/rules/${rule.id}`)).appliedAgents === 1);
  for (const transport of ['http-json', 'http-protobuf', 'grpc'] as const) await sendLogs(stack, transport, 'ExactEvent', 250);
  await until('all arrive in the metric', () => sink.sums.get('exact.seen') === 750);
  expect(sink.count('ExactEvent')).toBe(250);
  const detail = await stack.api<{ effect: { matched: number; removed: number } }>(`/rules/${rule.id}`);
  expect([detail.effect.matched, detail.effect.removed]).toEqual([750, 750]);
});
