import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { server } = createMockServer();
/** Links lead to views whose workers jsdom does not have; they stay silent. */
class SilentWorker extends EventTarget { postMessage() { /* nobody listens */ } terminate() { /* nothing runs */ } }

beforeAll(() => { vi.stubGlobal('Worker', SilentWorker); server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => { vi.unstubAllGlobals(); server.close(); });

const rows = async () => within(await screen.findByRole('table', { name: 'Incidents' })).getAllByRole('row').slice(1);
const sent = async (event: Request) => JSON.parse(await event.clone().text()) as Record<string, unknown>;

describe('The list', () => {
  it('has open ones first, with what ran, what came, and what was imported', async () => {
    renderConsole('/incidents');
    const [first, ...others] = await rows();
    expect(first?.getAttribute('aria-label')).toBe('Open #142 checkout-queue-stuck: checkout, orders is stuck, open');
    expect(first?.textContent).toMatch(/1 running.*3 done.*1 not done/);
    expect(others.some(row => row.textContent?.includes('imported'))).toBe(true);
    expect(within(screen.getByRole('navigation', { name: 'Views' })).getByRole('link', { name: /Incidents/ }).textContent).toContain('1 open');
  });

  it('searches, and opens by keyboard', async () => {
    const { history, user } = renderConsole('/incidents');
    await rows();
    await user.type(screen.getByRole('searchbox', { name: 'Find an incident' }), 'payments');
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    const [row] = await rows();
    row?.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(history.location.pathname).toBe('/incidents/incident-140'));
  });

  it('says how to get one while there is none', async () => {
    server.use(http.get('*/api/v1/incidents', () => HttpResponse.json({ incidents: [], more: 0 })));
    const { user } = renderConsole('/incidents');
    await user.click(await screen.findByRole('button', { name: 'Capture everything now…' }));
    expect(await screen.findByRole('dialog', { name: 'Capture everything now' })).toBeTruthy();
  });

  it('imports a bundle, and says what is wrong with another file', async () => {
    const { history, user } = renderConsole('/incidents');
    const picker = await screen.findByLabelText('Bundle file');
    await user.upload(picker, new File(['no zip'], 'notes.zip', { type: 'application/zip' }));
    expect((await screen.findByRole('alert')).textContent).toContain('notes.zip: This file is no bundle');
    fireEvent.drop(await screen.findByRole('region', { name: 'Incidents' }), { dataTransfer: { types: ['Files'], files: [new File([Uint8Array.of(0x50, 0x4b, 5, 6)], 'weir-incident-7.zip')] } });
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/incidents\/incident-/));
    expect((await screen.findAllByText(/Imported from elsewhere/)).length).toBeGreaterThan(0);
    expect(screen.getByText('Imported as #143')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('opens what is here already when a bundle comes twice, and brings it again only as a marked copy', async () => {
    const { history, user } = renderConsole('/incidents');
    const bundle = () => new File([Uint8Array.of(0x50, 0x4b, 7, 8, 9)], 'weir-incident-8.zip');
    await user.upload(await screen.findByLabelText('Bundle file'), bundle());
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/incidents\/incident-/));
    const first = history.location.pathname;
    const number = first.split('-').at(-1) ?? '';
    history.push('/incidents');
    await user.upload(await screen.findByLabelText('Bundle file'), bundle());
    expect(await screen.findByText(`This bundle is here already, as #${number}`)).toBeTruthy();
    await waitFor(() => expect(history.location.pathname).toBe(first));
    await user.click(screen.getByRole('button', { name: 'Import again as a copy' }));
    expect(await screen.findByText(new RegExp(`^Imported as #\\d+, a copy of #${number}$`))).toBeTruthy();
    expect(await screen.findByText(`copy of #${number}`)).toBeTruthy();
  });
});

