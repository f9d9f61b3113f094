// Probes and the rip cord over the mock backend.
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { nearestStop } from './new/code-pane.tsx';
import { emptyLogpoint, emptySource, limitsOf, logpointOf, placeOf, sourceOf, usualLimits } from './new/drafts.ts';
import { isSame } from './new/file-list.tsx';
import { entryOf } from './new/process-tree.tsx';

const { server } = createMockServer();
beforeAll(() => { Element.prototype.hasPointerCapture ??= () => false; server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('Probes', () => {
  it('lists what is in, opens one by keyboard with its values, and removes it', async () => {
    const { history, user } = renderConsole('/probes');
    const row = await screen.findByRole('row', { name: /who-plays, Logpoint at tower.js:6/ });
    row.focus();
    await user.keyboard('{Enter}');
    const pane = await screen.findByRole('region', { name: 'Probe who-plays' });
    expect(history.location.search).toContain('probe=');
    expect(within(pane).getByRole('region', { name: 'Last values' }).textContent).toContain('moves');
    expect(within(pane).getByRole('link', { name: 'Its records in the tail' }).getAttribute('href')).toContain('weir.probe.id');
    expect(within(pane).getByRole('link', { name: 'tower.js:6' }).getAttribute('href')).toMatch(/file=.*tower.js&line=6/);
    await user.click(within(pane).getByRole('button', { name: 'Remove' }));
    expect((await within(pane).findByText(/It ended: it was removed/)).textContent).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('row', { name: /who-plays/ })).toBeNull());
    expect(document.activeElement).toBe(pane);
  });

  it('begin by a key, and are found, chosen and left by keyboard', async () => {
    const { history, user } = renderConsole('/probes');
    await screen.findByRole('row', { name: /solve-time/ });
    await user.keyboard('n');
    const find = await screen.findByLabelText('Find a process');
    expect(history.location.pathname).toBe('/probes/new');
    await screen.findByRole('button', { name: /4121/ });
    await user.click(find);
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(find);
    await user.keyboard('checkout{Enter}');
    await waitFor(() => expect(history.location.search).toContain('pid=4121'));
    await user.keyboard('{Escape}');
    expect(document.activeElement).not.toBe(find);
  });

  it('asked for at a line have the focus where values are written, and say there what is wrong', async () => {
    const { user } = renderConsole('/probes/new?pid=4121&file=tower.js&line=6');
    const values = await screen.findByLabelText('Values to read');
    await waitFor(() => expect(document.activeElement).toBe(values));
    expect(screen.getByRole('button', { name: /Insert the probe/ }).getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('{Enter}');
    expect(screen.getByText('Name at least one value, such as user, moves.')).toBeTruthy();
    expect([...(values as HTMLInputElement).list!.options].map(({ value }) => value)).toEqual(expect.arrayContaining(['game', 'disks', 'user']));
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(document.body);
  });

  it('are shown again in their source, with the forms as they were', async () => {
    renderConsole('/probes/new?pid=4121&file=tower.js&line=6&probe=probe-4');
    await waitFor(async () => expect((await screen.findByLabelText<HTMLInputElement>('Values to read')).value).toBe('user, moves'));
    expect(screen.getByLabelText<HTMLInputElement>('Why').value).toBe('who keeps the tower busy');
  });

  it('say a broken condition also when nothing is read yet', async () => {
    const asked: { what: { spec: { does: string; condition: string } } }[] = [];
    server.events.on('request:start', ({ request }) => { if (request.url.endsWith('/preview')) void request.clone().json().then(body => asked.push(body as never)); });
    const { user } = renderConsole('/probes/new?pid=4121&file=tower.js&line=6');
    await user.type(await screen.findByLabelText('Only when'), 'moves >');
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ what: { spec: { does: 'count', condition: 'moves >' } } }));
  });

  it('are refused once while the rip cord is pulled, not three times, and by themselves no more', async () => {
    const pulled = { code: 'rip-cord.pulled', message: 'The rip cord is pulled (ann).', help: 'Release it.' };
    let isPulled = true;
    server.use(
      http.get('*/api/v1/rip-cord', () => HttpResponse.json({ fleet: isPulled ? { from: 'server', by: 'ann', atUnixMs: 1, reason: '' } : null, agents: [] })),
      http.get('*/api/v1/agents/:id/probes/scripts', () => (isPulled ? HttpResponse.json({ files: [], more: 0, problem: pulled }) : undefined)),
      http.get('*/api/v1/agents/:id/probes/source', () => (isPulled ? HttpResponse.json({ path: '', text: '', cut: false, lines: [], problem: pulled }) : undefined)),
    );
    renderConsole('/probes/new?pid=4121&file=tower.js&line=6');
    expect(await screen.findByText('Nothing can be looked into while the rip cord is pulled.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    isPulled = false;
    expect(await screen.findByRole('region', { name: /^Source of/ }, { timeout: 8000 })).toBeTruthy();
  });

  it('lead to files that the process does run, and take a path', async () => {
    const { history, user } = renderConsole('/probes/new?pid=4121&file=src/render.ts&line=6');
    await screen.findByRole('region', { name: 'What it runs' });
    const path = screen.getByLabelText('Path of the file in the process, or its end');
    await user.clear(path);
    await user.type(path, 'src/none.ts{Enter}');
    await waitFor(() => expect(history.location.search).toContain('none.ts'));
    await user.click(within(await screen.findByRole('region', { name: 'What it runs' })).getByRole('button', { name: /tower.js/ }));
    await waitFor(() => expect(history.location.search).toContain('tower.js'));
  });

  it('are put in from a process, a file and a line, with the values beside the code', async () => {
    const asked: unknown[] = [];
    server.events.on('request:start', ({ request }) => { if (request.method === 'POST' && request.url.endsWith('/probes')) void request.clone().json().then(body => asked.push(body)); });
    const { user } = renderConsole('/probes/new');
    await user.click(await screen.findByRole('button', { name: /4121/ }));
    await user.click(await screen.findByRole('button', { name: /tower\.js/ }));
    await user.click(await screen.findByLabelText('Line 6', {}, { timeout: 40_000 }));
    const form = screen.getByRole('region', { name: 'The probe' });
    await user.type(within(form).getByLabelText('Values to read'), 'user, moves');
    expect(await within(form).findByText(/as who-plays was measured in this process/)).toBeTruthy();
    await user.click(within(form).getByRole('button', { name: /Insert the probe/ }));
    await waitFor(() => expect(asked).toMatchObject([{ name: 'tower-6', target: { pid: 4121 }, what: { kind: 'logpoint', spec: { at: { line: 6 }, does: 'record', expressions: [{ expression: 'user' }, { expression: 'moves' }] } } }]));
    expect(await screen.findByRole('region', { name: 'Hits of tower-6' })).toBeTruthy();
  });

  it('that would change the program cannot be put in, and it says why', async () => {
    const { user } = renderConsole('/probes/new?pid=4121&file=tower.js&line=6');
    await user.type(await screen.findByLabelText('Values to read'), 'moves = 0');
    expect((await screen.findByText(/would change the program/)).textContent).toContain('moves = 0');
    expect(screen.getByRole('button', { name: /Insert the probe/ }).getAttribute('aria-disabled')).toBe('true');
  });

  it('asked for at a line wait for the process that runs it', async () => {
    renderConsole('/probes/new?file=tower.js&line=6');
    expect(await screen.findByText('Choose the process that runs tower.js')).toBeTruthy();
  });

  it('cannot go in where no process runs the file, and say what to do', async () => {
    renderConsole('/probes/new?service=frontend&file=src/render.ts&line=6');
    expect(await screen.findByText('No process of this machine calls itself frontend.', { selector: 'b' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /Insert the probe/ }).getAttribute('aria-disabled')).toBe('true');
  });

  it('name the files of the process that is chosen where it does not run the one of the link', async () => {
    const { history, user } = renderConsole('/probes/new?pid=4121&file=src/render.ts&line=6');
    await user.click(await screen.findByRole('button', { name: 'Choose one of its files' }));
    expect(history.location.search).not.toContain('render.ts');
    expect(screen.getByRole('button', { name: /Insert the probe/ }).getAttribute('aria-disabled')).toBe('true');
  });

  it('warn of a name that is taken, and of a value that is not there yet', async () => {
    const { user } = renderConsole('/probes/new?pid=4121&file=tower.js&line=5');
    await user.type(await screen.findByLabelText('Values to read'), 'moves');
    expect((await screen.findByText(/moves is declared on line 6/)).textContent).toContain('no value yet at line 5');
    await user.click(screen.getByText(/^As tower-5/));
    await user.type(screen.getByLabelText('Name'), 'solve-time');
    expect((await screen.findByText('A probe that is in is called solve-time.')).parentElement?.textContent).toContain('solve-time-2 is free');
  });

  it('of files say beforehand what may be read, and what another reads already', async () => {
    const { user } = renderConsole('/probes/new?kind=file');
    const allowed = await screen.findByRole('group', { name: 'Files that may be read' });
    expect(allowed.textContent).not.toContain('{cwd}');
    await user.click(within(allowed).getByRole('button', { name: '/var/log/*.log' }));
    const files = screen.getByLabelText(/Files, a path/);
    expect((files as HTMLTextAreaElement).value).toBe('/var/log/*.log');
    await user.clear(files);
    await user.type(files, 'app.log');
    expect(screen.getByRole('alert').textContent).toContain('app.log is relative');
    await user.clear(files);
    await user.type(files, '/var/log/app/a.log');
    expect((await screen.findByRole('link', { name: 'app-logs' })).closest('[role=note]')?.textContent).toContain('Every line would come twice');
  });

  it('by bpftrace show the whole program with what was chosen', async () => {
    const { user } = renderConsole('/probes/new?kind=bpftrace');
    await user.click(await screen.findByRole('button', { name: /File opens/ }));
    await user.type(screen.getByLabelText('Process name, empty for all'), 'node');
    await waitFor(() => expect(screen.getByLabelText('The whole program').textContent).toContain('/comm == "node"/'), { timeout: 5000 });
  });

  it('that have ended say when, and go in again as they were', async () => {
    const asked: unknown[] = [];
    server.events.on('request:start', ({ request }) => { if (request.method === 'POST' && request.url.endsWith('/probes')) void request.clone().json().then(body => asked.push(body)); });
    const { user } = renderConsole('/probes?show=over');
    const row = await screen.findByRole('row', { name: /newgame-3/ });
    expect(screen.getByRole('columnheader', { name: 'Ended' })).toBeTruthy();
    expect(row.querySelectorAll('time')).toHaveLength(2);
    await user.click(row);
    await user.click(await screen.findByRole('button', { name: 'Insert again' }));
    await waitFor(() => expect(asked).toMatchObject([{ name: 'newgame-3', target: { pid: 4121 }, what: { kind: 'logpoint', spec: { does: 'snapshot', at: { line: 3 } } } }]));
  });

  it('say what the machine lacks', async () => {
    server.use(http.get('*/api/v1/agents/:id/probes/gallery', () => HttpResponse.json({ templates: [], kinds: { bpftrace: { code: 'probe.missing-tool', message: 'bpftrace is not installed.', help: 'apt install bpftrace' } } })));
    renderConsole('/probes/new?kind=bpftrace');
    expect((await screen.findByRole('alert')).textContent).toBe('bpftrace is not installed. apt install bpftrace');
  });
});

