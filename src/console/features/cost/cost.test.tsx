import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { backend, server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const table = () => screen.findByRole('table', { name: 'Cost by event' });
const rowOf = async (name: RegExp) => within(await table()).findByRole('row', { name });

describe('Cost', () => {
  it('sorts lines of code by money, and says how few of them are most of it', async () => {
    renderConsole('/cost');
    const rows = within(await table()).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('LogLaunch');
    expect(screen.getByRole('heading', { name: /of 12 events (is|are) 80 % of the money/ })).toBeTruthy();
    const rate = screen.getByRole('group', { name: "A month at today's rate" });
    expect(rate.textContent).toMatch(/USD.*last 2 m/);
    expect(screen.getByRole('group', { name: 'This month so far' }).textContent).toMatch(/measured .* at its end/);
    expect(screen.getByRole('button', { name: 'example prices' })).toBeTruthy();
  });

  it('opens a row by keyboard: why, its fields by money, and where to look further; Esc closes it', async () => {
    const { history } = renderConsole('/cost');
    const row = await rowOf(/^LogLaunch of frontend/);
    row.focus();
    fireEvent.keyDown(row, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('GET /product');
    fireEvent.keyDown(row, { key: 'Enter' });
    const pane = within(await screen.findByRole('region', { name: 'Cost of LogLaunch' }));
    expect(pane.getByText(/million records a month, at 1.00 USD a million/)).toBeTruthy();
    expect((await pane.findByRole('table', { name: 'Fields by money' })).textContent).toContain('session.id');
    expect(pane.getByText('paid by the record')).toBeTruthy();
    expect(new URL(pane.getByRole('link', { name: 'Tail' }).getAttribute('href')!, 'http://x').searchParams.get('q')).toBe('event("LogLaunch") and ServiceName == "frontend"');
    expect(pane.getByRole('link', { name: 'Event' }).getAttribute('href')).toMatch(/^\/events\?.*LogLaunch/);
    expect(new URLSearchParams(history.location.search).get('row')).toContain('LogLaunch');
    fireEvent.keyDown(row, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Cost of LogLaunch' })).toBeNull());
  });

  it('is by field, service or severity, of one service, found by words: all in the address', async () => {
    const { history, user } = renderConsole('/cost?by=service');
    expect(await screen.findByRole('table', { name: 'Cost by service' })).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Field' }));
    expect((await screen.findByRole('table', { name: 'Cost by field' })).textContent).toContain('session.id');
    await user.type(screen.getByRole('searchbox', { name: 'Find a row' }), 'nothing like it');
    expect(await screen.findByText('No field has these words')).toBeTruthy();
    expect(history.location.search).toMatch(/by=field.*find=nothing/);
  });

  it('makes the rule of a suggestion and opens its editor, once', async () => {
    const { history, user } = renderConsole('/cost?tab=suggestions');
    const rows = await screen.findByRole('table', { name: 'Suggestions' });
    const row = within(rows).getByRole('row', { name: /^Count LogLaunch/ });
    await user.click(row);
    const pane = within(await screen.findByRole('region', { name: /^Suggestion: Count LogLaunch/ }));
    expect(pane.getByRole('region', { name: 'What would be lost' }).textContent).toMatch(/Single records/);
    expect(pane.getByLabelText('Text of the rule').textContent).toContain('invoke to_metric(');
    await user.click(pane.getByRole('button', { name: 'Make the rule' }));
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/rules\/rule-\d+$/));
    const id = history.location.pathname.split('/')[2]!;
    expect(backend.store.rules.get(id)?.state).toBe('draft');
  });

  it('shows what was measured beside what was predicted', async () => {
    server.use(http.get('*/api/v1/cost/savings', () => HttpResponse.json({ currency: 'USD', totalPerMonth: 96, savings: [{ ruleId: 'r1', ruleName: 'count-launches', suggestionId: 's', kind: 'to-metric', deployedAt: new Date().toISOString(), state: 'deployed', predictedPerMonth: 130, predictedBytesPerSecond: 13, atTrafficPerMonth: 100, atTrafficBytesPerSecond: 10, measuredPerMonth: 96, measuredBytesPerSecond: 9.6, measuredRecordsPerSecond: 1, measuredSeconds: 72, agreement: 0.96 }] })));
    renderConsole('/cost?tab=savings');
    const row = (await screen.findByRole('link', { name: 'count-launches' })).closest('tr')!;
    expect(row.textContent).toMatch(/130\.00.*100\.00.*96\.00.*1 m 12 s.*agrees.*96 % of predicted/);
    expect(screen.getByRole('group', { name: 'Saved by rules, a month' }).textContent).toContain('predicted 100.00');
  });

  it('keeps the price table: P opens it, what is no number is said, empty is not billed', async () => {
    const { user } = renderConsole('/cost');
    await table();
    fireEvent.keyDown(document.body, { key: 'p' });
    const dialog = within(await screen.findByRole('dialog', { name: 'Prices' }));
    const gb = dialog.getByRole('textbox', { name: 'A GB taken in, logs' });
    await user.clear(gb);
    await user.type(gb, 'much');
    expect(dialog.getByRole('alert').textContent).toContain('A GB taken in, logs: A price is a number from 0 up');
    await user.clear(gb);
    await user.clear(dialog.getByRole('textbox', { name: 'Currency' }));
    await user.type(dialog.getByRole('textbox', { name: 'Currency' }), 'CHF');
    await user.click(dialog.getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByRole('columnheader', { name: /CHF\/month/ })).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('columnheader', { name: /USD\/month/ })).toBeTruthy();
  });

  it('says how to fill it while nothing was measured, and what to do when it cannot be read', async () => {
    const empty = { at: new Date().toISOString(), by: 'event', currency: 'USD', overSeconds: 0, totalPerMonth: 0, month: { soFar: 0, projected: 0, measuredSeconds: 0 }, rows: [], rest: { rows: 0, perMonth: 0 }, series: null, history: [] };
    server.use(http.get('*/api/v1/cost', () => HttpResponse.json(empty)));
    const first = renderConsole('/cost');
    expect(await screen.findByText('Nothing was measured yet')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'How to send telemetry' })).toBeTruthy();
    expect(screen.getByRole('group', { name: 'This month so far' }).textContent).toContain('not measured yet');
    first.unmount();
    server.use(http.get('*/api/v1/cost', () => problem(500, 'internal', 'The store cannot be read', 'Look at the server log.')));
    renderConsole('/cost');
    expect((await screen.findByRole('alert', {}, { timeout: 9000 })).textContent).toContain('The store cannot be read');
  });

  it('is summed on the overview, with a way to it', async () => {
    const { history, user } = renderConsole('/overview');
    await waitFor(() => expect(screen.getByRole('group', { name: 'Saved a month' }).textContent).toMatch(/[\d.,]+(USD|CHF)/));
    await user.click(screen.getByRole('link', { name: 'All in Cost' }));
    await waitFor(() => expect(history.location.pathname).toBe('/cost'));
  });
});
