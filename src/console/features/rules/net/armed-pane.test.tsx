import { screen, waitFor, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw/http';
import { createMockServer } from '../../../../../mocks/index.ts';
import type { MachineDocument, RuleDetail } from '../../../../model/index.ts';
import { ruleDetail } from '../../../../model/index.ts';
import { createQueryClient } from '../../../api/index.ts';
import { useToasts } from '../../../state/index.ts';
import { ArmedPane } from './armed-pane.tsx';

const { server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => { server.resetHandlers(); useToasts.setState({ toasts: [] }); });
afterAll(() => server.close());

async function netRule(): Promise<RuleDetail & { readonly document: MachineDocument }> {
  const { rules } = await (await fetch(new URL('/api/v1/rules', location.origin))).json() as { rules: { id: string; name: string }[] };
  const id = rules.find(({ name }) => name === 'checkout-queue-stuck')?.id ?? '';
  const detail = ruleDetail.parse(await (await fetch(new URL(`/api/v1/rules/${id}`, location.origin))).json());
  if (detail.document.kind !== 'state-machine') throw new Error('not a net');
  return { ...detail, document: detail.document };
}

async function show(change: (document: MachineDocument) => MachineDocument = document => document) {
  const rule = await netRule();
  const onEdit = vi.fn();
  const pane = <ArmedPane rule={rule} document={change(rule.document)} onEdit={onEdit} />;
  const router = createRouter({ routeTree: createRootRoute({ component: () => pane }), history: createMemoryHistory() });
  render(<QueryClientProvider client={createQueryClient()}><RouterProvider router={router as never} /></QueryClientProvider>);
  await screen.findByRole('table', { name: 'Machines' });
  return { onEdit, user: userEvent.setup() };
}

describe('an armed net', () => {
  it('shows its machines, those away from the first state first, with what each waits for', async () => {
    const { user } = await show();
    const rows = () => within(screen.getByRole('table', { name: 'Machines' })).getAllByRole('row').slice(1);
    expect(rows().slice(0, 2).map(row => row.textContent).join(' ')).toMatch(/of 5 → stuck.*or idle in 3\d s/);
    await user.click(screen.getByRole('radio', { name: 'Not idle 2' }));
    expect(rows()).toHaveLength(2);
  });

  it('says in words why not', async () => {
    await show();
    expect(screen.getByText(/^asked [\d,]+ times: true 31, false [\d,]+, missing value 107$/)).toBeTruthy();
  });

  it('tells what happened, what was held back, and when an action may start again', async () => {
    const runs = await (await fetch(new URL('/api/v1/actions', location.origin))).json() as { actions: { id: string }[] };
    server.use(http.get('*/api/v1/actions', () => HttpResponse.json({ ...runs, actions: runs.actions.map(run => ({ ...run, ...(run.id === 'run-5' && { incident: 'incident-142' }) })) })));
    const { user } = await show();
    await user.click(screen.getByRole('tab', { name: 'Firings' }));
    expect(await screen.findByText(/memory-dump not run: it ran 9 m 11 s ago/)).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Run' })[0]?.getAttribute('href')).toContain('action=run-5');
    expect((await screen.findByRole('link', { name: 'Incident' })).getAttribute('href')).toContain('/incidents/incident-142');
    await user.click(screen.getByRole('tab', { name: 'Limits' }));
    const limits = await screen.findByRole('region', { name: 'Limits on shop-1' });
    expect(limits.textContent).toMatch(/3 of 5.*cpu-sample.*left/);
    expect(within(screen.getByRole('region', { name: 'Limits on shop-2' })).getByText('Every action may start now.')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'Records' }));
    expect((await screen.findAllByText(/QueueDepth queue\.name=orders/)).length).toBeGreaterThan(0);
  });

  it('adopts a measured bound by an edit of the text, once a guard asks for it', async () => {
    const { user, onEdit } = await show(document => ({ ...document, train: { depth: 'p99 over 7d by ServiceName' }, states: { ...document.states, idle: { on: [{ when: 'toint(Attributes.depth) > trained("depth", 200)', to: 'growing' }] } } }));
    await user.click(screen.getByRole('tab', { name: 'Measured bounds' }));
    expect((await screen.findByRole('region', { name: 'Measured bound depth' })).textContent).toMatch(/written: 200/);
    await user.click(screen.getByRole('button', { name: 'Adopt' }));
    expect(onEdit).toHaveBeenCalledWith([{ path: ['train', 'depth'], value: 'p99 over 7d by ServiceName adopted' }]);
    await waitFor(() => expect(useToasts.getState().toasts[0]?.detail).toBe('Save and deploy to arm it.'));
  });

  it('says why a bound cannot be adopted', async () => {
    const { user, onEdit } = await show(document => ({ ...document, states: { idle: { on: [{ when: 'EventName == "x"', to: 'idle' }] } } }));
    await user.click(screen.getByRole('tab', { name: 'Measured bounds' }));
    await user.click(await screen.findByRole('button', { name: 'Adopt' }));
    expect(onEdit).not.toHaveBeenCalled();
    expect(screen.getByText(/No guard asks for it/)).toBeTruthy();
  });
});
