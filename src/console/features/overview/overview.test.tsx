import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { backend, server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Overview', () => {
  it('shows figures that add up, the talkers, and what rules do to them', async () => {
    renderConsole('/overview');
    await screen.findByRole('group', { name: 'Records in' });
    // All three from one drawing, for the figures change every second.
    const [came, left, removed] = ['Records in', 'Out to exporters', 'Removed by rules'].map(name => Number(screen.getByRole('group', { name }).querySelector('.v')?.textContent?.replace(/[^\d.]/g, '')));
    expect(removed).toBeGreaterThan(0);
    expect(Math.abs((came ?? NaN) - (left ?? NaN) - (removed ?? NaN))).toBeLessThan(2);
    const table = screen.getByRole('table', { name: 'Top talkers by durable id' });
    expect(within(table).getByText('LogLaunch')).toBeTruthy();
    expect(within(table).getByText(/drop-render/)).toBeTruthy();
  });

  it('starts a rule from a talker, with its text in the address', async () => {
    const { history, user } = renderConsole('/overview');
    await user.click(await screen.findByRole('button', { name: 'Actions for LogLaunch' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Drop…' }));
    await waitFor(() => expect(history.location.pathname).toBe('/rules/new'));
    expect(new URLSearchParams(history.location.search).get('kql')).toContain('where DurableId == "LogLaunch"');
  });

  it('opens the tail for the talker that is clicked', async () => {
    const { history } = renderConsole('/overview');
    fireEvent.click(await screen.findByText('LogLaunch'));
    await waitFor(() => expect(history.location.pathname).toBe('/tail'));
    expect(new URLSearchParams(history.location.search).get('q')).toBe('DurableId == "LogLaunch"');
  });

  it('says in words that there is no downstream, and how to name one', async () => {
    renderConsole('/overview');
    expect(await screen.findByText('No downstream is configured.')).toBeTruthy();
    expect(screen.getByText(/--forward URL/)).toBeTruthy();
  });

  it('has the big red button, what runs, armed nets, and what is open', async () => {
    const { history, user } = renderConsole('/overview');
    expect((await screen.findByText(/checkout-queue-stuck: checkout, orders is stuck/)).textContent).toContain('#142');
    expect(await screen.findByRole('meter', { name: 'Progress of memory-dump on shop-1' })).toBeTruthy();
    expect(await screen.findByText('1 stuck')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Capture everything now/ }));
    await user.click(within(await screen.findByRole('dialog', { name: 'Capture everything now' })).getByRole('button', { name: /Cancel/ }));
    await user.click(screen.getByRole('link', { name: 'Go to incident' }));
    await waitFor(() => expect(history.location.pathname).toBe('/incidents/incident-142'));
  });

  it('switches a demo fault', async () => {
    renderConsole('/overview');
    const toggle = await screen.findByRole('switch', { name: 'Growing queue' });
    fireEvent.click(toggle);
    await waitFor(() => expect(backend.faults.find(fault => fault.name === 'growing-queue')?.on).toBe(true));
  });

  it('tells how to send telemetry while nothing has arrived', async () => {
    const silent = { ...backend.overview(), points: [], talkers: [], otherPerSecond: 0, agents: { connected: 1, known: 1 } };
    server.use(http.get('*/api/v1/overview', () => HttpResponse.json(silent)));
    renderConsole('/overview');
    expect(await screen.findByText('No record has arrived yet')).toBeTruthy();
    expect((await screen.findAllByText(/127\.0\.0\.1:4318/)).length).toBeGreaterThan(0);
  });
});
