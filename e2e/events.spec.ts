// Durability on the real thing: a field drifts, and its event's page tells within ten seconds; a release of the demo renames an event,
// and what people built on it goes on and says so.
import { expect, test } from 'playwright/test';
import { forwardingStack } from './support/forwarding-stack.ts';
import { onThisMachine } from './support/patience.ts';
import { until, type Stack } from './support/stack.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; }, []);

const checkouts = () => sink.sums.get('checkout.starts') ?? 0;
const rename = async () => (await stack.api<{ aliases: readonly { former: string; state: string }[] }>('/aliases')).aliases.find(({ former }) => former === 'CheckoutStarted');
const fault = (name: string, on: boolean) => stack.api(`/demo/faults/${name}`, { method: 'PUT', body: JSON.stringify({ on }) });
const post = <T>(path: string, body: unknown) => stack.api<T>(path, { method: 'POST', body: JSON.stringify(body) });

interface Events { readonly events: readonly { readonly durableId: string; readonly records: number }[] }
const seen = async (id: string) => (await stack.api<Events>(`/events?search=${encodeURIComponent(id)}`)).events.find(({ durableId }) => durableId === id)?.records ?? 0;

test('drift shows within ten seconds on the page of its event', async ({ page }) => {
  await page.goto(stack.url);
  await until('the catalogue knows the event well', async () => (await seen('CartItemAdded')) > 200);
  await page.goto(`${stack.origin}/events?id=CartItemAdded&eventService=cart&eventSignal=logs&pane=drift`);
  await expect(page.getByRole('tabpanel', { name: 'Events' }).getByRole('tab', { name: /Changes/ })).toBeVisible();
  await fault('drifting-field', true);
  const list = page.getByRole('list', { name: 'Changes, the newest first' });
  await expect(list).toContainText(/type changed\s*cart\.items/, { timeout: onThisMachine(10_000) });
  await expect(list).toContainText(/new field\s*cart\.promo/, { timeout: onThisMachine(10_000) });
});

test('a saved view and a metric survive a rename, and say that they did', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));

  // The view is saved in the tail, by hand.
  await page.goto(stack.url);
  await until('the catalogue knows checkouts', async () => (await seen('CheckoutStarted')) > 20);
  await page.goto(`${stack.origin}/tail?q=${encodeURIComponent('event("CheckoutStarted")')}`);
  const rows = page.getByRole('grid', { name: /Records/ }).getByRole('row');
  await expect(rows.filter({ hasText: 'CheckoutStarted' }).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('button', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('checkouts');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Saved views, checkouts' })).toBeVisible();

  const rule = await post<{ id: string }>('/rules', { document: { name: 'checkout-starts', description: '', kind: 'query', order: 100, kql: 'Logs | where event("CheckoutStarted") | summarize Starts = count() by bin(Timestamp, 1s) | invoke to_metric("checkout.starts")' } });
  await post(`/rules/${rule.id}/deploy`, { version: 1 });
  await until('the metric counts', () => checkouts() > 3);

  // Somebody named the event as it was called then, which no rename reaches.
  await post('/views', { name: 'by hand', description: '', kql: 'EventName == "CheckoutStarted"', signals: ['logs'], columns: [] });

  // The catalogue is young, as after a deployment: the rename shows by itself among the changes of the fleet, within ten seconds of the new name.
  await page.goto(`${stack.origin}/events?tab=drift`);
  await expect(page.getByRole('tab', { name: 'Changes', selected: true })).toBeVisible();
  await fault('renamed-event', true);
  await until('the event has its new name', async () => (await seen('checkout.started')) > 0);
  await expect(page.getByRole('region', { name: 'Changes of the fleet' }).getByRole('row').filter({ hasText: /renamed.*checkout\.started/ })).toBeVisible({ timeout: onThisMachine(10_000) });
  // Evidence finds the rename; where that is not certain, a person has the last word.
  await until('the rename is found', async () => (await rename()) !== undefined, onThisMachine(10_000));
  await page.goto(`${stack.origin}/events?id=checkout.started&eventService=checkout&eventSignal=logs&pane=names`);
  if ((await rename())?.state === 'proposed') {
    await page.getByRole('button', { name: 'Accept that CheckoutStarted is called checkout.started', exact: true }).click();
    await expect.poll(async () => (await rename())?.state, 'one click accepts it').toBe('active');
  }
  expect((await rename())?.state, 'it is followed').toBe('active');
  await expect(page.getByRole('region', { name: 'Former names' })).toContainText('was called CheckoutStarted');
  // What does not follow is told where somebody looks: here, on the overview, and over that filter itself.
  await expect(page.getByRole('region', { name: 'What breaks if I rename this' })).toContainText(/1 .*breaks/);
  await page.goto(stack.origin);
  await expect(page.getByRole('status', { name: 'Renames that break something' })).toContainText(/view by hand/);
  await page.goto(`${stack.origin}/tail?q=${encodeURIComponent('EventName == "CheckoutStarted"')}`);
  await expect(page.getByRole('status', { name: 'Names that are called otherwise now' })).toContainText(/CheckoutStarted is called checkout\.started since .* this filter names it as it was/);
  await page.goto(`${stack.origin}/events?id=checkout.started&eventService=checkout&eventSignal=logs&pane=names`);
  // The name book reaches the agents; from then on the metric counts the new name, and only that one is sent.
  const [counted, records] = [checkouts(), await seen('checkout.started')];
  await until('the metric counts under the new name', async () => checkouts() > counted + 5 && (await seen('checkout.started')) > records);

  // Its field was renamed along with it: that is proposed, too.
  await expect(page.getByRole('region', { name: 'Proposed names' })).toContainText(/order\.total.*order\.amount/);

  // The console says so: in the tail and at the metric.
  await expect.poll(async () => (await stack.api<{ drift: readonly { kind: string; durableId: string; closed?: { why: string } }[] }>('/events/drift')).drift.filter(({ kind, durableId, closed }) => kind === 'new-event' && durableId === 'checkout.started' && closed === undefined), 'the arrival is no change of its own').toEqual([]);
  await page.goto(`${stack.origin}/tail?view=${(await stack.api<{ views: readonly { id: string; name: string }[] }>('/views')).views.find(({ name }) => name === 'checkouts')!.id}&stage=in`);
  await expect(page.getByRole('status').filter({ hasText: /CheckoutStarted is called checkout\.started since/ })).toBeVisible();
  await expect(rows.filter({ hasText: 'checkout.started' }).first(), 'the view finds the new name').toBeVisible();
  await page.goto(`${stack.origin}/events?tab=metrics`);
  await expect(page.getByRole('table', { name: 'Metrics that rules make' })).toContainText(/CheckoutStarted is called checkout\.started since/);
  expect(faults).toEqual([]);
});
