import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, problem } from '../../../mocks/index.ts';
import { toast, usePreferences, useToasts } from '../state/index.ts';
import { renderConsole } from '../../../mocks/console/index.ts';

const { backend, server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Shell', () => {
  it('has the views that exist, and no others', async () => {
    renderConsole('/');
    const rail = await screen.findByRole('navigation', { name: 'Views' });
    await waitFor(() => expect(within(rail).getAllByRole('link').map(link => link.textContent?.replace(/\d.*/, ''))).toEqual(['Overview', 'Tail', 'Events', 'Rules', 'Recorders', 'Probes', 'Redaction', 'Cost', 'Incidents', 'Profiles', 'Dumps', 'Fleet']));
    await waitFor(() => expect(within(rail).getByRole('link', { current: 'page' }).textContent).toContain('Overview'));
  });

  it('goes to a view with G and a letter, but not while a person types', async () => {
    const { history } = renderConsole('/overview');
    await screen.findByRole('navigation', { name: 'Views' });
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'f' });
    await waitFor(() => expect(history.location.pathname).toBe('/fleet'));
    const field = document.body.appendChild(document.createElement('input'));
    fireEvent.keyDown(field, { key: 'g' });
    fireEvent.keyDown(field, { key: 'o' });
    expect(history.location.pathname).toBe('/fleet');
    field.remove();
  });

  it('finds an agent in the palette and opens it', async () => {
    const { history, user } = renderConsole('/overview');
    await screen.findByText(/2 of|of 3/).catch(() => undefined);
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    await user.type(await screen.findByPlaceholderText('Search or run a command'), 'shop-2');
    await user.click(await screen.findByRole('option', { name: /shop-2/ }));
    await waitFor(() => expect(history.location.pathname).toBe('/fleet'));
    expect(history.location.search).toContain('agent=');
  });

  it('switches theme and time zone from the palette', async () => {
    const { user } = renderConsole('/overview');
    await screen.findByRole('navigation', { name: 'Views' });
    fireEvent.keyDown(document.body, { key: 'k', metaKey: true });
    await user.click(await screen.findByRole('option', { name: 'Switch to the light theme' }));
    expect(usePreferences.getState().theme).toBe('light');
    await user.click(screen.getByTitle('Show times in local time'));
    expect(usePreferences.getState().timeZone).toBe('local');
  });

  it('finds commands by several words, before things of such a name, and open incidents by number', async () => {
    usePreferences.getState().setTheme('dark');
    const { history, user } = renderConsole('/overview');
    await screen.findByRole('navigation', { name: 'Views' });
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const field = await screen.findByPlaceholderText('Search or run a command');
    await user.type(field, 'light theme');
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Switch to the light theme'));
    await user.clear(field);
    await user.type(field, 'incident 142');
    expect((await screen.findByRole('option', { name: /#142/ })).textContent).toContain('checkout');
    await user.clear(field);
    await user.type(field, 'run action{Enter}');
    await waitFor(() => expect(history.location.href).toBe('/dumps?run=any'));
  });

  it('opens the sheet of shortcuts with ?', async () => {
    renderConsole('/overview');
    await screen.findByRole('navigation', { name: 'Views' });
    fireEvent.keyDown(document.body, { key: '?' });
    expect(await screen.findByRole('dialog', { name: 'Shortcuts' })).toBeTruthy();
  });

  it('says that the session ended, and how to get a new URL', async () => {
    server.use(http.get('*/api/v1/overview', () => problem(401, 'unauthorized', 'Sign in first')), http.get('*/api/v1/session', () => problem(401, 'unauthorized', 'Sign in first')));
    renderConsole('/overview');
    expect((await screen.findByRole('alert')).textContent).toContain('Your session ended');
    expect(screen.getByText('npm start')).toBeTruthy();
  });

  it('says since when the server is away, and what was missed once it is back', async () => {
    renderConsole('/overview');
    await screen.findByText('Live');
    server.use(http.get('*/api/v1/overview', () => HttpResponse.error()));
    await waitFor(() => expect(screen.getByText(/No answer from the server since/)).toBeTruthy());
    server.resetHandlers();
    await waitFor(() => expect(screen.getByText(/The console was away for/)).toBeTruthy());
    act(() => screen.getByRole('button', { name: 'Close' }).click());
    expect(screen.queryByText(/The console was away for/)).toBeNull();
  });

  it('shows no figure of the past while no agent is connected', async () => {
    server.use(http.get('*/api/v1/overview', () => HttpResponse.json({ ...backend.overview(), agents: { connected: 0, known: 2 } })));
    renderConsole('/fleet');
    const status = await screen.findByRole('contentinfo', { name: 'Status' });
    await waitFor(() => expect(status.textContent).toMatch(/in –.*lost –no data since \d\d:\d\d:\d\d/));
    expect(status.textContent).not.toMatch(/\d\/s/);
  });

  it('tells once what rules did by themselves, agents of one rule together, and leads there', async () => {
    const notice = (id: string, kind: 'breach' | 'expired', agent: string | null, ruleName = 'greedy') => ({ id, at: '2026-03-12T14:00:00.000Z', kind, ruleId: `rule-${ruleName}`, ruleName, agent, message: kind === 'breach' ? 'It held 1.9 MiB; its bound is 1 MiB.' : 'Its time was over.' });
    const tell = (...notices: ReturnType<typeof notice>[]) => server.use(http.get('*/api/v1/overview', () => HttpResponse.json({ ...backend.overview(), notices })));
    const old = notice('n1', 'breach', 'shop-1', 'old-story');
    tell(old);
    const { history, user } = renderConsole('/fleet');
    const messages = await screen.findByRole('region', { name: 'Messages' });
    await screen.findByText('Live');
    tell(old, notice('n2', 'breach', 'shop-1'), notice('n3', 'breach', 'shop-2'), notice('n4', 'expired', null, 'weekend'));
    await within(messages).findByText('greedy turned itself off on 2 agents');
    expect(within(messages).getByText(/It held 1.9 MiB; its bound is 1 MiB/)).toBeTruthy();
    expect(within(messages).getByText('weekend ended by itself')).toBeTruthy();
    tell(old, notice('n2', 'breach', 'shop-1'), notice('n3', 'breach', 'shop-2'), notice('n5', 'breach', 'shop-3'));
    await within(messages).findByText('greedy turned itself off on 3 agents');
    expect(within(messages).getAllByRole('alert')).toHaveLength(1);
    expect(messages.textContent).not.toContain('old-story');
    await user.click(within(within(messages).getByRole('alert')).getByRole('button', { name: 'Open rule' }));
    await waitFor(() => expect(history.location.pathname).toBe('/rules/rule-greedy'));
    expect(within(messages).queryByRole('alert')).toBeNull();
  });

  it('keeps one message a rule: a newer one takes the place of what is no longer so', () => {
    useToasts.setState({ toasts: [] });
    for (const [about, title] of [['a', 'a is on its way'], ['b', 'b is on its way'], [undefined, 'copied'], ['a', 'a is disabled']] as const) toast({ about, title });
    expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual(['b is on its way', 'copied', 'a is disabled']);
    useToasts.setState({ toasts: [] });
  });

  it('keeps the frame when an address names no view', async () => {
    renderConsole('/nowhere');
    expect(await screen.findByText('There is no view at this address')).toBeTruthy();
    expect(screen.getByRole('navigation', { name: 'Views' })).toBeTruthy();
  });
});
