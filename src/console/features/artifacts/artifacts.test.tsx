// The Dumps view over the mock backend: artifacts, viewers, actions, and files that are dropped.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { server } = createMockServer();
beforeAll(() => { Element.prototype.hasPointerCapture ??= () => false; Element.prototype.scrollIntoView ??= () => undefined; server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Artifacts', () => {
  it('list what is here, what arrives and what is damaged, and open by keyboard', async () => {
    const { history, user } = renderConsole('/dumps');
    expect(within(await screen.findByRole('row', { name: /Heap snapshot checkout.heapsnapshot, 64 %/ })).getByText('sensitive')).toBeTruthy();
    expect(screen.getByRole('row', { name: /Heap profile cart.heapprofile, damaged/ })).toBeTruthy();
    screen.getByRole('row', { name: /CPU profile checkout.cpuprofile/ }).focus();
    await user.keyboard('{Enter}');
    const pane = await screen.findByRole('region', { name: 'Artifact checkout.cpuprofile' });
    expect(within(pane).getByRole('link', { name: 'Open flame graph' }).getAttribute('href')).toMatch(/^\/profiles\?artifact=/);
    expect(within(pane).getByText('Pause, measured').nextSibling?.textContent).toBe('38 ms');
    expect(within(pane).getByRole('link', { name: 'Download' }).getAttribute('href')).toMatch(/\/content$/);
    expect(history.location.search).toContain('artifact=');
  });

  it('pin, verify, and delete after a question that names what goes', async () => {
    const { user } = renderConsole('/dumps');
    await user.click(await screen.findByRole('row', { name: /Command output ss.txt/ }));
    await user.click(screen.getByRole('button', { name: 'Pin' }));
    expect(await screen.findByRole('button', { name: 'Pinned' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('ss.txt is whole')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('cannot be brought back');
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('row', { name: /ss.txt/ })).toBeNull());
  });

  it('show text with search', async () => {
    const { user } = renderConsole('/dumps');
    await user.click(await screen.findByRole('row', { name: /State checkout-state.json/ }));
    await user.type(await screen.findByLabelText('Search in checkout-state.json'), 'open files');
    const text = screen.getByLabelText('Contents of checkout-state.json');
    await waitFor(() => expect(text.querySelectorAll('mark')).toHaveLength(1));
    expect(text.textContent).toContain('1048576');
    expect(text.textContent).not.toContain('VmRSS');
  });

  it('say how to fill an empty list', async () => {
    server.use(http.get('*/api/v1/artifacts', () => HttpResponse.json({ artifacts: [], more: 0, quota: { usedBytes: 0, maxBytes: 10, count: 0, keptDays: 30 } })));
    renderConsole('/dumps');
    expect(await screen.findByText('Nothing was collected yet')).toBeTruthy();
  });
  it('show the threads of a core: alike ones together, stacks behind, searched', async () => {
    const { user } = renderConsole('/dumps');
    await user.click(await screen.findByRole('row', { name: /Thread stacks checkout-4121.stacks.txt/ }));
    const threads = await screen.findByRole('region', { name: 'Threads of checkout-4121.stacks.txt' });
    expect(screen.getByText('7 threads, 4 different stacks')).toBeTruthy();
    expect(within(threads).getByText('epoll_wait', { selector: 'li .mono' })).toBeTruthy();
    const workers = within(threads).getByRole('button', { name: /4 threads ?libuv-worker/ });
    expect(workers.getAttribute('aria-expanded')).toBe('false');
    await user.click(workers);
    expect(within(threads).getByText('uv_cond_wait')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Search in threads' }), 'GraphReducer');
    await waitFor(() => expect(within(threads).getAllByRole('button')).toHaveLength(1));
  });
  it('open a heap snapshot in its own view', async () => {
    const { user } = renderConsole('/dumps');
    await user.click(await screen.findByRole('row', { name: /Heap snapshot checkout-14-01.heapsnapshot/ }));
    const pane = await screen.findByRole('region', { name: 'Artifact checkout-14-01.heapsnapshot' });
    expect(within(pane).getByRole('link', { name: 'Open' }).getAttribute('href')).toMatch(/^\/dumps\/heap\?artifact=/);
  });
});

describe('a file dropped on the window', () => {
  const drop = (file: File) => { const event = new Event('drop', { bubbles: true, cancelable: true }); Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] } }); fireEvent(window, event); };
  it('comes in and opens', async () => {
    const { history } = renderConsole('/fleet');
    await screen.findByRole('row', { name: /shop-1/ });
    drop(new File(['a line'], 'mine.txt'));
    await waitFor(() => expect(history.location.href).toMatch(/^\/dumps\?artifact=/));
    expect(await screen.findByRole('region', { name: 'Artifact mine.txt' })).toBeTruthy();
  });
  it('says why when it is refused', async () => {
    server.use(http.post('*/api/v1/artifacts', () => problem(507, 'artifact.quota', 'The store is full', 'Delete or unpin something first.')));
    const { user } = renderConsole('/fleet');
    await screen.findByRole('row', { name: /shop-1/ });
    drop(new File(['x'], 'big.heapsnapshot'));
    const said = await screen.findByRole('alert');
    expect(said.textContent).toContain('big.heapsnapshot: The store is full Delete or unpin something first.');
    await user.click(within(said).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('Actions', () => {
  it('stand with what runs first, and say why one was not run', async () => {
    const { user } = renderConsole('/dumps?tab=actions');
    const table = await screen.findByRole('table', { name: 'Action runs' });
    expect(within(table).getAllByRole('row').slice(1, 4).map(row => row.firstChild?.textContent)).toEqual(['running', 'sending', 'not run']);
    await user.click(within(table).getByRole('row', { name: /not run/ }));
    const pane = await screen.findByRole('region', { name: /Memory dump on checkout/ });
    expect(pane.textContent).toContain('It did not start. A snapshot of checkout needs about 1.6 GiB');
    expect(pane.textContent).toContain('action.headroom');
  });

  it('that ended are run again with changes: the same action, parameters and reason', async () => {
    const { user } = renderConsole('/dumps?tab=actions');
    const table = await screen.findByRole('table', { name: 'Action runs' });
    await user.click(within(table).getByRole('row', { name: /not run/ }));
    await user.click(within(await screen.findByRole('region', { name: /Memory dump on checkout/ })).getByRole('button', { name: 'Run again with changes' }));
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    expect(within(dialog).getByRole('button', { name: 'Run memory dump' })).toBeTruthy();
    expect(within(dialog).getByRole('status', { name: 'Where it runs' }).textContent).toMatch(/shop-/);
  });

  it('are cancelled from the pane', async () => {
    const { user } = renderConsole('/dumps?tab=actions');
    await user.click(await screen.findByRole('row', { name: /Packet capture on shop-1, running/ }));
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(await screen.findByRole('row', { name: /Packet capture on shop-1, cancelled/ })).toBeTruthy();
  });

  it('say at once that they are being cancelled, and why it takes time', async () => {
    let answer = () => { /* set below */ };
    server.use(http.post('*/api/v1/actions/:id/cancel', async () => { await new Promise<void>(resolve => { answer = resolve; }); return problem(409, 'action.over', 'It is over.'); }));
    const { user } = renderConsole('/dumps?tab=actions');
    await user.click(await screen.findByRole('row', { name: /Memory dump on checkout.*, sending/ }));
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    const pane = screen.getByRole('region', { name: /Memory dump on checkout/ });
    expect(within(pane).getByRole('status').textContent).toMatch(/^cancelling …: a snapshot cannot be stopped midway/);
    expect(within(pane).queryByRole('button', { name: 'Cancel' })).toBeNull();
    answer();
    expect(await within(pane).findByRole('button', { name: 'Cancel' }), 'a refused cancel can be tried again').toBeTruthy();
  });

  it('begin within the incident that one is on', async () => {
    const { history, user } = renderConsole('/incidents/incident-140');
    await screen.findByRole('group', { name: 'Timeline' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByPlaceholderText('Search or run a command'), 'run an action{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Run an action for the incident' })).toBeTruthy();
    expect(history.location.pathname).toBe('/incidents/incident-140');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('show their cost first, warn, and run when it was accepted', async () => {
    const { user, history } = renderConsole('/dumps?run=memory-dump');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    const run = within(dialog).getByRole('button', { name: 'Run memory dump' });
    expect(run.getAttribute('aria-disabled')).toBe('true');
    await user.type(await within(dialog).findByLabelText('Find a process'), 'checkout.ts');
    const rows = within(dialog).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(1);
    await user.click(rows[0]!);
    const cost = await within(dialog).findByRole('region', { name: 'Cost and risk' });
    expect(await within(cost).findByText('7.5 s', { exact: false, selector: 'dd' })).toBeTruthy();
    expect(run.getAttribute('aria-disabled')).toBe('true');
    await user.click(within(cost).getByRole('checkbox'));
    await user.click(within(dialog).getByRole('button', { name: 'Run memory dump' }));
    await waitFor(() => expect(history.location.search).toContain('action=run-'));
    expect(await screen.findByRole('region', { name: /Memory dump on checkout/ })).toBeTruthy();
  });

  it('offer the files that the owner of the machine lists', async () => {
    const { user } = renderConsole('/dumps?run=collect-files');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    const allowed = await within(dialog).findByRole('group', { name: 'Allowed on this machine' });
    for (const name of ['{cwd}/*.log', '/var/log/*.log']) await user.click(within(allowed).getByRole('button', { name }));
    const files = within(dialog).getByLabelText<HTMLTextAreaElement>('Files, one pattern a line');
    expect(files.value).toBe('{cwd}/*.log\n/var/log/*.log');
    await user.click(within(allowed).getByRole('button', { name: '{cwd}/*.log' }));
    expect(files.value).toBe('/var/log/*.log');
  });

  it('take the first match by Enter, and run by Ctrl+Enter', async () => {
    const { user, history } = renderConsole('/dumps?run=cpu-sample');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    await user.type(await within(dialog).findByLabelText('Find a process'), 'checkout.ts{Enter}');
    expect(within(dialog).getByRole('status', { name: 'Where it runs' }).textContent).toMatch(/^on checkout/);
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Run cpu sample' }).getAttribute('aria-disabled')).toBeNull());
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(history.location.search).toContain('action=run-'));
  });

  it('offer the commands that the owner of the machine lists, one at a time', async () => {
    const { user } = renderConsole('/dumps?run=diagnostic-command');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    const chips = within(await within(dialog).findByRole('group', { name: 'Allowed on this machine' })).getAllByRole('button');
    for (const chip of chips.slice(0, 2)) await user.click(chip);
    expect(within(dialog).getByLabelText<HTMLInputElement>('Command').value).toBe(chips[1]?.textContent);
  });

  it('open from the palette as the one that was typed', async () => {
    const { user } = renderConsole('/incidents/incident-140');
    await screen.findByRole('group', { name: 'Timeline' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByPlaceholderText('Search or run a command'), 'heap sample{Enter}');
    expect(await within(await screen.findByRole('dialog', { name: 'Run an action for the incident' })).findByRole('button', { name: 'Run heap sample' })).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('say above the button where they run', async () => {
    const { user } = renderConsole('/dumps?run=cpu-sample');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    const where = () => within(dialog).getByRole('status', { name: 'Where it runs' }).textContent;
    await within(dialog).findByRole('row', { name: /checkout, pid/ });
    expect(where()).toMatch(/no process is chosen/);
    await user.click(within(dialog).getByRole('row', { name: /cart, pid 4088/ }));
    expect(where()).toMatch(/^on cart \(pid 4088\), shop-/);
  });

  it('do not run where only an installation helps', async () => {
    const { user } = renderConsole('/dumps?run=memory-dump');
    const dialog = await screen.findByRole('dialog', { name: 'Run an action' });
    await user.click(await within(dialog).findByRole('row', { name: /payments, pid 4090/ }));
    expect(await within(dialog).findByText(/jcmd comes with a JDK/)).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Run memory dump' }).getAttribute('aria-disabled')).toBe('true');
    expect(within(dialog).queryByRole('checkbox')).toBeNull();
  });
});
