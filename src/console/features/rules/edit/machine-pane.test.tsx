// The picture of a state machine in a person's hands: only clicking and choosing, or only keys; the text beside it always in sync.
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { languageForTests } from '../../../../kql/kusto/kusto-for-tests.ts';
import type { LiveField } from '../../../../kql/index.ts';
import { checkRule, editRule, parseRule } from '../../../../rules/index.ts';
import { EditorServicesProvider, plainEngine } from '../../../editor/index.ts';
import type { KqlClient } from '../../../workers/kql/index.ts';
import { RulesTailProvider } from '../services.tsx';
import { fakeTail } from '../testing/fakes.ts';
import type { DryRun } from '../dry-run/index.ts';
import type { Selection } from '../machine/index.ts';
import { MachinePane } from './machine-pane.tsx';

const kql = await languageForTests();
const client = { blocks: async (text: string, mode: 'guard') => kql.blocks(text, mode) } as unknown as KqlClient; // no other call is made here
const services = { kql: () => client, loadEngine: async () => plainEngine, warm: () => undefined };
const field = (name: string, column: LiveField['column'], type: string, examples: readonly string[]): LiveField => ({ name, column, type, presence: 0.5, distinct: examples.length, examples });
const seen = [field('EventName', 'Record', 'string', ['QueueDepth', 'CartItemAdded']), field('depth', 'Attributes', 'long', ['120', '240']), field('queue.name', 'Attributes', 'string', ['orders'])];

class StillObserver { observe() {} unobserve() {} disconnect() {} }
beforeEach(() => { vi.stubGlobal('ResizeObserver', StillObserver); Element.prototype.hasPointerCapture ??= () => false; Element.prototype.scrollIntoView ??= () => undefined; });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

/** The pane over a text, as the editor has it; `text()` is what the Document tab would show. */
async function show(initial: string, shown: Selection | null = null, recorders: readonly string[] | null = null) {
  const tail = Object.assign(fakeTail(), { liveFields: async () => seen });
  const held: { text: string; set: (text: string) => void; step: (at: Selection) => void } = { text: initial, set: () => undefined, step: () => undefined };
  function Editor() {
    const [text, setText] = useState(initial);
    const [at, setAt] = useState(shown);
    Object.assign(held, { text, set: setText, step: setAt });
    const dryRun = { controls: { shown: at } } as unknown as Pick<DryRun, 'controls'>; // nothing else of it is read here
    const draft = { text, setText, edit: (edits: Parameters<typeof editRule>[1]) => { const result = editRule(text, edits); if (result.ok) setText(result.value); } };
    return <MachinePane editor={{ draft, machine: null, dryRun, recorders, problems: checkRule(text, kql).problems }} />;
  }
  render(<EditorServicesProvider value={services}><RulesTailProvider value={tail}><Editor /></RulesTailProvider></EditorServicesProvider>);
  await screen.findAllByRole('group', { name: /^State / });
  return { text: () => held.text, type: (text: string) => act(() => held.set(text)), step: (at: Selection) => act(() => held.step(at)) };
}

const state = (name: string) => screen.findByRole('group', { name: new RegExp(`^State ${name}`) });
const click = async (element: HTMLElement) => { await userEvent.click(element); };
const fill = async (element: HTMLElement, text: string) => { await userEvent.clear(element); await userEvent.type(element, `${text}{Enter}`); };
const choose = async (label: string, option: RegExp, within_: HTMLElement = document.body) => { await click(within(within_).getByRole('combobox', { name: label })); await click(await screen.findByRole('option', { name: option })); };

const small = `# of the checkout team
kind: state-machine
name: queue-stuck
key: [ServiceName]
initial: watching
states:
  watching: {} # nothing yet
`;
const queue = `kind: state-machine
name: queue
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth"', to: stuck }]
  stuck:
    after: { 5m: idle, 1h: idle }
layout:
  idle: { x: 0, y: 0 } # by hand
`;

