// The heap view over the mock backend, with the worker's own code in place of the worker.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer, madeHeap, problem } from '../../../../mocks/index.ts';
import type { Artifact } from '../../../model/index.ts';
import { drawnSnapshot } from '../../../heap/testing/drawn-snapshot.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { HeapTestWorker } from '../../workers/heap/testing/in-process.ts';

const { backend, server } = createMockServer();
/** Small enough to be read in a moment, large enough for a suspect. */
const [before, after] = [madeHeap({ sessions: 61, sockets: 2 }), madeHeap({ sessions: 1200, sockets: 30 })];
// jsdom's files have no streams.
beforeAll(() => { Blob.prototype.stream ??= function stream(this: Blob) { const whole = this.arrayBuffer(); return new ReadableStream({ start: async out => { out.enqueue(new Uint8Array(await whole)); out.close(); } }) as ReturnType<Blob['stream']>; };
  Element.prototype.hasPointerCapture ??= () => false; Element.prototype.scrollIntoView ??= () => undefined; server.listen({ onUnhandledFrame: 'error' }); vi.stubGlobal('Worker', HeapTestWorker); });
afterEach(() => server.resetHandlers());
afterAll(() => { vi.unstubAllGlobals(); server.close(); });

const slow = { timeout: 20_000 };
const kept = async (name: string) => { await backend.ready; return backend.artifacts.kept.find(({ artifact }) => artifact.name === name)!; };
async function openAt(more = '') {
  const [shown, earlier] = [await kept('checkout-14-01.heapsnapshot'), await kept('checkout-13-24.heapsnapshot')];
  shown.read = () => after;
  earlier.read = () => before;
  const opened = renderConsole(`/dumps/heap?artifact=${shown.artifact.id}${more.replace('EARLIER', earlier.artifact.id)}`);
  await screen.findByRole('treegrid', { name: /Constructors|What changed|Dominator|Containment|Strings|Duplicate/ }, slow);
  return { ...opened, id: shown.artifact.id };
}
const drop = (file: File) => { const event = new Event('drop', { bubbles: true, cancelable: true }); Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] } }); fireEvent(document.querySelector('.drop-zone')!, event); };
const suspects = () => screen.getByRole('region', { name: 'Leak suspects' });
const object = (name: string | RegExp) => screen.findByRole('region', { name }, slow);

describe('the list', () => {
  it('has the snapshots of the server and opens one by keyboard; Dumps stays marked', async () => {
    const { user, history } = renderConsole('/dumps/heap');
    const row = await screen.findByRole('row', { name: 'Heap snapshot checkout-13-24.heapsnapshot' });
    row.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(history.location.search).toContain('artifact='));
    expect(screen.getByRole('link', { name: /^Dumps/ }).getAttribute('aria-current')).toBe('page');
  });
  it('says how to get one when there is none', async () => {
    server.use(http.get('*/api/v1/artifacts', () => HttpResponse.json({ artifacts: [], more: 0, quota: { usedBytes: 0, maxBytes: 10, count: 0, keptDays: 30 } })));
    renderConsole('/dumps/heap');
    expect(await screen.findByText('No heap snapshot was taken yet')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Take a memory dump' })[0]?.getAttribute('href')).toContain('run=memory-dump');
  });
});

