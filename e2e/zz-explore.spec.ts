import { expect, test } from 'playwright/test';
import { openConsole, writeText, dryRunPane, editorOf } from './support/rule-editor.ts';
import { sendRecords } from './support/sender.ts';
import { startStack } from './support/stack.ts';
test('x', async ({ page }) => {
  const stack = await startStack(['--no-demo']);
  try {
    const faults = await openConsole(page, stack, '/rules/new');
    await writeText(page, 'Logs\n| where EventName == "Order"');
    await expect(dryRunPane(page)).toContainText(/Waiting for the first records|records? of the tail/);
    await sendRecords(stack, Array.from({ length: 40 }, (_, i) => ({ event: 'Order', service: 'checkout', body: `order ${i}`, attributes: { 'order.tier': i % 2 === 0 ? 'gold' : 'silver', contact: 'mara@customer.example' } })));
    await page.waitForTimeout(4000);
    console.log(await page.getByRole('region', { name: 'Picture' }).innerText());
    await page.keyboard.type(' and Attributes.');
    await page.waitForTimeout(1500);
    console.log(await page.getByRole('region', { name: 'Picture' }).innerText());
    console.log('SUGGEST', await page.locator('.suggest-widget').innerText().catch((e) => String(e)));
    await page.keyboard.press('ControlOrMeta+Space');
    await page.waitForTimeout(1500);
    console.log('SUGGEST', await page.locator('.suggest-widget').innerText().catch((e) => String(e)));
    console.log(await page.locator('.suggest-widget').getByRole('option').evaluateAll((a) => a.map((x) => x.getAttribute('aria-label'))));
    await page.screenshot({ path: '/tmp/k/x/a.png' });
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(500);
    console.log('DETAILS', await page.locator('.suggest-details').allInnerTexts());
    await page.keyboard.press('ControlOrMeta+Space');
    await page.waitForTimeout(500);
    console.log('DETAILS', await page.locator('.suggest-details').allInnerTexts());
    await page.screenshot({ path: '/tmp/k/x/b.png' });
    console.log(faults, (await editorOf(page).innerText()));
  } finally { await stack.stop(); }
});
