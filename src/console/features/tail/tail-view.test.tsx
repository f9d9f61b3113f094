import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { TailFacet } from '../../workers/tail/index.ts';
import { fakeRecord, fakeTail } from './testing/fake-tail.ts';
import { fieldsBeside } from './list/row.tsx';
import { renderTail } from './testing/render.tsx';

afterEach(cleanup);

const facets: readonly TailFacet[] = [{ field: 'ServiceName', values: [{ value: 'cart', count: 2, selected: true }, { value: 'checkout', count: 1, selected: true }], other: 0 }];

/** The view with `count` records on show. */
async function shown(count = 3, path?: string) {
  const tail = fakeTail(facets);
  tail.add(...Array.from({ length: count }, (_, id) => fakeRecord(id, id === 1 ? { severity: 17, summary: 'token ghp_•••••••• refused' } : {})));
  const view = renderTail(tail, path);
  await screen.findByText(`item ${count - 1} added`);
  const grid = screen.getByRole('grid', { name: /records/i });
  const calls = (name: string) => tail.calls.filter((call) => call.name === name).map((call) => call.args);
  const search = () => view.router.state.location.search as Record<string, unknown>;
  return { ...view, tail, grid, calls, search, keys: (key: string) => fireEvent.keyDown(grid, { key }) };
}