describe('an open snapshot', () => {
  it('begins with its suspects in words, and looks at the first: the way to a root, and where to cut it', async () => {
    await openAt();
    const first = await within(suspects()).findByRole('button', { name: /One Map retained by sessionCache holds \d\d % of the heap in 1,200 entries\./ }, slow);
    const pane = await object('Object @25');
    await waitFor(() => expect(first.getAttribute('aria-pressed')).toBe('true'));
    const steps = within(await within(pane).findByRole('list', { name: 'From a root to the object' }, slow)).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([expect.stringContaining('Root'), expect.stringContaining('global'), expect.stringContaining('rememberSession'), expect.stringContaining('context'), expect.stringMatching(/sessionCache.*Map.*this object/)]);
    expect(pane.textContent).toMatch(/Cut here: when sessionCache → Map lets go of what it holds, .* MiB can go/);
    expect(screen.getByText(/cost: paused 610 ms, estimated 560 ms/)).toBeTruthy();
  });

  it('is a tree walked by keys; what is chosen is in the address', async () => {
    const { user, history } = await openAt();
    const grid = screen.getByRole('treegrid', { name: 'Constructors' });
    const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    await within(grid).findByRole('row', { name: /CartSession/ }, slow);
    grid.focus();
    await user.keyboard('{End}');
    await waitFor(() => expect(active()?.textContent).toContain('(system)'));
    await user.click(within(grid).getByRole('row', { name: /^CartSession/ }));
    await waitFor(() => expect(history.location.search).toMatch(/node=\d{6}/));
    const pane = await object(/^Object @1\d{5}$/);
    expect(await within(pane).findByText('One of 1,200', {}, slow)).toBeTruthy();
    grid.focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(active()?.getAttribute('aria-expanded')).toBe('true'));
    expect((await within(grid).findAllByRole('row', { name: /CartSession ?@1/ }, slow)).length).toBeGreaterThan(5);
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(active()?.getAttribute('aria-level')).toBe('2'));
    expect(active()?.getAttribute('aria-setsize')).toBe('1200');
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(active()?.getAttribute('aria-level')).toBe('1'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(active()?.getAttribute('aria-expanded')).toBe('false'));
  });

  it('finds constructors and ids, and filters by size', async () => {
    const { user, history } = await openAt('&least=262144');
    const grid = () => screen.getByRole('treegrid', { name: 'Constructors' });
    await within(grid()).findByRole('row', { name: /^CartLine/ }, slow);
    expect(within(grid()).queryByRole('row', { name: /^\(system\)/ })).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Find a constructor or an id' }), 'cartses{Enter}');
    await waitFor(() => expect(within(grid()).getAllByRole('row')).toHaveLength(2));
    await user.clear(screen.getByRole('textbox', { name: 'Find a constructor or an id' }));
    await user.type(screen.getByRole('textbox', { name: 'Find a constructor or an id' }), '@99999{Enter}');
    expect(await screen.findByText('No object has the id @99999', {}, slow)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await within(grid()).findByRole('row', { name: /^\(system\)/ }, slow);
    expect(history.location.search).not.toContain('find=');
  });

  it('goes from an object to what it refers to and to who holds it', async () => {
    const { user, history } = await openAt('&node=25');
    const pane = await object('Object @25');
    const fields = await within(pane).findByRole('treegrid', { name: /^Fields/ }, slow);
    await user.dblClick(await within(fields).findByRole('row', { name: /table/ }, slow));
    await object('Object @27');
    expect(history.location.search).toContain('node=27');
    await user.click(screen.getByRole('radio', { name: /^Held by/ }));
    expect(await within(await screen.findByRole('treegrid', { name: /^Held by/ }, slow)).findByRole('row', { name: /table.*in.*Map ?@25/ }, slow)).toBeTruthy();
  });

  it('shows strings only after a person asked and the audit has it', async () => {
    const { user, id } = await openAt('&view=duplicates');
    const grid = screen.getByRole('treegrid', { name: 'Duplicate strings' });
    await within(grid).findByText('4,800', {}, slow);
    expect(document.body.textContent).not.toContain('eu-west');
    await user.click(await screen.findByRole('button', { name: 'Show strings…' }, slow));
    expect(screen.getByRole('dialog').textContent).toContain('are written to the audit');
    await user.click(screen.getByRole('button', { name: /^Cancel/ }));
    expect(backend.artifacts.reveals).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Show strings…' }));
    await user.click(screen.getByRole('button', { name: 'Show strings' }));
    await waitFor(() => expect(screen.getByRole('treegrid', { name: 'Duplicate strings' }).textContent).toContain('"eu-west"'), slow);
    expect(backend.artifacts.reveals).toEqual([id]);
    await user.click(await screen.findByRole('button', { name: 'Mask strings' }, slow));
    await waitFor(() => expect(document.body.textContent).not.toContain('eu-west'), slow);
  });

  it('keeps them masked when the server refuses', async () => {
    server.use(http.post('*/api/v1/artifacts/:id/reveal', () => problem(403, 'auth.forbidden', 'You may not look at values.', 'Ask the privacy officer.')));
    const { user } = await openAt();
    await user.click(await screen.findByRole('button', { name: 'Show strings…' }, slow));
    await user.click(screen.getByRole('button', { name: 'Show strings' }));
    expect(await screen.findByText(/^Strings stay masked/, {}, slow)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show strings…' })).toBeTruthy();
  });

  it.each(['summary', 'dominators', 'containment', 'strings'])('has no barrier that axe finds: %s', async view => {
    const { container } = await openAt(`&view=${view}&node=25`);
    await within(await object('Object @25')).findByRole('list', { name: 'From a root to the object' }, slow);
    const { violations } = await axe.run(container.querySelector('main') ?? container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
});

describe('a comparison', () => {
  it('is with one of the same process first; tells what came and what each class held', async () => {
    const { user, history } = await openAt();
    await user.click(screen.getByRole('button', { name: /^Compare with ?another/ }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).getByText('Of the same process')).toBeTruthy();
    await user.click(within(menu).getAllByRole('menuitemcheckbox')[0]!);
    await waitFor(() => expect(history.location.search).toContain('compare='));
    expect(await screen.findByText(/by comparing the two snapshots/, {}, slow)).toBeTruthy();
    const row = await screen.findByRole('row', { name: /^CartSession/ }, slow);
    await waitFor(() => expect(row.textContent).toContain('+1,139'), slow);
    await user.click(screen.getByRole('radio', { name: 'Comparison' }));
    const changed = await screen.findByRole('treegrid', { name: /^What changed/ }, slow);
    expect((await within(changed).findByRole('row', { name: /^Socket/ }, slow)).textContent).toContain('+28');
    await user.click(screen.getByRole('button', { name: 'End the comparison' }));
    await waitFor(() => expect(history.location.search).not.toMatch(/compare=|view=/));
  });
  it('with one of another process says that only counts compare, and shows no more', async () => {
    const { user } = await openAt();
    drop(new File([drawnSnapshot([{ type: 'synthetic', name: '', edges: Array.from({ length: 40 }, (_, i) => ['element', i, i + 1] as const) }, ...Array.from({ length: 40 }, () => ({ name: 'Elsewhere' }))])], 'other.heapsnapshot'));
    await screen.findByRole('row', { name: /^Elsewhere/ }, slow);
    await user.click(screen.getByRole('button', { name: /^Compare with ?another/ }));
    await user.click(within(await screen.findByRole('menu')).getAllByRole('menuitemcheckbox')[0]!);
    expect(await screen.findByText(/V8 numbered the objects of these two anew/, {}, slow)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Comparison' }));
    const changed = await screen.findByRole('treegrid', { name: /^What changed/ }, slow);
    const row = await within(changed).findByRole('row', { name: /^Elsewhere/ }, slow);
    expect([row.textContent, row.getAttribute('aria-expanded')]).toEqual([expect.stringContaining('+40'), null]);
    expect(within(changed).getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Constructor', 'More objects', 'More bytes']);
  });
  it('marks those of other processes in the menu', async () => {
    const earlier = await kept('checkout-13-24.heapsnapshot') as { artifact: Artifact };
    const { artifact } = earlier;
    earlier.artifact = { ...artifact, process: { ...artifact.process!, pid: artifact.process!.pid + 1 } };
    const { user } = await openAt('&compare=EARLIER');
    expect(await screen.findByRole('button', { name: /^Compared with.*another process/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Compared with/ }));
    expect(within(await screen.findByRole('menu')).getByText('Of other processes: only counts of classes compare')).toBeTruthy();
    earlier.artifact = artifact;
  });
  it('says what to do when there is none yet', async () => {
    renderConsole(`/dumps/heap?artifact=${(await kept('checkout-13-24.heapsnapshot')).artifact.id}&view=comparison`);
    expect(await screen.findByText('There is nothing to compare with yet', {}, slow)).toBeTruthy();
  });
});

describe('a file of this machine', () => {
  it('opens at once without the server, shows strings without the audit, and is kept when a person wants that', async () => {
    const { user, history } = renderConsole('/dumps/heap');
    await screen.findByRole('row', { name: /checkout-13-24/ });
    const [count, looks] = [backend.artifacts.kept.length, backend.artifacts.reveals.length];
    drop(new File([before.slice()], 'mine.heapsnapshot'));
    await screen.findByRole('treegrid', { name: 'Constructors' }, slow);
    expect(history.location.search).toContain('local=mine.heapsnapshot');
    await user.click(await screen.findByRole('row', { name: /^CartSession/ }, slow));
    await user.click(await screen.findByRole('button', { name: 'Show strings…' }, slow));
    expect(screen.getByRole('dialog').textContent).toContain('nothing is written down');
    await user.click(screen.getByRole('button', { name: 'Show strings' }));
    expect(await screen.findByText('strings are shown in this tab')).toBeTruthy();
    expect([backend.artifacts.kept.length, backend.artifacts.reveals.length]).toEqual([count, looks]);
    await user.click(screen.getByRole('button', { name: 'Keep as an artifact' }));
    await waitFor(() => expect(history.location.search).toContain('artifact='), slow);
  });
  it('that is no snapshot is said, with what else can be done', async () => {
    renderConsole('/dumps/heap');
    await screen.findByRole('row', { name: /checkout-13-24/ });
    drop(new File(['%PDF-1.7'], 'paper.pdf'));
    const said = await screen.findByRole('alert');
    expect(said.textContent).toContain('paper.pdf cannot be shown');
    expect(within(said).getByRole('button', { name: 'Bring it as an artifact' })).toBeTruthy();
  });
  it('has to be opened again after a reload', async () => {
    renderConsole('/dumps/heap?local=gone.heapsnapshot');
    expect(await screen.findByText('gone.heapsnapshot has to be opened again')).toBeTruthy();
  });
});

it('an artifact that is on its way is not opened', async () => {
  const coming = await kept('checkout.heapsnapshot');
  renderConsole(`/dumps/heap?artifact=${coming.artifact.id}`);
  expect(await screen.findByText('It opens as soon as it is whole.')).toBeTruthy();
});
