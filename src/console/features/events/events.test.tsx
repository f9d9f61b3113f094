import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { backend, server } = createMockServer();
/** Links lead to views whose workers jsdom does not have; they stay silent. */
class SilentWorker extends EventTarget { postMessage() { /* nobody listens */ } terminate() { /* nothing runs */ } }
const fault = (name: string, on: boolean) => { backend.faults = backend.faults.map(one => (one.name === name ? { ...one, on } : one)); };

beforeAll(() => {
  vi.stubGlobal('Worker', SilentWorker);
  // jsdom lays nothing out: the list gets a height, so that the virtualiser draws rows.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(480);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900);
  server.listen({ onUnhandledFrame: 'error' });
});
afterEach(() => { server.resetHandlers(); fault('renamed-event', false); fault('drifting-field', false); });
afterAll(() => { vi.restoreAllMocks(); vi.unstubAllGlobals(); server.close(); });

const grid = () => screen.findByRole('grid', { name: 'Events by durable id' });
const rows = async () => within(await grid()).getAllByRole('row').slice(1);
const row = async (text: string) => { await waitFor(async () => expect((await rows()).some(one => one.textContent?.includes(text))).toBe(true)); return (await rows()).find(one => one.textContent?.includes(text))!; };
const detail = (id: string) => screen.findByRole('region', { name: `Event ${id}` });
const checkout = '/events?id=CheckoutStarted&eventService=checkout&eventSignal=logs';

describe('The list', () => {
  it('has the most frequent first, in a list that draws only what is seen', async () => {
    renderConsole('/events');
    expect((await rows())[0]!.textContent).toContain('LogLaunch');
    expect((await grid()).getAttribute('aria-rowcount')).toBe('109');
    expect((await rows()).length).toBeLessThan(60);
    expect(screen.getByText('108 events')).toBeTruthy();
  });

  it('narrows, sorts and searches, and keeps all of it in the address', async () => {
    const { history, user } = renderConsole('/events');
    await rows();
    await user.click(screen.getByRole('radio', { name: 'Changed' }));
    await waitFor(async () => expect((await rows()).length).toBe(3));
    await user.click(screen.getByRole('button', { name: 'Event' }));
    await waitFor(async () => expect((await rows())[0]!.textContent).toContain('cart/src/clients/catalog.ts:88'));
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Find an event' }));
    fireEvent.change(document.activeElement!, { target: { value: 'no such words' } });
    await screen.findByText('No event fits the filter');
    expect(history.location.search).toMatch(/only=drift/);
    expect(history.location.search).toMatch(/sort=label/);
    await user.click(screen.getByRole('button', { name: 'Show all events' }));
    await waitFor(async () => expect((await rows()).length).toBeGreaterThan(10));
  });

  it('goes by the keyboard: arrows, Enter opens, Esc closes and comes back', async () => {
    const { history, user } = renderConsole('/events');
    await grid();
    await user.type(await screen.findByRole('searchbox', { name: 'Find an event' }), '{ArrowDown}{ArrowDown}');
    const second = (await rows())[1]!;
    expect((await grid()).getAttribute('aria-activedescendant')).toBe(second.id);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(history.location.search).toContain('id='));
    await screen.findByRole('tab', { name: /Schema/ });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(history.location.search).not.toContain('id='));
    await waitFor(async () => expect(document.activeElement).toBe(await grid()));
  });

  it('opens nothing by itself: opening counts as reading', async () => {
    const asked = vi.fn();
    server.use(http.get('*/api/v1/events/detail', () => { asked(); return undefined; }));
    renderConsole('/events');
    await rows();
    expect(asked).not.toHaveBeenCalled();
  });

  it('says how many ids are folded, and how to fill an empty catalogue', async () => {
    const answer = (total: number) => http.get('*/api/v1/events', () => HttpResponse.json({ events: [], total, folded: { ids: 1203, records: 88_000 }, services: [], refused: { reports: 2, events: 5, templateMessages: 1 }, leftOut: { withoutRoom: 3, outdated: 40 } }));
    server.use(answer(0));
    renderConsole('/events');
    await screen.findByText('No agent has told of an event yet');
    expect(screen.getByText('1,203 ids folded').getAttribute('title')).toContain('88,000');
    expect(screen.getByText('8 unreadable').getAttribute('title')).toMatch(/2 reports of agents, 5 single events and 1 messages with templates/);
    expect(screen.getByText('43 templates left out').getAttribute('title')).toMatch(/no room for 3.* 40 were made by the rules of another version/);
    expect(screen.getByText(/OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127.0.0.1:4318/)).toBeTruthy();
  });

  it('says why it cannot be read, and tries again', async () => {
    server.use(http.get('*/api/v1/events', () => problem(500, 'store.broken', 'The catalogue cannot be read', 'Look at the server log.'), { once: true }));
    const { user } = renderConsole('/events');
    await screen.findByText('The catalogue cannot be read');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await row('LogLaunch');
  });
});