describe('a person who never saw KQL', () => {
  it('makes "when queue depth > 200 five times in 30 s, take a CPU sample" by clicking and choosing', async () => {
    const { text } = await show(small);
    await click(screen.getByRole('button', { name: 'Add a state' }));
    await fill(await screen.findByRole('textbox', { name: 'Name' }), 'stuck');
    // A pressed mouse would start a drag, for which jsdom has no window.
    fireEvent.click(await state('watching'));
    await click(screen.getByRole('button', { name: 'Transition' }));
    const first = await screen.findByRole('group', { name: 'When a record has' });
    await click(await within(first).findByRole('combobox', { name: 'Value' }));
    await click(await screen.findByRole('option', { name: 'QueueDepth' }));
    await click(within(first).getByRole('button', { name: 'Add a condition' }));
    const second = await within(first).findByRole('group', { name: 'condition 2' });
    await click(within(second).getByRole('combobox', { name: 'Field' }));
    await click(await screen.findByRole('option', { name: /^depth/ }));
    await choose('Comparison', /is more than >$/, second);
    await fill(within(second).getByRole('combobox', { name: 'Value' }), '200');
    await fill(screen.getByRole('textbox', { name: 'This many times' }), '5');
    await fill(screen.getByRole('textbox', { name: 'Within' }), '30 seconds');
    await click(screen.getByRole('button', { name: 'Action' }));
    await click(await screen.findByRole('menuitem', { name: /Take a CPU sample/ }));
    await screen.findByRole('button', { name: 'Transition from watching to stuck: QueueDepth 5 within 30 s depth > 200' });
    const { document, problems } = parseRule(text());
    expect(problems).toEqual([]);
    expect(document).toMatchObject({ states: {
      watching: { on: [{ when: 'EventName == "QueueDepth" and tolong(Attributes["depth"]) > 200', count: 5, within: '30s', to: 'stuck' }] },
      stuck: { enter: [{ action: 'cpu-sample', duration: '10s' }] },
    } });
    for (const kept of ['# of the checkout team', '# nothing yet', 'key: [ServiceName]']) expect(text()).toContain(kept);
    expect(checkRule(text(), kql).compiled?.kind).toBe('state-machine');
  });

  it('chooses what tells machines apart from the fields of live records', async () => {
    const { text } = await show(small);
    await click(screen.getByRole('button', { name: 'Add a field' }));
    await click(await screen.findByRole('menuitem', { name: 'queue.name' }));
    expect(parseRule(text()).document).toMatchObject({ key: ['ServiceName', 'Attributes["queue.name"]'] });
  });

  it('is told how to write a duration, and nothing wrong reaches the text', async () => {
    const { text } = await show(queue);
    await click(await screen.findByRole('button', { name: /^Timer from stuck to idle: after 5 m/ }));
    await fill(screen.getByRole('textbox', { name: 'After this long in stuck' }), 'soon');
    expect(screen.getByRole('alert').textContent).toContain('such as 500ms, 30s');
    expect(text()).toBe(queue);
    await fill(screen.getByRole('textbox', { name: 'After this long in stuck' }), '2 minutes');
    expect(text()).toBe(queue.replace('5m: idle', '2m: idle'));
    expect(screen.getByRole('button', { name: /^Timer from stuck to idle: after 1 h/ })).toBeTruthy();
  });
});

