import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QueryDocument, RuleDetail } from '../../../../model/index.ts';
import { printRule } from '../../../../rules/index.ts';
import { useDrafts, useToasts } from '../../../state/index.ts';
import { dryRunRecord, dryRunResult, sample } from '../testing/dry-runs.ts';
import { FakeServer, fakeTail, ruleDetail, agent } from '../testing/fakes.ts';
import { renderRules } from '../testing/render.tsx';

vi.mock('../../../ui/charts/engine.ts', () => ({ init: () => ({ setOption() {}, resize() {}, dispose() {} }) }));
afterEach(() => { cleanup(); vi.unstubAllGlobals(); useToasts.setState({ toasts: [] }); useDrafts.setState({ drafts: {}, became: {} }); });

const fromRecord = `/rules/new?name=drop-cart&kql=${encodeURIComponent('Logs\n| where EventName == "CartItemAdded"\n| invoke drop()')}`;
const button = (name: string) => screen.findByRole('button', { name: new RegExp(`^${name}`) });
const enabled = (element: HTMLElement) => element.getAttribute('aria-disabled') !== 'true';
const text = async () => (await screen.findByRole('textbox', { name: /Rule text in KQL/ })) as HTMLTextAreaElement;
const write = async (value: string) => fireEvent.input(await text(), { target: { value } });

describe('a rule made from a record', () => {
  it('arrives with its text, dry-runs by itself, deploys after a confirmation, and shows that it did', async () => {
    const { server, tail, router } = renderRules(fromRecord);
    expect((await text()).value).toContain('CartItemAdded');
    await waitFor(() => expect(tail.ran.length).toBeGreaterThan(0));
    expect(await screen.findByText('item added sku=MUG-2207')).toBeTruthy();
    const deploy = await button('Deploy');
    await waitFor(() => expect(enabled(deploy)).toBe(true));
    await userEvent.click(deploy);
    const dialog = await screen.findByRole('dialog');
    for (const words of ['1 agent cart-1; reachable now.', '50/s matched, 25.0 % of Logs', '− 50/s no longer leave', 'Matched records stop at the agent']) expect(dialog.textContent).toContain(words);
    expect(server.calls).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save and deploy' }));
    await waitFor(() => expect(server.calls).toEqual(['POST /rules', 'POST /rules/id-drop-cart/deploy']));
    await waitFor(() => expect(router.state.location.pathname).toBe('/rules/id-drop-cart'));
    expect((await screen.findAllByText(/on 1 of 1 agent/)).length).toBeGreaterThan(0);
  });

  it('opens a tail of its own on what comes in, of the signal of its table, and keeps it when it is left', async () => {
    const tail = fakeTail({ status: 'off' });
    const { router } = renderRules(fromRecord, { tail });
    await waitFor(() => expect(tail.opened).toMatchObject([{ stage: 'in', signals: ['logs'] }]));
    expect(await screen.findByText('Opening the tail')).toBeTruthy();
    expect(tail.ran).toEqual([]);
    tail.set({ status: 'live', buffered: 10, agents: 1 });
    await waitFor(() => expect(tail.ran.length).toBeGreaterThan(0));
    expect(await screen.findByText('10 s of records before rules')).toBeTruthy();
    await write('Spans\n| where Name == "x"\n| invoke drop()');
    await waitFor(() => expect(tail.opened.at(-1)).toMatchObject({ signals: ['spans'] }));
    void router.navigate({ to: '/tail' });
    await waitFor(() => expect(screen.queryByText(/of records before rules/)).toBeNull());
    expect(tail.closed).toBe(0);
  });
});

