// The Profiles view over the mock backend, with the worker's own code in place of the worker.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer, madeCpuProfile } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { ProfileTestWorker } from '../../workers/profile/testing/in-process.ts';

const { backend, server } = createMockServer();
// jsdom's files have no streams.
beforeAll(() => { Blob.prototype.stream ??= function stream(this: Blob) { const whole = this.arrayBuffer(); return new ReadableStream({ start: async out => { out.enqueue(new Uint8Array(await whole)); out.close(); } }) as ReturnType<Blob['stream']>; }; });
beforeAll(() => { Element.prototype.hasPointerCapture ??= () => false; server.listen({ onUnhandledFrame: 'error' }); vi.stubGlobal('Worker', ProfileTestWorker); });
afterEach(() => server.resetHandlers());
afterAll(() => { vi.unstubAllGlobals(); server.close(); });

const idOf = async (name: string) => { await backend.ready; return backend.artifacts.kept.find(({ artifact }) => artifact.name === name)?.artifact.id ?? ''; };
const openAt = async (more = '') => { const opened = renderConsole(`/profiles?artifact=${await idOf('checkout.cpuprofile')}${more}`); await screen.findByRole('table', { name: 'Functions' }); return opened; };
const side = (name: string) => screen.findByRole('region', { name: `Function ${name}` });

describe('the list', () => {
  it('has the profiles of the server, and opens one by keyboard', async () => {
    const { user, history } = renderConsole('/profiles');
    const row = await screen.findByRole('row', { name: 'CPU profile checkout.cpuprofile' });
    expect(screen.queryByRole('row', { name: /ss.txt/ })).toBeNull();
    row.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('tree', { name: /Flame graph of checkout.cpuprofile/ })).toBeTruthy();
    expect(history.location.search).toContain('artifact=');
  });
  it('says how to get one when there is none', async () => {
    server.use(http.get('*/api/v1/artifacts', () => HttpResponse.json({ artifacts: [], more: 0, quota: { usedBytes: 0, maxBytes: 10, count: 0, keptDays: 30 } })));
    renderConsole('/profiles');
    expect(await screen.findByText('No profile was taken yet')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Take a CPU sample' })[0]?.getAttribute('href')).toContain('run=cpu-sample');
  });
});

