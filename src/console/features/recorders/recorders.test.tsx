// The view of flight recorders over the mock backend.
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { recorderDefinition } from '../../../model/index.ts';
import { wishOf } from './collect-form.tsx';
import { definitionOf, newDefinition, textOf } from './definition.ts';
import { findRecorders, sumsOf } from './recorder-sums.ts';

const { server } = createMockServer();
beforeAll(() => { Element.prototype.hasPointerCapture ??= () => false; server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Flight recorders', () => {
  it('lists what is kept, and opens one by keyboard with its state in the address', async () => {
    const { history, user } = renderConsole('/recorders');
    const row = await screen.findByRole('row', { name: /payments-audit, plain and disk, 2.1 MiB of 64 MiB/ });
    expect(within(row).getByText(/The disk is full/)).toBeTruthy();
    row.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('region', { name: 'Recorder payments-audit' })).toBeTruthy();
    expect(history.location.search).toContain('recorder=payments-audit');
    expect(screen.getByRole('group', { name: 'Byte budget of each agent' }).textContent).toContain('43 MiB of 64 MiB');
  });

  it('collects, and offers what came to the tail', async () => {
    const asked: unknown[] = [];
    server.events.on('request:start', ({ request }) => { if (request.method === 'POST' && request.url.endsWith('/actions')) void request.clone().json().then(body => asked.push(body)); });
    const { user } = renderConsole('/recorders?recorder=checkout-verbose');
    await user.click(await screen.findByRole('button', { name: 'Collect' }));
    const open = await screen.findByRole('link', { name: 'Open in the tail' }, { timeout: 20_000 });
    expect(open.getAttribute('href')).toMatch(/\/tail\?recording=/);
    expect(asked).toMatchObject([{ action: 'collect-recorder', parameters: { recorder: 'checkout-verbose' } }]);
  });

  it('says why a collection did not run, and what to do', async () => {
    server.use(http.post('*/api/v1/actions', () => problem(409, 'agent.away', 'shop-1 is away', 'Collect from it when it is back.')));
    const { user } = renderConsole('/recorders?recorder=checkout-verbose');
    await user.click(await screen.findByRole('button', { name: 'Collect' }));
    expect(await screen.findByText('shop-1 is away')).toBeTruthy();
  });

  it('shows keys fullest first, and says how many more there are', async () => {
    renderConsole('/recorders?recorder=by-session&tab=keys');
    const table = await screen.findByRole('table', { name: 'Keys on shop-1' });
    expect(within(table).getAllByRole('row')[1]?.textContent).toContain('900');
    expect(screen.getByText(/1,244 more keys/)).toBeTruthy();
  });

  it('defines a recorder, refuses a bad name in words, and deletes with what it means', async () => {
    const { user } = renderConsole('/recorders?define=true');
    const name = await screen.findByLabelText('Name');
    await user.type(name, 'bad name');
    await user.click(screen.getByRole('button', { name: 'Define' }));
    expect(screen.getByRole('alert').textContent).toContain('Use 1 to 63 letters');
    await user.clear(name);
    await user.type(name, 'new-one');
    await user.click(screen.getByRole('button', { name: 'Define' }));
    expect(await screen.findByRole('region', { name: 'Recorder new-one' })).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'Definition' }));
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('What was collected stays in Dumps');
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Recorder new-one' })).toBeNull());
  });

  it('warns of a size that no agent has for all of them, and leads from a new one to the rule that fills it', async () => {
    const { history, user } = renderConsole('/recorders?define=true');
    await user.type(await screen.findByLabelText('Name'), 'Checkout.Late');
    const size = screen.getByLabelText('Size on each agent, MiB');
    await user.clear(size);
    await user.type(size, '500');
    expect((await screen.findByText(/can never hold 500 MiB/)).textContent).toBe('2 agents have less (shop-1 64 MiB) for all recorders together: this one can never hold 500 MiB there.');
    await user.clear(size);
    await user.type(size, '16');
    expect(screen.queryByText(/can never hold/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Define' }));
    await screen.findByRole('region', { name: 'Recorder Checkout.Late' });
    await user.click(screen.getByRole('link', { name: 'Write the rule that fills it' }));
    await waitFor(() => expect(history.location.pathname).toBe('/rules/new'));
    const search = new URLSearchParams(history.location.search);
    expect([search.get('name'), search.get('kql')]).toEqual(['fill-checkout-late', 'Logs\n| invoke record("Checkout.Late", true)']);
  });

  it('says how to fill one when there is none, and recovers from a refusal', async () => {
    server.use(http.get('*/api/v1/recorders', () => problem(503, 'store-busy', 'The store is busy')));
    const { user } = renderConsole('/recorders');
    expect((await screen.findByRole('alert')).textContent).toContain('The store is busy');
    server.use(http.get('*/api/v1/recorders', () => HttpResponse.json({ recorders: [], budgets: [] })));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No flight recorder holds anything')).toBeTruthy();
  });
});

describe('recorder sums', () => {
  const state = (more: object) => ({ name: 'r', records: 1, bytes: 10, maxBytes: 100, evicted: 2, oldestUnixMs: 1000, agent: { id: 'a', name: 'a', connected: true }, recordsPerSecond: 3, bytesPerSecond: 4, ...more });
  const recorder = (agents: ReturnType<typeof state>[]) => ({ definition: recorderDefinition.parse({ name: 'r', key: ['TraceId'], disk: true }), isDefault: false, rules: [{ id: '1', name: 'fills-it', running: true }], agents });
  it('add what adds up, and reach back as far as the shortest', () => {
    expect(sumsOf(recorder([state({ oldestUnixMs: 1000 }), state({ oldestUnixMs: 5000, problem: 'full', running: false })]))).toMatchObject({ kinds: ['keyed', 'disk'], bytes: 20, maxBytes: 200, recordsPerSecond: 6, evicted: 4, sinceUnixMs: 5000, stopped: 1, problems: [{ agent: 'a', problem: 'full' }] });
    expect(sumsOf(recorder([]))).toMatchObject({ sinceUnixMs: null, bytes: 0 });
  });
  it('are found by rule and agent', () => {
    expect(findRecorders([recorder([])], 'FILLS').length).toBe(1);
    expect(findRecorders([recorder([])], 'nothing').length).toBe(0);
  });
});

describe('a definition in units people type', () => {
  it('goes there and back', () => {
    const definition = recorderDefinition.parse({ name: 'x', maxBytes: 3 * 2 ** 20, key: ['TraceId'], maxAgeMs: 90_000, disk: true });
    expect(definitionOf(textOf(definition)).definition).toEqual(definition);
  });
  it('names each bad field', () => {
    expect(Object.keys(definitionOf({ ...newDefinition(), name: '-', maxMiB: 'x', maxKeys: '0', maxAgeMinutes: '0' }).problems).toSorted()).toEqual(['maxAgeMinutes', 'maxKeys', 'maxMiB', 'name']);
  });
  it('asks for what was chosen, and leaves the rest open', () => {
    expect(wishOf('a', 'r', '', 'all').parameters).toEqual({ recorder: 'r' });
    expect(wishOf('a', 'r', 's-1', '60000').parameters).toEqual({ recorder: 'r', key: 's-1', lastMs: 60_000 });
  });
});