describe('The big red button', () => {
  it('names the blast radius, takes no heap unasked, and leads to the incident', async () => {
    let body: Record<string, unknown> = {};
    server.events.on('request:start', async ({ request }) => { if (request.method === 'POST' && request.url.endsWith('/incidents')) body = await sent(request); });
    const { history, user } = renderConsole('/fleet');
    await screen.findByRole('navigation', { name: 'Views' });
    fireEvent.keyDown(document.body, { key: 'I', shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Capture everything now' });
    await waitFor(() => expect(within(dialog).getByText(/2 agents, every service they know/)).toBeTruthy());
    expect(dialog.textContent).toMatch(/payments-3: nothing can be collected from it/);
    expect(within(dialog).getByRole('checkbox', { name: /Memory dumps/ }).getAttribute('aria-checked')).toBe('false');
    await user.type(within(dialog).getByRole('textbox', { name: 'Title' }), 'Checkout hangs');
    await user.click(within(dialog).getByRole('checkbox', { name: /shop-2/ }));
    await user.click(await within(dialog).findByRole('checkbox', { name: 'checkout' }));
    expect(dialog.textContent).toMatch(/1 agent, checkout:/);
    await user.click(within(dialog).getByRole('button', { name: 'Capture now' }));
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/incidents\/incident-/));
    expect(body).toMatchObject({ title: 'Checkout hangs', collect: { services: ['checkout'], heap: false, recorders: true, cpuMs: 10_000 } });
    expect((body['collect'] as { agents: string[] }).agents).toHaveLength(1);
    const actions = await screen.findByRole('group', { name: 'Actions on shop-1' });
    expect(within(actions).getByText('cpu-sample')).toBeTruthy();
    await user.click(within(actions).getByRole('button', { name: /Cancel cpu-sample/ }));
    await waitFor(() => expect(within(screen.getByRole('group', { name: 'Actions on shop-1' })).getByText('cancelled')).toBeTruthy());
  });

  it('names each process it touches, what it does to it, and for how long it may stand still', async () => {
    const { user } = renderConsole('/incidents');
    await user.click(await screen.findByRole('button', { name: 'Open incident' }));
    const touched = await screen.findByRole('group', { name: 'Touched on shop-1' });
    await waitFor(() => expect(touched.textContent).toMatch(/3 processes; CPU sample 10 s, state, configuration/));
    expect(within(touched).getAllByRole('listitem').map(row => row.textContent?.match(/^\w+|pid \d+/g)?.join(' '))).toEqual(['checkout pid 4121', 'cart pid 4088', 'payments pid 4090']);
    await waitFor(() => expect(within(touched).getAllByRole('listitem')[0]?.textContent).toMatch(/pause 235 ms to 1\.2 s$/));
    expect(screen.getByLabelText('What it touches').textContent).toBe('It touches 6 processes on 2 agents, named above');
    await user.click(screen.getByRole('checkbox', { name: 'checkout' }));
    await waitFor(() => expect(within(touched).getAllByRole('listitem')).toHaveLength(1));
    for (const name of [/CPU samples/, /^State/, /Configuration/]) await user.click(screen.getByRole('checkbox', { name }));
    expect(within(touched).queryAllByRole('listitem')).toEqual([]);
    expect(screen.getByLabelText('What it touches').textContent).toBe('It touches no process');
  });

  it('opens an incident without an agent, too', async () => {
    server.use(http.get('*/api/v1/agents', () => HttpResponse.json({ agents: [] })));
    const { history, user } = renderConsole('/incidents');
    await user.click(await screen.findByRole('button', { name: 'Open incident' }));
    await user.click(await screen.findByRole('button', { name: 'Open without collecting' }));
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/incidents\/incident-/));
    expect(await screen.findByText('Nothing was collected')).toBeTruthy();
  });

  it('keeps what was chosen when the server refuses', async () => {
    server.use(http.post('*/api/v1/incidents', () => problem(403, 'auth.forbidden', 'you may not start what this plan asks for.')));
    const { user } = renderConsole('/incidents');
    await user.click(await screen.findByRole('button', { name: 'Open incident' }));
    await user.click(await screen.findByRole('button', { name: 'Capture now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('may not start');
    expect(screen.getByRole('dialog', { name: 'Capture everything now' })).toBeTruthy();
  });
});

describe('The page', () => {
  it('shows why an action did not run, how far another is, and leads to artifacts and the tail', async () => {
    renderConsole('/incidents/incident-142');
    const refused = await screen.findByRole('group', { name: 'Actions on shop-2' });
    expect(refused.textContent).toMatch(/not run.*needs about 1\.6 GiB.*Take a heap sample/);
    expect(within(screen.getByRole('group', { name: 'Actions on shop-1' })).getByRole('meter', { name: 'Progress of memory-dump on shop-1' }).getAttribute('aria-valuenow')).toBe('64');
    const artifacts = screen.getByRole('region', { name: 'Artifacts' });
    expect(within(artifacts).getByRole('link', { name: 'In the tail' }).getAttribute('href')).toMatch(/^\/tail\?recording=/);
    expect(within(artifacts).getByRole('link', { name: /Save checkout\.cpuprofile/ }).getAttribute('href')).toMatch(/\/artifacts\/.*\/content$/);
    expect(screen.getByRole('img', { name: /^Timeline of checkout-queue-stuck.*2 triggers/ })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Bundle' }).getAttribute('href')).toBe('/api/v1/incidents/incident-142/bundle');
  });

  it('filters entries by kind, and keeps it in the address', async () => {
    const { history, user } = renderConsole('/incidents/incident-142?left=none&right=none');
    await user.click(await screen.findByRole('radio', { name: 'Triggers' }));
    const list = screen.getByRole('region', { name: 'Timeline in words' });
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
    expect(history.location.search).toContain('show=trigger');
  });

  it('narrows everything to a time that is chosen by keys, and back', async () => {
    const { history, user } = renderConsole('/incidents/incident-142?left=none&right=none');
    const timeline = await screen.findByRole('group', { name: 'Timeline' });
    const entries = () => within(screen.getByRole('region', { name: 'Timeline in words' })).queryAllByRole('listitem').length;
    const before = entries();
    timeline.focus();
    await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}{Enter}');
    await waitFor(() => expect(history.location.search).toMatch(/from=\d+&to=\d+/));
    await waitFor(() => expect(entries()).toBeLessThan(before));
    await user.click(screen.getByRole('button', { name: /Whole time/ }));
    await waitFor(() => expect(entries()).toBe(before));
  });

  it('is noted on, renamed, closed and reopened', async () => {
    const { user } = renderConsole('/incidents/incident-142?left=none&right=none');
    await screen.findByRole('group', { name: 'Timeline' });
    fireEvent.keyDown(document.body, { key: 'n' });
    await user.type(await screen.findByRole('textbox', { name: 'Note' }), 'The bank is slow{Control>}{Enter}{/Control}');
    await waitFor(() => expect(within(screen.getByRole('region', { name: 'Timeline in words' })).getByText('The bank is slow')).toBeTruthy());
    await user.click(screen.getByRole('button', { name: 'Rename' }));
    const title = await screen.findByRole('textbox', { name: 'Title of the incident' });
    await user.clear(title);
    await user.type(title, 'Orders wait{Enter}');
    expect(await screen.findByRole('heading', { name: /#142 Orders wait/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('button', { name: 'Reopen' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Collect more' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Reopen' }));
    await user.click(await screen.findByRole('button', { name: 'Close' }).then(() => screen.findByRole('button', { name: 'Collect more' })));
    expect(await screen.findByRole('dialog', { name: 'Collect more for #142' })).toBeTruthy();
  });

  it('says which incident is not there', async () => {
    renderConsole('/incidents/incident-1');
    expect(await screen.findByText('There is no incident with this id.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'All incidents' })).toBeTruthy();
  });
});
