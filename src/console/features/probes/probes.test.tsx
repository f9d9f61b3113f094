// Probes and the rip cord over the mock backend.
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';
import { nearestStop } from './new/code-pane.tsx';
import { emptyLogpoint, emptySource, limitsOf, logpointOf, nameFor, placeOf, sourceOf, usualLimits } from './new/drafts.ts';
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
    expect(within(pane).getByRole('link', { name: 'Its records in the tail' }).getAttribute('href')).toContain('who-plays');
    await user.click(within(pane).getByRole('button', { name: 'Remove' }));
    expect((await within(pane).findByText(/It ended: it was removed/)).textContent).toBeTruthy();
    expect(await screen.findByText('No process has a probe')).toBeTruthy();
  });

  it('are put in from a process, a file and a line, with the values beside the code', async () => {
    const asked: unknown[] = [];
    server.events.on('request:start', ({ request }) => { if (request.method === 'POST' && request.url.endsWith('/probes')) void request.clone().json().then(body => asked.push(body)); });
    const { user } = renderConsole('/probes/new');
    await user.click(await screen.findByRole('button', { name: /4121/ }));
    await user.click(await screen.findByRole('button', { name: /tower\.js/ }));
    await user.click(await screen.findByRole('button', { name: 'Line 6' }));
    const form = screen.getByRole('region', { name: 'The probe' });
    await user.type(within(form).getByLabelText('Values to read'), 'user, moves');
    expect(await within(form).findByText(/about 120 µs/)).toBeTruthy();
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
    await waitFor(() => expect(dialog.textContent).toContain('1 probe leaves the processes'));
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
    expect(sourceOf('file', { ...emptySource, paths: '/var/log/a.log\n' }).made).toMatchObject({ spec: { paths: ['/var/log/a.log'], from: 'end' } });
    expect(limitsOf({ ...usualLimits, maxCpuPercent: '0' }).problems['maxCpuPercent']).toContain('0.01');
  });
  it('know places, names and nearest lines', () => {
    expect([placeOf('12', 'a.js'), placeOf('b.js:3', 'a.js'), placeOf('x', 'a.js')]).toEqual([{ file: 'a.js', line: 12 }, { file: 'b.js', line: 3 }, null]);
    expect([nameFor('logpoint', { file: '/a/b.server.ts', line: 4 }), nameFor('uprobe', { symbol: '_ZN3foo' }), nameFor('journald', {})]).toEqual(['b.server-4', 'ZN3foo', 'journald']);
    expect([nearestStop([3, 7], 4), nearestStop([3, 7], 9), nearestStop([], 1)]).toEqual([7, 7, null]);
    expect([isSame('file:///shop/src/a.ts', 'src/a.ts'), isSame('/shop/src/a.ts', '/shop/src/a.ts'), isSame('/shop/ba.ts', 'a.ts')]).toEqual([true, true, false]);
    expect([entryOf({ command: '/usr/bin/node --import ./x.mjs /shop/tower.ts', name: 'node', runtime: 'node' }), entryOf({ command: '/bin/bash -c exec ./3', name: 'bash', runtime: 'native' })]).toEqual(['tower.ts', 'bash']);
  });
});
