import { renderHook, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, mockAgents, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { configState, healthState } from './config-state.ts';
import { ratesBetween } from './rates.ts';
import { useAgentRates } from './use-agent-rates.ts';

const { backend, server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Fleet', () => {
  it('lists agents, and opens one by keyboard with its state in the address', async () => {
    const { history, user } = renderConsole('/fleet');
    const row = await screen.findByRole('row', { name: /payments-3 on pay-3/ });
    expect(within(row).getByText(/away/)).toBeTruthy();
    expect(within(row).getByText('behind')).toBeTruthy();
    row.focus();
    await user.keyboard('{ArrowUp}{Enter}');
    expect(await screen.findByRole('region', { name: 'Agent shop-2' })).toBeTruthy();
    expect(history.location.search).toContain('agent=');
  });

  it('shows the effective config as indented JSON', async () => {
    const id = mockAgents(backend)[0]?.id;
    renderConsole(`/fleet?agent=${id}&tab=config`);
    const text = await screen.findByLabelText('Effective config as JSON');
    expect(text.textContent).toContain('\n  "version": 1');
  });

  it('explains a refusal and recovers on retry', async () => {
    server.use(http.get('*/api/v1/agents', () => problem(503, 'store-busy', 'The store is busy', 'Try again in a moment.')));
    const { user } = renderConsole('/fleet');
    expect((await screen.findByRole('alert')).textContent).toContain('The store is busy');
    server.resetHandlers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('row', { name: /shop-1/ })).toBeTruthy();
  });

  it('says how to start an agent when there is none', async () => {
    server.use(http.get('*/api/v1/agents', () => HttpResponse.json({ agents: [] })));
    renderConsole('/fleet');
    await waitFor(() => expect(screen.getByText('No agent has ever connected')).toBeTruthy());
  });
});

describe('useAgentRates', () => {
  it('shows a rate from the second report on', () => {
    const first = mockAgents(backend);
    const later = first.map(agent => (agent.status ? { ...agent, status: { ...agent.status, atUnixMs: agent.status.atUnixMs + 1000, received: { ...agent.status.received, spans: agent.status.received.spans + 40 } } } : agent));
    const { result, rerender } = renderHook(({ agents }) => useAgentRates(agents), { initialProps: { agents: first } });
    expect(result.current.size).toBe(0);
    rerender({ agents: later });
    expect(result.current.get(first[0]?.id ?? '')?.in).toBe(40);
    rerender({ agents: [...later] });
    expect(result.current.get(first[0]?.id ?? '')?.in).toBe(40);
  });
});

describe('agent words', () => {
  const agent = () => { const first = mockAgents(backend)[0]; if (!first) throw new Error('the mock fleet is empty'); return first; };
  it('tells refused from behind from applied', () => {
    expect(configState(agent()).word).toBe('applied');
    expect(configState({ ...agent(), effectiveConfigHash: 'other' }).word).toBe('behind');
    expect(configState({ ...agent(), configStatus: 'failed', configError: 'unknown sink' }).says).toContain('unknown sink');
    expect(healthState({ ...agent(), healthy: false, healthMessage: 'disk is full' }).says).toBe('disk is full');
  });
  it('takes rates from totals, never across a restart', () => {
    const before = agent().status;
    if (!before) throw new Error('the mock agent sends no status');
    const after = { ...before, atUnixMs: before.atUnixMs + 2000, received: { ...before.received, logs: before.received.logs + 500 } };
    expect(ratesBetween(before, after)).toEqual({ in: 250, out: 0 });
    expect(ratesBetween(before, { ...after, startedUnixMs: 1 })).toBeNull();
  });
});