describe('An event', () => {
  it('shows its schema with types, presence and masked examples, and of how many records', async () => {
    renderConsole('/events?id=cart%2Fsrc%2Fclients%2Fcatalog.ts%3A88&eventService=cart&eventSignal=logs');
    const pane = await detail('cart/src/clients/catalog.ts:88');
    await within(pane).findByText(/from a sample of/);
    const table = within(pane).getByRole('table', { name: 'Fields as seen' });
    const status = within(table).getByText('http.status').closest('tr')!;
    expect(status.textContent).toContain('string | long');
    expect(within(table).getByText('url.full').closest('tr')!.querySelector('.mask')).not.toBeNull();
    expect(within(pane).getByRole('link', { name: 'Add a probe here' }).getAttribute('href')).toContain('line=88');
  });

  it('marks the variables of a template', async () => {
    const { user } = renderConsole('/events?source=template');
    await user.click((await rows())[0]!);
    const pane = await screen.findByRole('region', { name: /^Event t-/ });
    await waitFor(() => expect(pane.querySelectorAll('h2 .ev-var')).toHaveLength(2));
    expect(pane.querySelector('h2')!.textContent).toBe('read block blk_<*> of <*> bytes');
  });

  it('leads to its records, to its cost and to a rule that follows renames', async () => {
    const { history, user } = renderConsole(checkout);
    const pane = await detail('CheckoutStarted');
    await user.click(await within(pane).findByRole('button', { name: 'New rule' }));
    await user.click(await screen.findByRole('menuitem', { name: /To metric/ }));
    await waitFor(() => expect(history.location.pathname).toBe('/rules/new'));
    expect(new URLSearchParams(history.location.search).get('kql')).toContain('event("CheckoutStarted")');
  });

  it('says what a rename breaks, and makes it follow with one click', async () => {
    const { user } = renderConsole('/events?id=PaymentDeclined&eventService=payments&eventSignal=logs&pane=names');
    const pane = await detail('PaymentDeclined');
    expect((await within(pane).findByRole('region', { name: 'Former names' })).textContent).toMatch(/was called payment_declined.*weir, by evidence/);
    const check = within(pane).getByRole('region', { name: 'What breaks if I rename this' });
    await waitFor(() => expect(check.textContent).toMatch(/2 users break/));
    await user.click(within(check).getByRole('button', { name: 'Make all 2 follow' }));
    await waitFor(() => expect(check.textContent).toMatch(/Nothing\. 2 users follow/));
    expect(await screen.findByText('2 users follow renames now')).toBeTruthy();
  });

  it('keeps a row in its place with what became of it; taken back it is offered again, and a reason is kept', async () => {
    const { user } = renderConsole('/events?tab=drift');
    const proposed = await screen.findByRole('region', { name: 'Proposed names' });
    const accept = { name: 'Accept that queue.depth is called QueueDepth' };
    await user.dblClick(await within(proposed).findByRole('button', accept));
    await within(proposed).findByText('accepted');
    expect(within(proposed).getAllByRole('listitem')).toHaveLength(1);
    await user.type(within(proposed).getByRole('textbox', { name: 'Why' }), 'as the release says{Enter}');
    await within(proposed).findByText(/Why: as the release says/);
    await user.click(within(proposed).getByRole('button', { name: 'Undo' }));
    await within(proposed).findByRole('button', accept);
    await user.click(within(proposed).getByRole('button', { name: 'Not a rename: queue.depth and QueueDepth' }));
    await within(await screen.findByRole('region', { name: 'Not renames' })).findByText(/said by you/);
    await user.click(screen.getByRole('button', { name: 'Undo that queue.depth is not QueueDepth' }));
    await within(proposed).findByRole('button', accept);
    expect(screen.queryByRole('region', { name: 'Not renames' })).toBeNull();
  });

  it('takes a proposal, and a name that somebody adds', async () => {
    const { user } = renderConsole('/events?id=QueueDepth&eventService=checkout&eventSignal=logs&pane=names');
    await user.click(within(await screen.findByRole('region', { name: 'Proposed names' })).getByRole('button', { name: /^Accept/ }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'Former names' }).textContent).toContain('was called queue.depth'));
    await user.click(screen.getByRole('button', { name: 'Add a name' }));
    await user.type(screen.getByRole('textbox', { name: 'The other name' }), 'q.depth');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'Former names' }).textContent).toContain('was called q.depth'));
  });

  it('marks in the schema what is gone, what is new and what changed its type', async () => {
    fault('drifting-field', true);
    renderConsole('/events?id=CartItemAdded&eventService=cart&eventSignal=logs');
    const table = await screen.findByRole('table', { name: 'Fields as seen' });
    const row = (field: string) => within(table).getByTitle(field).closest('tr')!;
    expect([row('cart.region'), row('cart.promo'), row('cart.items'), row('sku')].map(one => /gone since|new since|type changed/.exec(one.textContent)?.[0])).toEqual(['gone since', 'new since', 'type changed', undefined]);
  });

  it('tells what changed, when and with which version', async () => {
    fault('drifting-field', true);
    renderConsole('/events?id=CartItemAdded&eventService=cart&eventSignal=logs&pane=drift');
    const list = await screen.findByRole('list', { name: 'Changes, the newest first' });
    expect(list.textContent).toMatch(/field missing.*cart\.region/);
    expect(list.textContent).toMatch(/type changed.*cart\.items was long.*is now string/);
  });

  it('says what the conventions would have', async () => {
    renderConsole(`${checkout}&pane=lint`);
    const list = await screen.findByRole('list', { name: 'Findings' });
    expect(list.textContent).toContain('checkout.started');
    expect(within(list).getByRole('link').getAttribute('href')).toMatch(/^https:\/\/opentelemetry\.io/);
  });
});

