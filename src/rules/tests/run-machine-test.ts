// One test of a state machine: records at their times in, transitions, actions and states out. Nothing is started.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { createMachine, type MachineEvent, type MachineKeyState } from '../../engine/index.ts';
import type { MachineTest, Signal } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import type { CompiledMachine } from '../types.ts';
import { show } from './compare.ts';
import { encodeRecord } from './encode-records.ts';
import { timed } from './timing.ts';

const signalOf: Readonly<Record<string, Signal>> = { Logs: 'logs', Spans: 'spans', Metrics: 'metrics' };

interface Outcome { readonly events: readonly MachineEvent[]; readonly states: readonly MachineKeyState[]; readonly failures: readonly string[] }

/** The differences, one readable block each; none when the test passes. */
export function runMachineTest(rule: CompiledMachine, { given, expect }: MachineTest): readonly string[] {
  const { events, states, failures } = run(rule, given);
  if (failures.length > 0) return failures;
  const transitions = events.flatMap((one) => (one.event === 'transition' ? [`${one.from} -> ${one.to}`] : []));
  const actions = events.flatMap((one) => (one.event === 'action' ? [one.action] : []));
  return [
    ...(expect.transitions === undefined ? [] : listDifference('transitions', expect.transitions.map(arrow), transitions)),
    ...(expect.actions === undefined ? [] : listDifference('actions', expect.actions, actions)),
    ...(expect.state === undefined ? [] : stateDifferences(expect.state, states, rule.machine.initial)),
  ];
}

/** Where given records lead, as a test would expect it. */
export function expectedOfMachine(rule: CompiledMachine, given: MachineTest['given']): Result<MachineTest['expect'], Failure> {
  const { events, states, failures } = run(rule, given);
  if (failures.length > 0) return failure('rule.test-record', failures[0]!);
  const [only] = states;
  return ok({
    transitions: events.flatMap((one) => (one.event === 'transition' ? [`${one.from} -> ${one.to}`] : [])), actions: events.flatMap((one) => (one.event === 'action' ? [one.action] : [])),
    state: states.length > 1 ? Object.fromEntries(states.map(({ key, state }) => [key, state])) : only?.state ?? rule.machine.initial,
  });
}

const arrow = (text: string): string => text.replace(/\s*(?:->|→)\s*/, ' -> ');

function run(rule: CompiledMachine, given: MachineTest['given']): Outcome {
  const failed = (message: string): Outcome => ({ events: [], states: [], failures: [message] });
  const times = timed(given);
  if (!times.ok) return failed(times.error.message);
  const made = createMachine(rule.machine);
  if (!made.ok) return failed(made.error.message);
  const machine = made.value;
  const events: MachineEvent[] = [];
  for (const [index, { record, atUnixNano, isPause }] of times.value.entries()) {
    if (isPause) { events.push(...machine.advance(atUnixNano)); continue; }
    const signal = signalOf[String(record['table'] ?? 'Logs')];
    if (signal === undefined) return failed(`given ${index + 1}: table is Logs, Spans or Metrics, not ${show(record['table'])}.`);
    const bytes = encodeRecord(signal, record, atUnixNano);
    if (!bytes.ok) return failed(`given ${index + 1}: ${bytes.error.message}`);
    const walked = codec.walk(signal, bytes.value);
    if (!walked.ok) return failed(walked.error.message);
    events.push(...machine.feed(walked.value, 0, atUnixNano));
  }
  return { events, states: machine.keys(), failures: machine.errors === 0 ? [] : [`the machine failed on ${machine.errors} of the records: ${machine.lastError ?? 'it does not say why'}`] };
}

function listDifference(what: string, expected: readonly string[], came: readonly string[]): readonly string[] {
  const at = expected.findIndex((one, i) => one !== came[i]);
  if (at < 0 && expected.length === came.length) return [];
  const place = at < 0 ? expected.length : at;
  return [`${what}: number ${place + 1} is ${expected[place] ?? 'not expected'}, came ${came[place] ?? 'nothing'}\n  expected ${expected.join(', ') || 'none'}\n  came     ${came.join(', ') || 'none'}`];
}

function stateDifferences(expected: string | Readonly<Record<string, string>>, states: readonly MachineKeyState[], initial: string): readonly string[] {
  if (typeof expected !== 'string') {
    return Object.entries(expected).flatMap(([key, state]) => {
      const came = states.find((one) => one.key === key)?.state;
      return came === state ? [] : [`state of ${key}: expected ${state}, came ${came ?? 'no machine of this key'}`];
    });
  }
  if (states.length === 0) return expected === initial ? [] : [`state: expected ${expected}, but no record made a machine`];
  return states.filter(({ state }) => state !== expected).map(({ key, state }) => `state${key === '' ? '' : ` of ${key}`}: expected ${expected}, came ${state}`);
}