describe('The rip cord', () => {
  it('says what stops, is pulled by a key, shows on every view, and is released', async () => {
    const { user } = renderConsole('/overview');
    await screen.findByRole('navigation', { name: 'Views' });
    await user.keyboard('{Shift>}X{/Shift}');
    const dialog = await screen.findByRole('alertdialog', { name: /Pull the rip cord on mock/ });
    await waitFor(() => expect(dialog.textContent).toMatch(/\d probes leave the processes/));
    await user.type(within(dialog).getByLabelText('Why'), 'it burns');
    await user.click(within(dialog).getByRole('button', { name: 'Pull the rip cord' }));
    const banner = await screen.findByText('The rip cord is pulled', { selector: 'b' });
    expect(banner.parentElement?.textContent).toMatch(/by you since .*it burns.*2 of 3 agents have it in effect, within 38 ms/);
    await user.click(screen.getByRole('button', { name: 'Release…' }));
    const release = within(await screen.findByRole('dialog', { name: 'Release the rip cord?' }));
    await user.type(release.getByLabelText('Why'), 'it is out');
    await user.click(release.getByRole('button', { name: 'Release it' }));
    await waitFor(() => expect(screen.queryByText('The rip cord is pulled', { selector: 'b' })).toBeNull());
  });
});

describe('drafts', () => {
  it('become probes, or say what is missing', () => {
    expect(logpointOf({ ...emptyLogpoint, values: 'a' }, 'record', 'x.js', 3).made).toMatchObject({ kind: 'logpoint', spec: { at: { file: 'x.js', line: 3 }, expressions: [{ expression: 'a' }] } });
    expect(logpointOf(emptyLogpoint, 'record', 'x.js', 3).problems['values']).toContain('at least one value');
    expect(logpointOf({ ...emptyLogpoint, values: 'a, b' }, 'metric', 'x.js', 3).problems['values']).toContain('one number');
    expect(logpointOf({ ...emptyLogpoint, until: 'soon' }, 'timer', 'x.js', 3).problems['until']).toContain('file:line');
    expect(logpointOf({ ...emptyLogpoint, until: '9' }, 'timer', 'x.js', 3).made).toMatchObject({ spec: { until: { file: 'x.js', line: 9 } } });
    expect(logpointOf(emptyLogpoint, 'record', undefined, 3).problems['place']).toContain('process');
    expect(sourceOf('syslog', emptySource).problems['udpPort']).toContain('port');
    expect(sourceOf('syslog', { ...emptySource, tcpPort: '99999' }).problems['tcpPort']).toBeTruthy();
    expect(sourceOf('file', { ...emptySource, paths: '/var/log/a.log\napp.log' }).problems['relative']).toContain('app.log is relative');
    expect(logpointOf(emptyLogpoint, 'snapshot', 'x.js', 3).made).toMatchObject({ spec: { bounds: { depth: 4 } } });
    expect(sourceOf('file', { ...emptySource, paths: '/var/log/a.log\n' }).made).toMatchObject({ spec: { paths: ['/var/log/a.log'], from: 'end' } });
    expect(limitsOf({ ...usualLimits, maxCpuPercent: '0' }).problems['maxCpuPercent']).toContain('0.01');
  });
  it('know places, names and nearest lines', () => {
    expect([placeOf('12', 'a.js'), placeOf('b.js:3', 'a.js'), placeOf('x', 'a.js')]).toEqual([{ file: 'a.js', line: 12 }, { file: 'b.js', line: 3 }, null]);
    expect([nearestStop([3, 7], 4), nearestStop([3, 7], 9), nearestStop([], 1)]).toEqual([7, 7, null]);
    expect([isSame('file:///shop/src/a.ts', 'src/a.ts'), isSame('/shop/src/a.ts', '/shop/src/a.ts'), isSame('/shop/ba.ts', 'a.ts')]).toEqual([true, true, false]);
    expect([entryOf({ command: '/usr/bin/node --import ./x.mjs /shop/tower.ts', name: 'node', runtime: 'node' }), entryOf({ command: '/bin/bash -c exec ./3', name: 'bash', runtime: 'native' })]).toEqual(['tower.ts', 'bash']);
  });
});