describe('errors', () => {
  it('lists a problem with its place, goes there, and says why commands wait', async () => {
    renderRules('/rules/new?name=x');
    await write('Logs\n| where nope == 1\n| invoke drop()');
    const problem = await screen.findByRole('button', { name: /The name nope is not known here.*line 2, column 9/ });
    await userEvent.click(problem);
    expect([(await text()).selectionStart, (await text()).selectionEnd]).toEqual([13, 17]);
    const deploy = await button('Deploy');
    expect(enabled(deploy)).toBe(false);
    deploy.focus();
    expect((await screen.findByRole('tooltip')).textContent).toContain('The text has 1 error.');
  });

  it('checks the name once it was left', async () => {
    renderRules(fromRecord);
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), ' Cart');
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.tab();
    expect((await screen.findByRole('alert')).textContent).toMatch(/lower-case letters, digits and dashes/);
    await waitFor(async () => expect(enabled(await button('Save'))).toBe(false));
  });

  it('runs, tests and judges a rule without a name; only saving waits, with a name to take', async () => {
    renderRules('/rules/new');
    await write('Logs\n| where EventName == "LogLaunch"\n| invoke drop()');
    expect(await screen.findByText('type a name to save')).toBeTruthy();
    expect(await screen.findByRole('button', { name: /^Run/ })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).placeholder).toBe('name, e.g. drop-log-launch');
    expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull();
    const save = await button('Save');
    expect(enabled(save)).toBe(false);
    save.focus();
    expect((await screen.findByRole('tooltip')).textContent).toContain('A rule needs a name, such as drop-log-launch:');
  });

  it('says that the name is missing when Save needs it, not before', async () => {
    renderRules('/rules/new');
    await write('Logs\n| invoke drop()');
    expect(screen.queryByRole('alert')).toBeNull();
    await userEvent.click(await button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('A rule needs a name');
  });

  it('keeps a refusal of the server on the page, with what to do', async () => {
    const { server } = renderRules(fromRecord);
    server.refuse = { status: 409, message: 'A rule of this name exists', help: 'Choose another name.' };
    const save = await button('Save');
    await waitFor(() => expect(enabled(save)).toBe(true));
    await userEvent.click(save);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('drop-cart was not saved');
    expect(alert.textContent).toContain('A rule of this name exists. Choose another name.');
  });

  it('says what stopped a dry run', async () => {
    const tail = fakeTail();
    tail.result = new Error('The engine does not know summarize.');
    renderRules(fromRecord, { tail });
    expect((await screen.findByRole('alert')).textContent).toContain('The dry run stopped');
  });

  it('names an agent that refused the rules', async () => {
    const server = new FakeServer().add(ruleDetail('drop-cart', { state: 'deployed', deployedVersion: 1, appliedAgents: 0 }));
    server.agents = [agent({ configStatus: 'failed', configError: 'unknown recorder "verbose"' })];
    renderRules('/rules/id-drop-cart', { server });
    expect(await screen.findByText('cart-1 refused the rules.')).toBeTruthy();
    expect(screen.getByText(/unknown recorder "verbose"/)).toBeTruthy();
  });
});

