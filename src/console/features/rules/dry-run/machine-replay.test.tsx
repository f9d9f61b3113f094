import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MachineDryRunResult, MachineStep } from '../../../../rules/index.ts';
import type { Selection } from '../machine/index.ts';
import { MachineResult } from './machine-result.tsx';

beforeEach(() => { vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} }); Element.prototype.scrollIntoView ??= () => undefined; });
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const text = 'kind: state-machine\nname: net\ninitial: idle\nstates:\n  idle:\n    on: [{ when: "a", to: stuck }]\n  stuck:\n    after: { 1m: idle, 30s: idle }\n';
const part = (says: string, outcome: boolean | null) => ({ text: says, outcome, reads: [], join: null, parts: [] });
const guard = (outcome: boolean, more = {}) => ({ to: 'stuck', text: 'a and b', outcome, near: !outcome, have: 0, need: 1, withinNanos: null, said: { ...part('a and b', outcome), join: 'and' as const, parts: [part('EventName == "Q"', true), part('depth > 200', outcome)] }, ...more });
const step = (number: number, more: Partial<MachineStep>): MachineStep =>
  ({ cause: 'record', record: { number, signal: 'logs', service: 'cart', name: 'Q', summary: 'queue', fields: { columns: {}, attributes: {}, resource: {} } }, key: 'cart', atUnixNano: BigInt(number) * 1_000_000_000n, from: 'idle', to: 'idle', via: null, guards: [], events: [], because: null, passedOver: 0, ...more });
const steps = [
  step(1, { guards: [guard(false)] }), step(2, { guards: [guard(true, { have: 2, need: 5, withinNanos: 30_000_000_000n })] }),
  step(40, { to: 'stuck', via: 0, because: 'a and b', guards: [guard(true)], passedOver: 37, events: [{ event: 'action', key: 'cart', state: 'stuck', action: 'cpu-sample', as: null, parameters: {}, atUnixNano: 3n }] }),
  step(0, { cause: 'timer', record: null, from: 'stuck', to: 'idle', because: '30 s in stuck' }),
];
const result: MachineDryRunResult = {
  kind: 'state-machine', scanned: 40, reached: 40, bytesBefore: 0, fromMs: 0, toMs: 1, cpu: null, malformed: 0, errors: 0, error: null, steps, passedOver: 3,
  transitions: 2, actions: 1, actionsNotRun: 0, keysEvicted: 0, events: [], guards: [], keys: 1, states: [],
};

it('steps by button and arrow key, says what happened, and shows where in the picture', async () => {
  const shown: Selection[] = [];
  render(<MachineResult result={result} text={text} onShow={place => shown.push(place)} />);
  const detail = () => screen.getByRole('region', { name: 'What happened at this step' }).textContent;
  expect(screen.getByText('Step 3 of 4')).toBeTruthy();
  expect(detail()).toContain('Would start cpu-sample.');
  expect(screen.getByText('2 records stayed in idle, 1 of them counted')).toBeTruthy();
  expect(screen.getByText('37 more records did nothing')).toBeTruthy();
  expect(screen.queryByText('record 1, Q')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(detail()).toContain('A timer fired.');
  screen.getByRole('listbox', { name: 'Steps of the replay' }).focus();
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(detail()).toContain('It held: counted 3 of 5, within 30 s, towards stuck.');
  await userEvent.keyboard('{Home}');
  expect(detail()).toContain('It did not hold: depth > 200 was false, the rest held.');
  expect(shown).toEqual([{ kind: 'timer', state: 'stuck', time: '30s' }, { kind: 'transition', state: 'idle', index: 0 }, { kind: 'state', state: 'idle' }, { kind: 'state', state: 'idle' }]);
});

it('says in plain words that nothing starts, and when no record came', () => {
  render(<MachineResult result={{ ...result, steps: [], reached: 0, transitions: 0 }} text={text} onShow={() => undefined} />);
  expect(screen.getByText(/A replay: no action starts\./)).toBeTruthy();
  expect(screen.getByText('No record came to the net')).toBeTruthy();
});