describe('text and picture', () => {
  it('stay in sync: what is typed is drawn at once, and the form follows', async () => {
    const { type } = await show(queue);
    await click(await screen.findByRole('button', { name: /^Transition from idle/ }));
    type(queue.replace('to: stuck', 'count: 3, to: stuck'));
    expect(screen.getByRole('button', { name: /3 times QueueDepth/ })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'This many times' }).value).toBe('3');
  });

  it('keep the last good picture while the text cannot be read, and say why', async () => {
    const { type } = await show(queue);
    type(`${queue}limits: [`);
    expect(screen.getByRole('status').textContent).toMatch(/cannot be read now.*bracket above is not closed/);
    expect(screen.getAllByRole('group', { name: /^State / })).toHaveLength(2);
    expect(screen.getByRole<HTMLFieldSetElement>('group', { name: 'Form of what is selected' }).disabled).toBe(true);
    expect(screen.queryByRole('button', { name: 'Add a state' })).toBeNull();
    type(queue);
    expect(screen.queryByText(/cannot be read now/)).toBeNull();
  });

  it('chooses among the recorders that exist, scrolls to the new action, and warns of a name that stands for none', async () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
    const { text } = await show(small, null, ['by-session', 'checkout-verbose']);
    fireEvent.click(await state('watching'));
    await click(await screen.findByRole('button', { name: 'Action' }));
    await click(await screen.findByRole('menuitem', { name: /Collect a flight recorder/ }));
    const field = await screen.findByRole('combobox', { name: 'Flight recorder' });
    expect(scrolled.mock.contexts.some(element => element instanceof Element && element.classList.contains('net-action'))).toBe(true);
    expect(text()).not.toContain('recorder: ');
    await fill(field, 'checkout-verbos2');
    expect(await screen.findByText('No recorder of that name is defined, and no rule fills it.')).toBeTruthy();
    await fill(screen.getByRole('combobox', { name: 'Flight recorder' }), 'check');
    await waitFor(() => expect(text()).toContain('recorder: checkout-verbose'));
    expect(screen.queryByText(/No recorder of that name/)).toBeNull();
  });
  it('mark a step of the replay with the state it leads to, and keep the form and what is half filled in', async () => {
    const { step } = await show(queue);
    await click(await screen.findByRole('button', { name: /^Transition from idle/ }));
    const guard = await screen.findByRole('group', { name: 'When a record has' });
    await click(await within(guard).findByRole('button', { name: 'Add a condition' }));
    await within(guard).findByRole('group', { name: 'condition 2' });
    step({ kind: 'timer', state: 'stuck', time: '5m' });
    expect(within(guard).getByRole('group', { name: 'condition 2' })).toBeTruthy();
    expect(document.querySelector('.net-label.at')?.getAttribute('aria-label')).toContain('after 5 m');
    expect([...document.querySelectorAll('.net-state.at')].map((box) => box.textContent)).toEqual([expect.stringContaining('idle')]);
  });

  it('show a problem where it is', async () => {
    await show(queue.replace('"QueueDepth"', '"QueueDepth" and nosuch(1)').replace('  stuck:', '  lost: {}\n  stuck:'));
    expect((await state('lost')).getAttribute('aria-label')).toContain('Nothing leads to the state "lost"');
    const arrow = screen.getByRole('button', { name: /^Transition from idle/ });
    expect(arrow.getAttribute('aria-label')).toMatch(/nosuch/);
    await click(arrow);
    expect(within(screen.getByRole('group', { name: 'Form of what is selected' })).getAllByRole('status')[0]!.textContent).toMatch(/nosuch/);
  });
});

describe('by keys', () => {
  const press = (element: Element | null, key: string, more: object = {}) => fireEvent.keyDown(element ?? document.body, { key, ...more });

  it('makes, edits and removes states and transitions', async () => {
    const { text } = await show(queue);
    press(await state('stuck'), 't');
    const made = await screen.findByRole('button', { name: /^Transition from stuck to idle: choose an event/ });
    await waitFor(() => expect(document.activeElement).toBe(made));
    press(made, 'Delete');
    await waitFor(async () => expect(document.activeElement).toBe(await state('stuck')));
    expect(text()).toBe(queue);
    press(document.activeElement, 'n');
    await waitFor(async () => expect(document.activeElement).toBe(await state('state')));
    press(document.activeElement, 'Enter');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
    press(document.activeElement, 'Escape');
    await waitFor(async () => expect(document.activeElement).toBe(await state('state')));
    press(document.activeElement, 'z', { ctrlKey: true });
    await waitFor(() => expect(text()).toBe(queue));
    press(document.querySelector('.net-canvas'), 'z', { ctrlKey: true, shiftKey: true });
    expect(Object.keys((parseRule(text()).document as { states?: object } | null)?.states ?? {})).toEqual(['idle', 'stuck', 'state']);
  });

  it('moves a state; several presses are one change of the layout', async () => {
    const { text } = await show(queue);
    const idle = await state('idle');
    press(idle, 'ArrowRight');
    press(idle, 'ArrowRight');
    press(idle, 'ArrowDown', { shiftKey: true });
    expect(text()).toBe(queue);
    await waitFor(() => expect(text()).toBe(queue.replace('{ x: 0, y: 0 }', '{ x: 32, y: 64 }')));
  });
});
