import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDrafts, useToasts } from '../../../state/index.ts';
import { FakeServer, ruleDetail } from '../testing/fakes.ts';
import { renderRules } from '../testing/render.tsx';

vi.mock('../../../ui/charts/engine.ts', () => ({ init: () => ({ setOption() {}, resize() {}, dispose() {} }) }));
afterEach(() => { cleanup(); vi.unstubAllGlobals(); useToasts.setState({ toasts: [] }); useDrafts.setState({ drafts: {} }); });

const effect = { matchedPerSecond: 431, removedPerSecond: 430, emittedPerSecond: 2, cpuShare: 0.0042, fleetInPerSecond: 2311, fleetOutPerSecond: 1881, matched: 9, removed: 9, changed: 0, emitted: 1, errors: 0, lastError: null };
const running = () => ruleDetail('drop-cart', { state: 'deployed', deployedVersion: 1, latestVersion: 2, appliedAgents: 1, targetAgents: 1, effect });

describe('the rules list', () => {
  it('says how to fill an empty list', async () => {
    renderRules('/rules');
    expect(await screen.findByText('No rule yet')).toBeTruthy();
  });

  it('shows reach, rates, cost, and that a newer version waits', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
    const server = new FakeServer().add(running(), ruleDetail('quiet-debug'));
    server.fleet = { in: 2311, dropped: 430, emitted: 2, out: 0 };
    renderRules('/rules', { server });
    const row = await screen.findByRole('row', { name: 'drop-cart, deployed' });
    expect(within(screen.getByRole('table', { name: 'Rules' })).queryByText(/before/)).toBeNull();
    for (const text of ['1 of 1', '431', '430', '0.42 %', 'v2 newer']) expect(row.textContent).toContain(text);
    expect(await screen.findByText('1 rule deployed; 2,311/s in, − 430/s removed, + 2/s made, 1,883/s left by the rules')).toBeTruthy();
    expect(screen.getByRole('row', { name: 'quiet-debug, draft' }).textContent).not.toContain('431');
  });

  it('keeps filters in the address', async () => {
    const { router } = renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug')) });
    await userEvent.click(await screen.findByRole('radio', { name: 'Deployed' }));
    await waitFor(() => expect(screen.queryByText('quiet-debug')).toBeNull());
    expect(router.state.location.search).toEqual({ state: 'deployed' });
  });

  it('disables from the row once the blast radius was seen, and offers to undo it', async () => {
    const { server } = renderRules('/rules', { server: new FakeServer().add(running()) });
    await userEvent.click(await screen.findByRole('button', { name: 'Actions of drop-cart' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Disable/ }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Disable drop-cart?' });
    expect(dialog.textContent).toContain('It stops on 1 agent at once, and 430/s that it removes leave again; 2/s that it makes end.');
    expect(server.calls).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
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

  it('says under a row what needs a person, and leads to the rule in the way', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const breach = (agent: string) => ({ agent, kind: 'memory' as const, reason: 'It held 1.9 MiB; its bound is 1 MiB.', at });
    const server = new FakeServer().add(
      ruleDetail('greedy', { state: 'deployed', deployedVersion: 1, mode: 'live', breaches: [breach('cart-1'), breach('cart-2')] }),
      ruleDetail('hidden', { state: 'deployed', deployedVersion: 1, mode: 'live', conflicts: [{ withId: 'id-greedy', withName: 'greedy', level: 'never', message: 'hidden never sees a record: greedy takes them all.' }] }),
      ruleDetail('ending', { state: 'deployed', deployedVersion: 1, mode: 'live', expiresAt: new Date(Date.now() + 600_500).toISOString() }),
      ruleDetail('costly', { state: 'deployed', deployedVersion: 1, mode: 'live', effect: { ...effect, overBudget: 'It takes 6 % of a core; its bound is 5 %.' } }),
    );
    const { router } = renderRules('/rules', { server });
    const table = await screen.findByRole('table', { name: 'Rules' });
    expect(within(table).getByRole('row', { name: 'greedy, turned off' })).toBeTruthy();
    expect(table.textContent).toMatch(/Turned itself off on cart-1 and 1 more .*It held 1.9 MiB; its bound is 1 MiB/);
    expect(table.textContent).toMatch(/Ends by itself in 10 m/);
    expect(table.textContent).toContain('Over its budget: It takes 6 % of a core');
    await userEvent.click(within(table).getByRole('button', { name: 'Open greedy' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/rules/id-greedy'));
  });

  it('says of a shadow what it would do, and not that it did nothing', async () => {
    const would = { removed: 900, changed: 0, emitted: 0, bytesRemoved: 9000, removedPerSecond: 34, changedPerSecond: 0, emittedPerSecond: 0, bytesRemovedPerSecond: 340 };
    renderRules('/rules', { server: new FakeServer().add(ruleDetail('try-it', { state: 'deployed', deployedVersion: 1, mode: 'shadow', effect: { ...effect, removedPerSecond: 0, would } })) });
    const row = await screen.findByRole('row', { name: 'try-it, shadow' });
    expect(row.textContent).toContain('would 34/s');
    expect(within(row).getByText('shadow')).toBeTruthy();
  });

  it('marks a rule that makes nearly as much as it takes, and shows what it makes', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('861'), addEventListener() {}, removeEventListener() {} }));
    renderRules('/rules', { server: new FakeServer().add(ruleDetail('explodes', { state: 'deployed', deployedVersion: 1, mode: 'live', sink: 'to_metric', effect: { ...effect, matched: 3110, emitted: 2960, emittedPerSecond: 276 } })) });
    const table = await screen.findByRole('table', { name: 'Rules' });
    expect(table.textContent).toContain('Makes nearly as much as it takes: 2,960 points of 3,110 records');
    expect(within(table).getByRole('columnheader', { name: 'Makes' })).toBeTruthy();
    expect(screen.getByRole('row', { name: /^explodes/ }).textContent).toContain('276');
  });

  it('finds by name, words and sink, and does not move rows among hidden ones', async () => {
    const { router } = renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug', { sink: 'sample' })) });
    await screen.findByRole('row', { name: /^drop-cart/ });
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a rule' }), 'logs SAMPLE');
    await waitFor(() => expect(screen.queryByRole('row', { name: /^drop-cart/ })).toBeNull());
    expect(router.state.location.search).toEqual({ find: 'logs SAMPLE' });
    expect(screen.getByRole('row', { name: 'quiet-debug, draft' }).getAttribute('draggable')).toBe('false');
  });
});

describe('what is found and what has ended', () => {
  it('searches the texts, too, and says where', async () => {
    const counting = ruleDetail('counting', { sink: 'to_metric' });
    const text = counting.versions[0]!.text.replace('invoke drop()', 'invoke to_metric("cart.items")');
    renderRules('/rules', { server: new FakeServer().add(running(), { ...counting, versions: [{ ...counting.versions[0]!, text }] }) });
    await screen.findByRole('row', { name: /^counting/ });
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a rule' }), 'cart.ITEMS');
    await waitFor(() => expect(screen.queryByRole('row', { name: /^drop-cart/ })).toBeNull());
    expect((await screen.findByText(/^in its text, line \d+:/)).textContent).toContain('| invoke to_metric("cart.items")');
  });

  it('says that a rule expired, and enables it again until another time', async () => {
    const ended = { at: new Date(Date.now() - 3_600_000).toISOString(), by: 'weir', reason: 'expired' as const, version: 1, mode: 'live' as const };
    const { server } = renderRules('/rules', { server: new FakeServer().add(ruleDetail('for-a-day', { state: 'disabled', ended }), ruleDetail('off', { state: 'disabled', ended: { ...ended, reason: 'disabled', by: 'ada' }, conflicts: [{ withId: 'x', withName: 'x', level: 'never', message: 'off never sees a record.' }] })) });
    await screen.findByRole('row', { name: 'for-a-day, expired' });
    expect(screen.getByText(/^Expired at/)).toBeTruthy();
    expect(screen.queryByText(/off never sees a record/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Enable again until…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Enable for-a-day again?' });
    await userEvent.click(within(dialog).getByRole('combobox', { name: 'When it ends' }));
    await userEvent.click(await screen.findByRole('option', { name: 'for 8 hours' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Enable' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/id-for-a-day/versions', 'POST /rules/id-for-a-day/deploy']));
    expect(server.rules.get('id-for-a-day')!.versions.at(-1)!.text).toContain('expires: 8h');
  });
});

describe('the order of rules', () => {
  it('is by id where numbers are equal, and says so', async () => {
    renderRules('/rules', { server: new FakeServer().add(ruleDetail('alpha', { id: 'id-2' }), ruleDetail('beta', { id: 'id-1' })) });
    await screen.findByRole('row', { name: /^beta/ });
    expect(names()).toEqual(['beta, draft', 'alpha, draft']);
    expect(screen.getByText('= same order 100, settled by id: beta runs first, then alpha.')).toBeTruthy();
    expect(screen.getByTitle('Same order as beta: runs last by its id (id-2)')).toBeTruthy();
  });

  it('moves a rule under the hands of somebody who edits it, without touching the edits', async () => {
    const edited = ruleDetail('second', { order: 20 });
    const base = edited.versions[0]!.text.replace('order: 100', 'order: 20');
    const server = three().add({ ...edited, versions: [{ ...edited.versions[0]!, text: base }] });
    useDrafts.setState({ drafts: { 'id-second': { text: base.replace('drop()', 'sample(0.5)'), base, baseVersion: 1, atMs: 0 } } });
    renderRules('/rules', { server });
    await screen.findByRole('row', { name: /^second/ });
    press('second', 'ArrowUp');
    await waitFor(() => expect(useDrafts.getState().drafts['id-second']).toMatchObject({ baseVersion: 2 }));
    const draft = useDrafts.getState().drafts['id-second']!;
    expect(draft.text).toContain('sample(0.5)');
    expect([draft.text, draft.base].map(text => /^order: (\d+)$/m.exec(text)?.[1])).toEqual(['4', '4']);
    expect(draft.text.replace('sample(0.5)', 'drop()')).toBe(draft.base);
  });


  const three = () => new FakeServer().add(ruleDetail('first', { order: 10 }), ruleDetail('second', { order: 20 }), ruleDetail('hide', { order: 500, sink: 'redact' }));
  const names = () => screen.getAllByRole('row').map(row => row.getAttribute('aria-label')).filter(label => label !== null);
  const press = (name: string, key: string) => fireEvent.keyDown(screen.getByRole('row', { name: new RegExp(`^${name},`) }), { key, altKey: true });

  it('is that of running: redaction first, whatever its number', async () => {
    renderRules('/rules', { server: three() });
    await screen.findByRole('row', { name: /^hide/ });
    expect(names()).toEqual(['hide, draft', 'first, draft', 'second, draft']);
    expect(screen.getByRole('row', { name: /^hide/ }).textContent).toContain('first');
  });

  it('changes with Alt and the arrow keys; what cannot be is refused with the reason', async () => {
    const { server } = renderRules('/rules', { server: three() });
    await screen.findByRole('row', { name: /^hide/ });
    press('first', 'ArrowUp');
    expect((await screen.findByText(/Redaction always runs first/)).getAttribute('role')).toBe('status');
    expect(server.calls).toEqual([]);
    press('second', 'ArrowUp');
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/order']));
    expect(await screen.findByText('second now runs before first')).toBeTruthy();
    expect(screen.getByText('Its order is 4, version 2.')).toBeTruthy();
    expect(screen.queryByText(/Redaction always runs first/)).toBeNull();
  });

  it('asks before a move that reaches agents', async () => {
    const { server } = renderRules('/rules', { server: three().add(ruleDetail('live', { order: 30, state: 'deployed', deployedVersion: 1, mode: 'live' })) });
    await screen.findByRole('row', { name: /^live/ });
    press('live', 'ArrowUp');
    const dialog = await screen.findByRole('alertdialog', { name: 'Run live before second?' });
    expect(server.calls).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Move' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/order']));
  });

  it('changes by dragging a row onto another', async () => {
    const { server } = renderRules('/rules', { server: three() });
    const [from, onto] = [await screen.findByRole('row', { name: /^second/ }), screen.getByRole('row', { name: /^first/ })];
    const dataTransfer = { setData: () => undefined, effectAllowed: '' };
    fireEvent.dragStart(from, { dataTransfer });
    fireEvent.dragOver(onto, { dataTransfer, clientY: -1 });
    expect(onto.className).toContain('drop-above');
    fireEvent.drop(onto, { dataTransfer });
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/order']));
  });
});