describe('Changes, themes and metrics', () => {
  it('tells what changed in the fleet, and leads to the event', async () => {
    fault('renamed-event', true);
    const { history, user } = renderConsole('/events?tab=drift');
    const table = await screen.findByRole('table', { name: 'Changes of the fleet' });
    await user.click(within(table).getByText('renamed').closest('tr')!);
    await waitFor(() => expect(history.location.search).toContain('id=checkout.started'));
    await detail('checkout.started');
  });

  it('makes a theme of picked events', async () => {
    const { history, user } = renderConsole('/events');
    await user.click(within(await row('LogLaunch')).getByRole('checkbox'));
    await user.click(within(await row('CartItemAdded')).getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'New theme' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('list', { name: 'Events of the theme' }).textContent).toMatch(/LogLaunch.*CartItemAdded/);
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'browsing');
    await user.click(within(dialog).getByRole('button', { name: 'Add a time' }));
    await user.click(within(dialog).getByRole('button', { name: 'Make the theme' }));
    await screen.findByRole('region', { name: 'Theme browsing' });
    expect(history.location.search).toMatch(/tab=themes/);
  });

  it('switches a theme, shows what each state costs, and asks before it goes', async () => {
    const { user } = renderConsole('/events?tab=themes');
    await user.click(within(await screen.findByRole('table', { name: 'Themes' })).getByText('checkout details'));
    const pane = await screen.findByRole('region', { name: 'Theme checkout details' });
    expect(pane.textContent).toMatch(/while on[\d,.]+ EUR/);
    expect(within(pane).getByText('no log of this name was seen')).toBeTruthy();
    await user.click(within(pane).getByRole('radio', { name: 'Off' }));
    await waitFor(() => expect(within(pane).getByRole('radio', { name: 'Off' }).getAttribute('aria-checked')).toBe('true'));
    await user.click(within(pane).getByRole('button', { name: 'Delete' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toMatch(/pass in full again on the whole fleet/);
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Theme checkout details' })).toBeNull());
  });

  it('lists metrics with the renames that they follow, and exports them', async () => {
    backend.store.create('name: starts\nkql: |\n  Logs\n  | where event("CheckoutStarted")\n  | summarize Count = count() by ServiceName, bin(Timestamp, 10s)\n  | invoke to_metric("checkout.started.count")\n', '', backend.iso(backend.clock()));
    fault('renamed-event', true);
    renderConsole('/events?tab=metrics');
    const table = await screen.findByRole('table', { name: 'Metrics that rules make' });
    await waitFor(() => expect(table.textContent).toMatch(/CheckoutStarted is called checkout\.started since/));
    expect(screen.getByRole('link', { name: 'Grafana' }).getAttribute('href')).toBe('/api/v1/metrics/export?format=grafana');
  });
});