describe('the list', () => {
  it('shows newest first, with severity in words and masks as holes', async () => {
    const { grid } = await shown();
    const rows = within(grid).getAllByRole('row').slice(1);
    expect(rows[0]?.textContent).toContain('item 2 added');
    expect(within(rows[1]!).getByText('ERROR')).toBeTruthy();
    expect(rows[1]?.querySelector('.mask')?.textContent).toContain('••••');
  });

  it('moves with j and k, opens with Enter, closes with Escape', async () => {
    const { grid, keys } = await shown();
    keys('j');
    await waitFor(() => expect(within(grid).getByRole('row', { selected: true }).textContent).toContain('item 2'));
    keys('j'); keys('j'); keys('k');
    await waitFor(() => expect(within(grid).getByRole('row', { selected: true }).textContent).toContain('refused'));
    keys('Enter');
    expect(await screen.findByRole('region', { name: 'Record detail' })).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('grid', { name: /records/i }), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Record detail' })).toBeNull());
  });

  it('takes the focus with a click, and goes on from there by keys', async () => {
    const { grid } = await shown();
    await userEvent.click(within(grid).getByText('item 2 added'));
    expect(await screen.findByRole('region', { name: 'Record detail' })).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('grid', { name: /records/i }));
    fireEvent.keyDown(document.activeElement!, { key: 'j' });
    await waitFor(() => expect(within(grid).getByRole('row', { selected: true }).textContent).toContain('refused'));
  });

  it('takes keys that nothing else has the focus for, and leaves text boxes theirs', async () => {
    const { grid } = await shown();
    fireEvent.keyDown(screen.getByRole('textbox', { name: /filter/i }), { key: 'j' });
    expect(within(grid).queryByRole('row', { selected: true })).toBeNull();
    fireEvent.keyDown(document.body, { key: 'j' });
    await waitFor(() => expect(within(grid).getByRole('row', { selected: true }).textContent).toContain('item 2'));
    expect(document.activeElement).toBe(grid);
  });

  it('has the focus of whoever arrives, unless that is in the filter already', async () => {
    const { grid, unmount } = await shown();
    expect(document.activeElement).toBe(grid);
    unmount();
    const tail = fakeTail(facets);
    renderTail(tail, '/tail?q=SeverityNumber%20%3E%3D%2013');
    const box = await screen.findByRole('textbox', { name: /filter/i });
    box.focus();
    tail.add(fakeRecord(0));
    await screen.findByText('item 0 added');
    expect(document.activeElement).toBe(box);
  });

  it('gives focus back to the list when the detail closes', async () => {
    const { grid, keys } = await shown();
    keys('j'); await waitFor(() => within(grid).getByRole('row', { selected: true })); keys('Enter');
    await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
    expect(document.activeElement).toBe(grid);
  });

  it('runs a letter of the open menu', async () => {
    const { grid, router } = await shown();
    fireEvent.contextMenu(within(grid).getByText('item 2 added'));
    fireEvent.keyDown(await screen.findByRole('menu'), { key: 'd' });
    await screen.findByText('New rule');
    expect((router.state.location.search as Record<string, string>)['kql']).toContain('invoke drop()');
  });

  it('shows the main actions of a record as buttons', async () => {
    const { grid, router } = await shown();
    await userEvent.click(within(grid).getByText('item 2 added'));
    const actions = await screen.findByRole('group', { name: 'Actions for the record' });
    expect(within(actions).getAllByRole('button').map((button) => button.textContent)).toEqual(['Filter for this', 'Drop', 'Sample', 'Redact', 'To metric']);
    await userEvent.click(within(actions).getByRole('button', { name: 'To metric' }));
    await screen.findByText('New rule');
    expect((router.state.location.search as Record<string, unknown>)['kql']).toContain('invoke to_metric');
  });

  it('stands still under a chosen row, counts what is new above, and follows again when asked', async () => {
    const { tail, keys } = await shown();
    keys('j');
    await act(async () => { tail.add(fakeRecord(3), fakeRecord(4)); });
    await userEvent.click(await screen.findByRole('button', { name: '2 new' }));
    expect(await screen.findByText('item 4 added')).toBeTruthy();
  });

  it.each([['d', /^Logs\n\| where EventName == "CartItemAdded"\n\| invoke drop/], ['s', /invoke sample/], ['m', /invoke to_metric/]])('starts a rule with %s', async (key, kql) => {
    const { keys, router } = await shown();
    keys('j');
    keys(key);
    await screen.findByText('New rule');
    expect((router.state.location.search as Record<string, unknown>)['kql']).toMatch(kql);
  });

  it('asks with c which recorder and which records, before the rule opens', async () => {
    const { keys, router } = await shown();
    keys('j');
    keys('c');
    const dialog = await screen.findByRole('dialog', { name: 'Record in a flight recorder' });
    fireEvent.click(within(dialog).getByRole('radio', { name: /^All of/ }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Write the rule' }));
    await screen.findByText('New rule');
    const kql = (router.state.location.search as Record<string, unknown>)['kql'];
    expect(kql).toMatch(/where ServiceName == [^]*invoke record/);
    expect(kql).not.toContain('CartItemAdded');
  });

  it('says why it is empty and what would fill it', async () => {
    renderTail(fakeTail());
    expect(await screen.findByText('No records yet')).toBeTruthy();
  });
});

describe('the filter', () => {
  it('applies the filter of the link to buffer and agents', async () => {
    const { calls } = await shown(3, '/tail?q=SeverityNumber%20%3E%3D%2013');
    await waitFor(() => expect(calls('setFilter').at(-1)?.[0]).toBe('SeverityNumber >= 13'));
  });

  it('shows what is wrong and keeps the filter of before in force', async () => {
    const { calls, search } = await shown(3, '/tail?q=SeverityNumber%20%3E%3D%2013');
    const box = await screen.findByRole('textbox', { name: /filter/i });
    await waitFor(() => expect((box as HTMLTextAreaElement).value).toBe('SeverityNumber >= 13'));
    fireEvent.input(box, { target: { value: 'nope == 1' } });
    await userEvent.click(screen.getByRole('button', { name: /Apply/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/'nope' does not refer.*stays in force/);
    expect(calls('setFilter').map(([text]) => text)).not.toContain('nope == 1');
    expect(search()['q']).toBe('SeverityNumber >= 13');
  });

  it('narrows by the chosen record with f', async () => {
    const { keys, search } = await shown(3, '/tail?q=SeverityNumber%20%3E%3D%201');
    keys('j');
    keys('f');
    await waitFor(() => expect(search()['q']).toBe('SeverityNumber >= 1 and EventName == "CartItemAdded"'));
  });
});

describe('what the URL holds', () => {
  it('opens signals and stage of the link, and unticked facet values', async () => {
    const { calls } = await shown(3, `/tail?stage=in&signals=${encodeURIComponent('["logs","spans"]')}&off=${encodeURIComponent('{"ServiceName":["checkout"]}')}`);
    expect(calls('open').at(-1)).toEqual([{ signals: ['logs', 'spans'], stage: 'in' }]);
    expect(calls('setFacetFilters').at(-1)).toEqual([[{ field: 'ServiceName', excluded: ['checkout'] }]]);
  });

  it('keeps "only" as such, so that a value not known yet stays hidden', async () => {
    const { search, calls } = await shown();
    await userEvent.click(await screen.findByRole('button', { name: 'Only cart' }));
    await waitFor(() => expect(search()['only']).toEqual({ ServiceName: ['cart'] }));
    expect(search()['off']).toBeUndefined();
    expect(calls('setFacetFilters').at(-1)).toEqual([[{ field: 'ServiceName', excluded: [], only: ['cart'] }]]);
    await userEvent.click(screen.getByRole('button', { name: 'Show all values of ServiceName' }));
    await waitFor(() => expect(search()['only']).toBeUndefined());
  });

  it('keeps an unticked facet value, the stage and the signals', async () => {
    const { search, calls } = await shown();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'checkout' }));
    await waitFor(() => expect(search()['off']).toEqual({ ServiceName: ['checkout'] }));
    await userEvent.click(screen.getByRole('radio', { name: 'Before rules' }));
    await userEvent.click(screen.getByRole('button', { name: 'Spans' }));
    await waitFor(() => expect(calls('open').at(-1)).toEqual([{ signals: ['logs', 'spans'], stage: 'in' }]));
  });
});

describe('pausing', () => {
  it('is Space, anywhere but in a text box', async () => {
    const { tail, grid } = await shown();
    fireEvent.keyDown(grid, { key: ' ' });
    await waitFor(() => expect(tail.getState().paused).toBe(true));
    fireEvent.keyDown(screen.getByRole('textbox', { name: /filter/i }), { key: ' ' });
    expect(tail.getState().paused).toBe(true);
    expect(await screen.findByRole('button', { name: /Resume/ })).toBeTruthy();
    await act(async () => tail.set({ newWhilePaused: 1204 }));
    expect(screen.getByText('paused').parentElement?.textContent).toBe('paused, 1,204 new rows wait');
    expect(screen.queryByText('complete')).toBeNull();
    expect(screen.queryByText(/behind by/)).toBeNull();
  });
});