describe('several rules together', () => {
  it('are deployed in shadow when that is chosen, with what is known of each', async () => {
    const { server } = renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug')) });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all rules' }));
    await userEvent.click(within(screen.getByRole('toolbar', { name: 'Chosen rules' })).getByRole('button', { name: 'Deploy' }));
    const dialog = await screen.findByRole('dialog', { name: 'Deploy 2 rules?' });
    expect(dialog.textContent).toContain('quiet-debug v1');
    expect(dialog.textContent).toContain('Whether it is valid is not known');
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Shadow' }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Deploy in shadow' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/bulk']));
    expect(await screen.findByText('2 rules on the way as shadows')).toBeTruthy();
  });

  it('are chosen by their boxes, and a command says what it touches before it runs', async () => {
    const { server } = renderRules('/rules', { server: new FakeServer().add(running(), ruleDetail('quiet-debug')) });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all rules' }));
    const bar = screen.getByRole('toolbar', { name: 'Chosen rules' });
    expect(bar.textContent).toContain('2 rules chosen');
    expect(within(bar).getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(within(bar).getByRole('button', { name: 'Disable' }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Disable drop-cart?' });
    expect(dialog.textContent).toContain('430/s');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/bulk']));
    expect(dialog.textContent).not.toContain('quiet-debug');
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(server.calls.slice(1)).toEqual(['POST /rules/id-drop-cart/deploy']));
  });
});