describe('a new rule', () => {
  it('starts empty, each in a draft of its own, and what was not saved is there to be continued or discarded', async () => {
    const { router } = renderRules('/rules/new');
    await write('Logs\n| invoke drop()');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'begun');
    const address = router.state.location.searchStr;
    expect(address).toMatch(/draft=/);
    await router.navigate({ to: '/rules' });
    await userEvent.click((await screen.findAllByRole('button', { name: 'New rule' }))[0]!);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Blank query' }));
    expect((await text()).value).toBe('');
    expect(router.state.location.searchStr).not.toBe(address);
    await router.navigate({ to: '/rules' });
    await userEvent.click((await screen.findAllByRole('button', { name: 'New rule' }))[0]!);
    await userEvent.click(await screen.findByRole('menuitem', { name: /^Continue begun unsaved,/ }));
    expect((await text()).value).toBe('Logs\n| invoke drop()');
    expect(router.state.location.searchStr).toBe(address);
    await router.navigate({ to: '/rules' });
    await userEvent.click((await screen.findAllByRole('button', { name: 'New rule' }))[0]!);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Discard begun' }));
    await userEvent.click((await screen.findAllByRole('button', { name: 'New rule' }))[0]!);
    await screen.findByRole('menuitem', { name: 'Blank query' });
    expect(screen.queryByRole('menuitem', { name: /begun/ })).toBeNull();
  });

  it('keeps its box, and what is typed while its first save is on the way', async () => {
    const { server, router } = renderRules(fromRecord);
    const box = await text();
    await waitFor(async () => expect(enabled(await button('Save'))).toBe(true));
    const release = server.hold();
    box.focus();
    fireEvent.keyDown(box, { key: 's', ctrlKey: true });
    await waitFor(() => expect(server.calls).toEqual(['POST /rules']));
    await write('Logs\n| where EventName == "TypedMeanwhile"\n| invoke drop()');
    release();
    await waitFor(() => expect(router.state.location.pathname).toBe('/rules/id-drop-cart'));
    expect([await text(), document.activeElement]).toEqual([box, box]);
    expect(box.value).toContain('TypedMeanwhile');
    expect(await screen.findByText('edited, not saved')).toBeTruthy();
    expect(Object.keys(useDrafts.getState().drafts)).toEqual(['id-drop-cart']);
    fireEvent.keyDown(box, { key: 's', ctrlKey: true });
    await waitFor(() => expect(server.bodies[1]).toMatchObject({ base: 1, text: expect.stringContaining('TypedMeanwhile') as string }));
  });

  it('that is left while it is being saved does not call the person back', async () => {
    const { server, router } = renderRules(fromRecord);
    await waitFor(async () => expect(enabled(await button('Save'))).toBe(true));
    const address = router.state.location.href;
    const release = server.hold();
    await userEvent.click(await button('Save'));
    await router.navigate({ to: '/tail' });
    release();
    expect(await screen.findByText('drop-cart version 1 is saved')).toBeTruthy();
    expect(router.state.location.pathname).toBe('/tail');
    router.history.push(address);
    await waitFor(() => expect(router.state.location.pathname).toBe('/rules/id-drop-cart'));
  });

  it('that is a net stays one while its YAML is broken, with its details', async () => {
    renderRules('/rules/new?kind=state-machine&view=text');
    const box = (await screen.findByRole('textbox', { name: 'Rule document in YAML' })) as HTMLTextAreaElement;
    fireEvent.input(box, { target: { value: `${box.value}order: [` } });
    expect(await screen.findByText(/not valid YAML|bracket/i)).toBeTruthy();
    expect(screen.queryByRole('tab', { name: 'KQL' })).toBeNull();
    expect(screen.getByText('net')).toBeTruthy();
    const targets = screen.getByRole<HTMLInputElement>('textbox', { name: 'Targets, in KQL' });
    expect([targets.disabled, screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value]).toEqual([true, 'new-net']);
  });

  it('has its text and picture kept when only one of them is shown', async () => {
    renderRules(fromRecord);
    const box = await text();
    await userEvent.click(screen.getByRole('radio', { name: 'Picture' }));
    await waitFor(() => expect(box.closest('[hidden]')).toBeTruthy());
    await userEvent.click(screen.getByRole('radio', { name: 'Both' }));
    await waitFor(() => expect(box.isConnected && box.closest('[hidden]') === null).toBe(true));
  });

  it('says what is wrong with a field at the field, and chooses targets from the fleet', async () => {
    const tail = Object.assign(fakeTail(), { liveFields: async () => [{ name: 'service.name', column: 'Resource' as const, type: 'string', presence: 1, distinct: 2, examples: ['cart', 'web'] }] });
    renderRules(fromRecord, { tail });
    const end = await screen.findByRole('textbox', { name: 'Ends after' });
    await userEvent.type(end, 'soon{Enter}');
    await waitFor(() => expect(end.getAttribute('aria-invalid')).toBe('true'));
    expect(document.getElementById(end.getAttribute('aria-describedby')!)?.textContent).toMatch(/duration such as/);
    await userEvent.clear(end);
    await userEvent.type(end, '7d{Enter}');
    await waitFor(() => expect(end.getAttribute('aria-invalid')).toBeNull());
    for (const name of ['cart', 'web']) {
      await userEvent.click(screen.getByRole('button', { name: 'Choose services and hosts' }));
      await userEvent.click(await screen.findByRole('menuitemcheckbox', { name }));
    }
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Targets, in KQL' }).value).toBe('ServiceName in ("cart", "web")');
  });

  it('repairs a slip with one press, and goes from a field\'s problem to its place in the document', async () => {
    renderRules('/rules/new?name=x');
    await write('Logs\n| where nope == 1\n| invoke drop()');
    await userEvent.click(await screen.findByRole('button', { name: 'Fix: Write EventName' }));
    expect((await text()).value).toBe('Logs\n| where EventName == 1\n| invoke drop()');
    await userEvent.type(screen.getByRole('textbox', { name: 'Ends after' }), 'soon{Enter}');
    await userEvent.click(await screen.findByRole('button', { name: /expires is "soon".*document, line/ }));
    const box = (await screen.findByRole('textbox', { name: 'Rule document in YAML' })) as HTMLTextAreaElement;
    await waitFor(() => expect(box.value.slice(box.selectionStart, box.selectionEnd)).toContain('soon'));
  });
});

