import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useToasts } from '../../../state/index.ts';
import { FakeServer, ruleDetail } from '../testing/fakes.ts';
import { renderRules } from '../testing/render.tsx';

vi.mock('../../../ui/charts/engine.ts', () => ({ init: () => ({ setOption() {}, resize() {}, dispose() {} }) }));
afterEach(() => { cleanup(); vi.unstubAllGlobals(); useToasts.setState({ toasts: [] }); });

const effect = { matchedPerSecond: 431, removedPerSecond: 430, emittedPerSecond: 2, cpuShare: 0.0042, outBeforePerSecond: 2311, outAfterPerSecond: 1881, matched: 9, removed: 9, changed: 0, emitted: 1, errors: 0, lastError: null };
const running = () => ruleDetail('drop-cart', { state: 'deployed', deployedVersion: 1, latestVersion: 2, appliedAgents: 1, targetAgents: 1, effect });

describe('the rules list', () => {
  it('says how to fill an empty list', async () => {
    renderRules('/rules');
    expect(await screen.findByText('No rule yet')).toBeTruthy();
  });

  it('shows reach, rates, cost, and that a newer version waits', async () => {
    renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug')) });
    const row = await screen.findByRole('row', { name: 'drop-cart, deployed' });
    for (const text of ['1 of 1', '431', '430', '0.42 %', 'v2 newer']) expect(row.textContent).toContain(text);
    expect(screen.getByText('1 rule deployed, 430/s removed')).toBeTruthy();
    expect(screen.getByRole('row', { name: 'quiet-debug, draft' }).textContent).not.toContain('431');
  });

  it('keeps filters in the address', async () => {
    const { router } = renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug')) });
    await userEvent.click(await screen.findByRole('radio', { name: 'Deployed' }));
    await waitFor(() => expect(screen.queryByText('quiet-debug')).toBeNull());
    expect(router.state.location.search).toEqual({ state: 'deployed' });
  });

  it('disables from the row and offers to undo it', async () => {
    const { server } = renderRules('/rules', { server: new FakeServer().add(running()) });
    await userEvent.click(await screen.findByRole('button', { name: 'Actions of drop-cart' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Disable/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/id-drop-cart/disable', 'POST /rules/id-drop-cart/deploy']));
  });

  it('names what stops before it deletes', async () => {
    const { server } = renderRules('/rules', { server: new FakeServer().add(running()) });
    await userEvent.click(await screen.findByRole('button', { name: 'Actions of drop-cart' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Delete/ }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('It stops on 1 agent at once');
    expect(server.calls).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(server.calls).toEqual(['DELETE /rules/id-drop-cart?force=true']));
  });

  it('starts a rule from a template about the busiest event', async () => {
    const { router } = renderRules('/rules');
    await userEvent.click((await screen.findAllByRole('button', { name: 'New rule' }))[0]!);
    await userEvent.click(await screen.findByRole('menuitem', { name: /Drop a noisy event/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/rules/new'));
    expect(router.state.location.search).toMatchObject({ name: 'drop-cart-item-added', kql: expect.stringContaining('"CartItemAdded"') });
  });
});