describe('honesty', () => {
  it('labels a sampled stream with its true rate, and a complete one as such', async () => {
    const { tail } = await shown();
    expect(screen.getByText('complete')).toBeTruthy();
    await act(async () => tail.set({ ratio: 0.25, perSecond: 18_204 }));
    expect(screen.getByText('1 in 4 shown, 18,204/s')).toBeTruthy();
    await act(async () => tail.set({ missed: { fromMs: 0, toMs: 5000 } }));
    expect(screen.getByText(/missed/).textContent).toMatch(/00:00:00 to 00:00:05/);
  });
});

describe('a link with a filter', () => {
  const link = `/tail?q=${encodeURIComponent('SeverityNumber >= 13')}`;

  it('shows no record before its filter is in force, and goes on where the tail was paused', async () => {
    const tail = fakeTail(facets);
    tail.add(fakeRecord(0));
    tail.set({ paused: true });
    const { kql } = renderTail(tail, link);
    const analyze = kql.analyze.bind(kql);
    let release = () => {};
    const gate = new Promise<void>((resolve) => { release = resolve; });
    kql.analyze = async (...args) => { await gate; return analyze(...args); };
    expect(await screen.findByLabelText('Applying the filter of the link')).toBeTruthy();
    await waitFor(() => expect(tail.getState().paused).toBe(false));
    expect(screen.queryByText('item 0 added')).toBeNull();
    expect(screen.getByText('applying the filter of the link')).toBeTruthy();
    expect(screen.queryByText(/1 record of/)).toBeNull();
    expect(screen.queryByRole('region', { name: 'Facets' })).toBeNull();
    await act(async () => release());
    expect(await screen.findByText('item 0 added')).toBeTruthy();
    expect(screen.getByText(/1 record of/)).toBeTruthy();
    expect(await screen.findByRole('region', { name: 'Facets' })).toBeTruthy();
    expect(tail.calls.filter(({ name }) => name === 'setFilter').at(-1)?.args[0]).toBe('SeverityNumber >= 13');
  });

  it('leaves a paused list paused when the filter was typed here', async () => {
    const { tail } = await shown(3, link);
    act(() => tail.setPaused(true));
    const box = screen.getByRole('textbox', { name: /filter/i });
    await userEvent.clear(box);
    await userEvent.type(box, 'SeverityNumber >= 9{Enter}');
    await waitFor(() => expect(tail.calls.filter(({ name }) => name === 'setFilter').at(-1)?.args[0]).toBe('SeverityNumber >= 9'));
    expect(tail.getState().paused).toBe(true);
  });
});

describe('a row', () => {
  it('does not say twice what the body says, nor whose probe it was', () => {
    const row = { durableId: 'tower-33', summary: 'user=ada moves=3 …', fields: [['user', 'ada'], ['moves', '31'], ['weir.probe.id', 'a1'], ['weir.probe.name', 'tower-33'], ['process.pid', '7']] as const };
    expect(fieldsBeside(row)).toEqual([['moves', '31'], ['process.pid', '7']]);
    expect(fieldsBeside({ ...row, durableId: '' }).map(([name]) => name)).toContain('weir.probe.name');
  });
});

describe('keys of the filter', () => {
  it('go there by a slash and leave by Escape, and a slash typed there is text', async () => {
    const { grid } = await shown();
    fireEvent.keyDown(document.body, { key: '/' });
    const box = screen.getByRole('textbox', { name: /filter/i });
    expect(document.activeElement).toBe(box);
    await userEvent.keyboard('a/b');
    expect((box as HTMLTextAreaElement).value).toBe('a/b');
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(grid);
  });
});

describe('another stage', () => {
  it('says why the list starts anew', async () => {
    const { tail } = await shown();
    expect(screen.queryByText(/started anew/)).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'Before rules' }));
    expect((await screen.findByText('started anew: before rules')).getAttribute('title')).toMatch(/records before rules now; those it held were records after rules/);
    expect(tail.calls.filter(({ name }) => name === 'open').at(-1)?.args[0]).toMatchObject({ stage: 'in' });
  });
});

describe('a secret in a record', () => {
  it('is marked with its detector, and said above the fold', async () => {
    const tail = fakeTail(facets);
    tail.add(fakeRecord(0, { attributes: { contact: 'to ada@example.com', sku: 'MUG' } }));
    renderTail(tail);
    await userEvent.click(await screen.findByText('item 0 added'));
    const mark = await within(await screen.findByRole('region', { name: 'Record detail' })).findByText('ada@example.com');
    expect([mark.tagName, mark.dataset['detector']]).toEqual(['MARK', 'email']);
    expect(screen.getByText('In clear here: email in contact.')).toBeTruthy();
  });
});
