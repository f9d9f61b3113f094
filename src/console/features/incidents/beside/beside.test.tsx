// Artifacts of an incident beside each other, over the mock backend, with the workers' own code in place of the workers.
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer } from '../../../../../mocks/index.ts';
import { renderConsole } from '../../../../../mocks/console/index.ts';
import { HeapTestWorker } from '../../../workers/heap/testing/in-process.ts';
import { servePackets } from '../../../workers/packets/index.ts';
import { ProfileTestWorker } from '../../../workers/profile/testing/in-process.ts';
import { TailTestWorker } from '../../../workers/tail/testing/in-process.ts';

const { backend, server } = createMockServer();
class PacketsTestWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  readonly #serve = servePackets(data => this.onmessage?.({ data }));
  postMessage(message: Parameters<ReturnType<typeof servePackets>>[0]) { void this.#serve(message); }
  terminate() { /* it holds nothing else */ }
}
const workers: Readonly<Record<string, new () => object>> = { profile: ProfileTestWorker, heap: HeapTestWorker, packets: PacketsTestWorker, 'visited tail': TailTestWorker };
class Silent { postMessage() { /* nobody listens */ } terminate() { /* nothing runs */ } }
/** By the name that the client gives its worker. */
const WorkerByName = function WorkerByName(_: URL, { name = '' }: { readonly name?: string } = {}) { return new (workers[name] ?? Silent)(); };

/** jsdom measures nothing, and a list draws only what has room. */
const room = vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);

beforeAll(() => { vi.stubGlobal('Worker', WorkerByName); server.listen({ onUnhandledFrame: 'error' }); });
afterAll(() => { room.mockRestore(); vi.unstubAllGlobals(); server.close(); });

const idOf = async (name: string) => { await backend.ready; return backend.artifacts.kept.find(({ artifact }) => artifact.name === name)?.artifact; };
const pane = (side: 'left' | 'right') => screen.findByRole('region', { name: new RegExp(`^On the ${side}`) });

describe('an incident', () => {
  it('opens with its CPU profile on the left and the records on the right', async () => {
    const { container } = renderConsole('/incidents/incident-142');
    const left = await pane('left');
    expect(within(left).getByRole('heading').textContent).toBe('checkout.cpuprofile');
    expect(await within(left).findByRole('tree', { name: /Flame graph of checkout.cpuprofile, [\d,]+ samples/ })).toBeTruthy();
    await waitFor(() => expect(within(left).getByRole('status').textContent).toMatch(/^hanoi \d+\.\d % total, [\d,]+ samples, [\d,]+ of them idle$/));
    expect(within(left).getByRole('link', { name: /hanoi\.ts:\d+/ }).getAttribute('href')).toContain('/profiles?artifact=');
    const right = await pane('right');
    const records = await within(right).findByRole('listbox', { name: /Records of checkout-verbose/ });
    await waitFor(() => expect(within(right).getByRole('status').textContent).toMatch(/, 530 records, none left out$/));
    expect(within(right).getByRole('link', { name: 'Open in Tail' }).getAttribute('href')).toMatch(/^\/tail\?recording=/);
    await waitFor(() => expect(within(records).getAllByRole('option').length).toBeGreaterThan(5));
    expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map(({ id }) => id)).toEqual([]);
  });

  it('takes others by the buttons of the artifacts, keeps them in the address, and closes them', async () => {
    const { history, user } = renderConsole('/incidents/incident-142');
    const state = await idOf('checkout-state.json');
    await user.click(await screen.findByRole('button', { name: 'checkout-state.json on the left' }));
    await waitFor(() => expect(history.location.search).toContain(`left=${state?.id}`));
    expect(await within(await pane('left')).findByText(/eventLoop/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'checkout-verbose.weirrec on the left' }));
    await waitFor(() => expect(history.location.search).toContain('right=none'));
    expect(within(await pane('left')).getByRole('heading').textContent).toBe('checkout-verbose.weirrec');
    await user.click(within(await pane('left')).getByRole('button', { name: 'Close checkout-verbose.weirrec on the left' }));
    expect(await screen.findByRole('region', { name: 'Timeline in words' })).toBeTruthy();
  });

  it('shows suspects of a heap in words, and what the address names but the incident has not', async () => {
    const heap = await idOf('checkout-14-01.heapsnapshot');
    renderConsole(`/incidents/incident-142?left=${heap?.id}&right=gone`);
    expect((await within(await pane('left')).findByRole('list', { name: 'Suspects' })).textContent).toMatch(/CartSession/);
    expect((await pane('right')).textContent).toContain('This incident has no such artifact');
  });
});

describe('a chosen time', () => {
  it('narrows both, and says plainly when one does not reach there', async () => {
    const profile = await idOf('checkout.cpuprofile');
    const from = profile?.fromUnixMs ?? 0;
    renderConsole(`/incidents/incident-142?from=${from + 7000}&to=${from + 9000}`);
    await waitFor(async () => expect(within(await pane('left')).getByRole('status').textContent).toMatch(/total, 2 s of it, [\d,]+ of [\d,]+ samples, [\d,]+ of them idle$/));
    const right = await pane('right');
    await waitFor(() => expect(within(right).getByRole('status').textContent).toMatch(/, \d+ of 530 records, none left out$/));
    expect(Number(/(\d+) of 530/.exec(within(right).getByRole('status').textContent ?? '')?.[1])).toBeLessThan(530);
    expect(within(right).getByRole('link', { name: 'Open in Tail' }).getAttribute('href')).toContain('Timestamp');
  });

  it('that is before all of it leaves neither', async () => {
    const profile = await idOf('checkout.cpuprofile');
    const from = profile?.fromUnixMs ?? 0;
    renderConsole(`/incidents/incident-142?from=${from - 200_000}&to=${from - 100_000}`);
    expect(await screen.findByText('It was not taken in the chosen time')).toBeTruthy();
    expect(await screen.findByText('No record of the chosen time')).toBeTruthy();
    expect(within(await pane('right')).getByRole('status').textContent).toContain('0 of 530 records');
  });

  it('narrows packets, and says of a state when it was taken', async () => {
    const capture = await idOf('checkout-5432.pcapng');
    const state = await idOf('checkout-state.json');
    backend.artifacts.change(capture?.id ?? '', { rule: 'checkout-queue-stuck' });
    const from = capture?.fromUnixMs ?? 0;
    const { unmount } = renderConsole(`/incidents/incident-142?left=${capture?.id}&right=${state?.id}`);
    const status = async () => within(await pane('left')).getByRole('status').textContent;
    await waitFor(async () => expect(await status()).toMatch(/KiB, [\d,]+ packets/));
    unmount();
    renderConsole(`/incidents/incident-142?left=${capture?.id}&right=${state?.id}&from=${from}&to=${from + 1000}`);
    await waitFor(async () => expect(await status()).toMatch(/KiB, [\d,]+ of [\d,]+ packets/));
    const [, some = '', all = ''] = /([\d,]+) of ([\d,]+) packets/.exec(await status() ?? '') ?? [];
    expect(Number(some.replace(',', ''))).toBeLessThan(Number(all.replace(',', '')));
    expect((await pane('right')).textContent).toMatch(/Taken at .* outside of the chosen time/);
  });
});