describe('a saved rule', () => {
  it('saves a new version with Ctrl S, and only when something changed', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    expect(enabled(await button('Save'))).toBe(false);
    await write('Logs\n| where EventName == "QueueDepth"\n| invoke drop()');
    fireEvent.keyDown(await text(), { key: 's', ctrlKey: true });
    await waitFor(() => expect(server.calls).toEqual(['POST /rules/id-drop-cart/versions']));
    expect(await screen.findByText('drop-cart version 2 is saved')).toBeTruthy();
    await waitFor(async () => expect(enabled(await button('Save'))).toBe(false));
  });

  it('has no green proof, and no totals, where nothing was measured', async () => {
    const zero = { ...ruleDetail('x').effect, matchedPerSecond: 0, removedPerSecond: 0, fleetInPerSecond: 90, fleetOutPerSecond: 90 };
    const deployed = ruleDetail('drop-cart', { state: 'deployed', deployedVersion: 1, appliedAgents: 1, deployedAt: '2026-03-12T14:00:00.000Z', effect: zero });
    renderRules('/rules/id-drop-cart', { server: new FakeServer().add(deployed) });
    const step = (await screen.findByText('Measured effect', { selector: 'b' })).closest('li')!;
    expect(step.className).toBe('later');
    expect(step.textContent).toContain('catches nothing now: no record matched since deployment');
    await userEvent.click(await button('Disable'));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Disable' }));
    const stopped = await screen.findByText(/Records pass untouched by it/);
    expect(stopped.textContent).not.toMatch(/it matched/);
  });

  it('keeps unsaved text when the view is left, and finds it again', async () => {
    const { router, server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await write('Logs\n| invoke drop()');
    await router.navigate({ to: '/tail' });
    expect(await screen.findByRole('heading', { name: 'Tail' })).toBeTruthy();
    await router.navigate({ to: '/rules/$ruleId', params: { ruleId: 'id-drop-cart' } });
    expect((await text()).value).toBe('Logs\n| invoke drop()');
    expect(await screen.findByText('edited, not saved')).toBeTruthy();
    expect(await screen.findByText(/^Edited .*, not saved: this text is yours alone/)).toBeTruthy();
    expect(server.calls).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect((await text()).value).toContain('CartItemAdded');
    expect(screen.queryByText(/this text is yours alone/)).toBeNull();
  });

  it('edits one document: its fields, its KQL and its YAML are the same text, comments stay', async () => {
    const rule = ruleDetail('drop-cart');
    const commented = `# why we drop these\n${rule.versions[0]!.text}`;
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add({ ...rule, versions: [{ ...rule.versions[0]!, text: commented }] }) });
    await write('Logs\n| where EventName == "Other"\n| invoke drop()');
    const order = await screen.findByRole('textbox', { name: /Order/ });
    fireEvent.change(order, { target: { value: '7' } });
    fireEvent.blur(order);
    await userEvent.click(screen.getByRole('tab', { name: 'Document' }));
    const box = (await screen.findByRole('textbox', { name: 'Rule document in YAML' })) as HTMLTextAreaElement;
    for (const part of ['# why we drop these', 'order: 7', '"Other"']) expect(box.value).toContain(part);
    fireEvent.input(box, { target: { value: box.value.replace('name: drop-cart', 'name: [') } });
    await userEvent.click(screen.getByRole('tab', { name: 'KQL' }));
    expect(await screen.findByText(/not valid YAML, so its KQL cannot be edited here/)).toBeTruthy();
    expect(enabled(await button('Save'))).toBe(false);
    expect(server.calls).toEqual([]);
  });

  it('restores an old version into the editor and compares versions', async () => {
    const rule = ruleDetail('drop-cart');
    const newer = { ...rule.document, kind: 'query' as const, kql: 'Logs\n| where EventName == "New"\n| invoke drop()' } as QueryDocument;
    const server = new FakeServer().add({ ...rule, document: newer, latestVersion: 2, versions: [...rule.versions, { version: 2, document: newer, text: printRule(newer), createdAt: rule.createdAt, author: 'bo', contentHash: 'ffff', note: 'wider' }] });
    const { router } = renderRules('/rules/id-drop-cart', { server });
    await userEvent.click(await screen.findByRole('tab', { name: /Versions/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Compare with version 1' }));
    expect((await screen.findByRole('group', { name: 'Version 1 and the text in hand' })).textContent).toContain('"New"');
    expect(router.state.location.search).toMatchObject({ tab: 'compare', version: 1 });
    await userEvent.click(screen.getByRole('button', { name: 'Restore version 1 as a new version' }));
    expect((await text()).value).toContain('CartItemAdded');
    expect(enabled(await button('Save'))).toBe(true);
  });

  it('shows the fields that a rewrite changes', async () => {
    const tail = fakeTail();
    tail.result = dryRunResult({ removed: 0, changed: 1, matched: 1, samples: [sample('changed', dryRunRecord(1, 'hello', { attributes: { tier: 'web', ip: '10.0.0.1' } }), { after: dryRunRecord(1, 'hello', { attributes: { tier: 'edge' } }), changes: [{ field: 'tier', before: 'web', after: 'edge' }, { field: 'ip', before: '10.0.0.1', after: null }] })] });
    renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')), tail });
    const rows = within(await screen.findByRole('listbox', { name: 'Records before and after' })).getAllByRole('option');
    expect(rows.map(row => [...row.querySelectorAll('mark')].map(mark => mark.textContent))).toEqual([['tier=web', 'ip=10.0.0.1'], ['tier=edge', 'ip removed']]);
  });

  it('says when a newer version was saved elsewhere while typing', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await write('Logs\n| invoke drop()');
    const rule = server.rules.get('id-drop-cart')!;
    server.add({ ...rule, latestVersion: 2 });
    expect(await screen.findByText(/Version 2 was saved elsewhere/)).toBeTruthy();
    expect((await text()).value).toBe('Logs\n| invoke drop()');
  });

  it('is not saved or deployed over what somebody else saved, until a person chose', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await write('Logs\n| invoke drop()');
    server.add(nextVersion(server.rules.get('id-drop-cart')!));
    await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }));
    expect((await text()).value).toBe('Logs\n| invoke drop()');
    expect(screen.queryByText(/Version 2 was saved elsewhere/)).toBeNull();
    await waitFor(async () => expect(enabled(await button('Save'))).toBe(true));
    await userEvent.click(await button('Save'));
    await waitFor(() => expect(server.bodies).toMatchObject([{ base: 2 }]));
  });

  it('waits with Save and Deploy while a newer version stands beside the edits', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await write('Logs\n| invoke drop()');
    await waitFor(async () => expect(enabled(await button('Deploy'))).toBe(true));
    server.add(nextVersion(server.rules.get('id-drop-cart')!));
    await screen.findByText(/Version 2 was saved elsewhere/);
    expect([enabled(await button('Save')), enabled(await button('Deploy'))]).toEqual([false, false]);
    fireEvent.keyDown(await text(), { key: 's', ctrlKey: true });
    expect(server.calls).toEqual([]);
  });

  it('deploys the version that the question showed, whatever is saved while it is open', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await waitFor(async () => expect(enabled(await button('Deploy'))).toBe(true));
    await userEvent.click(await button('Deploy'));
    const dialog = await screen.findByRole('dialog');
    server.add(nextVersion(server.rules.get('id-drop-cart')!));
    await waitFor(() => expect(screen.getAllByRole('textbox', { name: /Rule text in KQL/, hidden: true }).map(box => (box as HTMLTextAreaElement).value).join()).toContain('"Theirs"'));
    expect(within(dialog).getByText('Deploy drop-cart version 1?')).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Deploy' }));
    await waitFor(() => expect(server.bodies).toMatchObject([{ version: 1 }]));
  });

  it('lets nothing be deployed from a question about edits that somebody overtook', async () => {
    const { server } = renderRules('/rules/id-drop-cart', { server: new FakeServer().add(ruleDetail('drop-cart')) });
    await write('Logs\n| where EventName == "Mine"\n| invoke drop()');
    await waitFor(async () => expect(enabled(await button('Deploy'))).toBe(true));
    await userEvent.click(await button('Deploy'));
    const dialog = await screen.findByRole('dialog');
    const confirm = () => within(dialog).getByRole('button', { name: 'Save and deploy' });
    expect(enabled(confirm())).toBe(true);
    server.add(nextVersion(server.rules.get('id-drop-cart')!));
    await waitFor(() => expect(enabled(confirm())).toBe(false));
    await userEvent.click(confirm());
    expect(server.calls).toEqual([]);
  });
});

/** Saved by somebody else. */
function nextVersion(rule: RuleDetail): RuleDetail {
  const theirs = { ...rule.document, kind: 'query' as const, kql: 'Logs\n| where EventName == "Theirs"\n| invoke drop()' } as QueryDocument;
  return { ...rule, document: theirs, latestVersion: 2, versions: [...rule.versions, { version: 2, document: theirs, text: printRule(theirs), createdAt: rule.createdAt, author: 'bo', contentHash: 'ffff', note: '' }] };
}