describe('an open profile', () => {
  it('leads to the hottest function with shares, samples, how sure they are, its lines and what was around', async () => {
    await openAt();
    const pane = await side('hanoi');
    expect(pane.textContent).toMatch(/Self\d+\.\d %/);
    expect(pane.textContent).toMatch(/Sure to ± 1\.\d points \(95 %, from the sample count\)/);
    expect(within(await within(pane).findByRole('region', { name: 'Lines' })).getAllByRole('link', { name: /Records from line/ })[0]?.getAttribute('href')).toContain('/tail?q=');
    expect(await within(pane).findByRole('link', { name: 'checkout-verbose.weirrec' })).toBeTruthy();
    expect(within(pane).getByRole('link', { name: /^Tail, / }).getAttribute('href')).toContain('ServiceName');
    expect(within(pane).getByRole('link', { name: /Records from this file/ }).getAttribute('href')).toContain('Timestamp');
    expect(within(pane).getByRole('link', { name: /^Add a probe here/ }).getAttribute('href')).toMatch(/^\/probes\/new\?file=.*&line=\d+/);
    const sandwich = screen.getByRole('region', { name: 'Sandwich' });
    expect(await within(sandwich).findByText('recursion, 6 deep')).toBeTruthy();
    expect(within(sandwich).getByRole('button', { name: /bestBundle/ })).toBeTruthy();
  });

  it('keeps everything in the address: view, search, folding, what is chosen, hidden and focused', async () => {
    const { user, history } = await openAt();
    await user.click(screen.getByRole('row', { name: /^writev, / }));
    await side('writev');
    await user.type(screen.getByRole('textbox', { name: 'Find functions by a pattern' }), 'hanoi|price');
    expect(await screen.findByText('of the whole is in functions that were found', { exact: false })).toBeTruthy();
    await waitFor(() => expect(history.location.search).toContain('find='));
    await user.click(screen.getByRole('button', { name: 'Fold recursion' }));
    await user.click(screen.getByRole('button', { name: 'Focus' }));
    await waitFor(() => expect(screen.getByText('on', { exact: false, selector: '.prof-caption button' }).textContent).toBe('from writev on'));
    await user.click(screen.getByRole('button', { name: 'Hide package' }));
    const { search } = history.location;
    for (const key of ['folded', 'focus', 'hidden', 'at', 'find']) expect(search).toContain(`${key}=`);
  });

  it('says when nothing is left, and shows all again', async () => {
    const { user } = await openAt('&from=100000&to=200000');
    expect(await screen.findByText('No sample is in this choice')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByRole('tree', { name: /Flame graph/ })).toBeTruthy();
  });

  it('narrows the time by keys, in steps', async () => {
    const { user, history } = await openAt();
    const from = await screen.findByRole('slider', { name: 'Start of the time that is shown' });
    from.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await waitFor(() => expect(history.location.search).toMatch(/from=1\d\d/));
    expect(screen.getByText(/s chosen, 0\.\d\d to 10\./)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'The whole time again' }));
    await waitFor(() => expect(history.location.search).not.toContain('from='));
  });

  it('is a table of calls too, walked by keys', async () => {
    const { user, history } = await openAt('&view=tree');
    const grid = await screen.findByRole('treegrid', { name: 'Call tree' });
    const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    await waitFor(() => expect([active()?.textContent?.startsWith('hanoi'), active()?.getAttribute('aria-level')]).toEqual([true, '9']));
    grid.focus();
    await user.keyboard('{ArrowUp}');
    await waitFor(() => expect(active()?.textContent).toContain('bestBundle'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(active()?.getAttribute('aria-expanded')).toBe('false'));
    await user.keyboard('{Home}');
    await waitFor(() => expect(active()?.textContent).toContain('processTicksAndRejections'));
    expect(await side('processTicksAndRejections')).toBeTruthy();
    expect(history.location.search).toContain('at=');
  });

  it('refuses a pattern that is none in words, and goes on', async () => {
    const { user } = await openAt();
    await user.type(screen.getByRole('textbox', { name: 'Find functions by a pattern' }), '(');
    expect(await screen.findByText(/The pattern cannot be read/)).toBeTruthy();
    expect(screen.getByRole('tree', { name: /Flame graph/ })).toBeTruthy();
  });

  it.each(['flame', 'tree', 'sandwich'])('has no barrier that axe finds: %s', async view => {
    const { container } = await openAt(`&view=${view}`);
    await screen.findByText('recursion, 6 deep');
    const { violations } = await axe.run(container.querySelector('main') ?? container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});

describe('a comparison', () => {
  it('is two clicks away, for the previous one and for a sibling, and says what is new', async () => {
    const { user, history } = await openAt();
    await user.click(await screen.findByRole('button', { name: 'Compare' }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText(/^healthy sibling, pid \d+/)).toBeTruthy();
    await user.click(within(menu).getAllByRole('menuitemcheckbox')[0]!);
    expect(history.location.search).toContain('against=');
    expect(await screen.findByRole('tree', { name: /compared$/ })).toBeTruthy();
    expect((await side('hanoi')).textContent).toMatch(/\+ \d+\.\d points against .*; absent before/);
    await user.click(screen.getByRole('button', { name: 'End the comparison' }));
    await waitFor(() => expect(history.location.search).not.toContain('against='));
  });
});

describe('a file of this machine', () => {
  const drop = (file: File) => { const event = new Event('drop', { bubbles: true, cancelable: true }); Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] } }); fireEvent(document.querySelector('.prof-drop')!, event); };
  it('opens at once without the server, and is kept when a person wants that', async () => {
    const { user, history } = renderConsole('/profiles');
    await screen.findByRole('row', { name: 'CPU profile checkout.cpuprofile' });
    const before = backend.artifacts.kept.length;
    drop(new File([madeCpuProfile({ hot: true, seconds: 1, startUnixMs: 0, seed: 7 }).slice()], 'mine.cpuprofile'));
    expect(await screen.findByRole('tree', { name: /mine.cpuprofile/ })).toBeTruthy();
    expect(history.location.search).toContain('local=mine.cpuprofile');
    expect(backend.artifacts.kept).toHaveLength(before);
    await user.click(screen.getByRole('button', { name: 'Keep as an artifact' }));
    await waitFor(() => expect(history.location.search).toContain('artifact='));
    expect(backend.artifacts.kept).toHaveLength(before + 1);
  });
  it('in which the process stood still keeps its weights, and says which of them nobody sampled', async () => {
    renderConsole('/profiles');
    await screen.findByRole('row', { name: 'CPU profile checkout.cpuprofile' });
    const nodes = ['(root)', 'busy', 'blink'].map((functionName, at) => ({ id: at + 1, callFrame: { functionName, url: '', lineNumber: -1, columnNumber: -1, scriptId: '0' }, ...(at === 0 && { children: [2, 3] }) }));
    const timeDeltas = Array.from({ length: 101 }, (_, row) => (row === 0 ? 0 : row === 51 ? 900_000 : 1000));
    drop(new File([JSON.stringify({ nodes, startTime: 0, endTime: 999_000, samples: timeDeltas.map((_, row) => (row === 50 ? 3 : 2)), timeDeltas })], 'stood.cpuprofile'));
    expect((await screen.findByRole('row', { name: /^blink, 90\.1 % self/ })).textContent).toContain('gaps');
    expect(screen.getByRole('row', { name: /^busy, / }).textContent).not.toContain('gaps');
    expect(screen.getByText('899 ms that nobody sampled, in 1 gap, counted to the sample before it')).toBeTruthy();
    expect(screen.getByText(/one every 1 ms/)).toBeTruthy();
  });
  it('that is no profile is said, with what else can be done', async () => {
    renderConsole('/profiles');
    await screen.findByRole('row', { name: 'CPU profile checkout.cpuprofile' });
    drop(new File(['%PDF-1.7'], 'paper.pdf'));
    const said = await screen.findByRole('alert');
    expect(said.textContent).toContain('paper.pdf cannot be shown');
    expect(within(said).getByRole('button', { name: 'Bring it as an artifact' })).toBeTruthy();
  });
  it('has to be opened again after a reload', async () => {
    renderConsole('/profiles?local=gone.cpuprofile');
    expect(await screen.findByText('gone.cpuprofile has to be opened again')).toBeTruthy();
  });
});

it('the list is narrowed by kind, service and words, and says of how many', async () => {
  const { user, history } = renderConsole('/profiles?kind=cpu-profile');
  await screen.findByRole('row', { name: 'CPU profile checkout.cpuprofile' });
  expect(screen.queryByRole('row', { name: /^Heap profile/ })).toBeNull();
  await user.type(screen.getByRole('textbox', { name: 'Find profiles' }), 'no such profile');
  expect(await screen.findByText('No profile is like that')).toBeTruthy();
  await user.click(screen.getAllByRole('button', { name: 'Show all' })[0]!);
  expect((await screen.findAllByRole('row', { name: /^Heap profile/ })).length).toBeGreaterThan(0);
  expect(history.location.search).not.toContain('kind=');
});

it('an artifact that is not whole is not opened', async () => {
  renderConsole(`/profiles?artifact=${await idOf('cart.heapprofile')}`);
  expect(await screen.findByText('cart.heapprofile is damaged')).toBeTruthy();
});
