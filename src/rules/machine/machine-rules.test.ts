// Nets from text to plan: what is checked, where it is said, and that the tests in the document run.
import { describe, expect, it } from 'vitest';
import type { MachineDocument } from '../../model/index.ts';
import { checkRule } from '../check/index.ts';
import { runTests } from '../tests/index.ts';
import { languageForTests } from '../testing/language-for-tests.ts';

const language = await languageForTests();
const net = `weir: 1
kind: state-machine
name: checkout-queue-stuck
key: [ServiceName, 'Attributes["queue.name"]']
initial: idle
states:
  idle:
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', to: growing }]
  growing:
    after: { 60s: idle }
    on: [{ when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', count: 5, within: 30s, to: stuck }]
  stuck:
    enter:
      - { action: cpu-sample, duration: 10s, as: cpu }
      - { action: collect-recorder, recorder: checkout-verbose }
      - { action: memory-dump, if: 'last("memory-dump") > 1h' }
    after: { 5m: idle }
limits: { actions: 5, per: 1h, cooldown: 10m }
`;
const check = (text: string) => checkRule(text, language);
/** What is said, and the text it is said about. */
const said = (text: string) => check(text).problems.map(({ severity, message, start, end }) => `${severity}: ${message} [${text.slice(start, end)}]`);

describe('a net', () => {
  it('compiles: guards, times, limits, actions with what they were given', () => {
    const { compiled, problems } = check(net);
    expect(problems).toEqual([]);
    if (compiled?.kind !== 'state-machine') throw new Error('no machine');
    const { machine } = compiled;
    expect(machine.key.map(({ text }) => text)).toEqual(['ServiceName', 'Attributes["queue.name"]']);
    expect(machine.limits).toEqual({ actions: 5, perNanos: '3600000000000', cooldownNanos: '600000000000', maxKeys: 1024 });
    expect(machine.states.map(({ name, after, on }) => [name, after, on.map(({ count, withinNanos, to }) => [count, withinNanos, to])])).toEqual([
      ['idle', [], [[1, null, 'growing']]], ['growing', [{ nanos: '60000000000', to: 'idle' }], [[5, '30000000000', 'stuck']]], ['stuck', [{ nanos: '300000000000', to: 'idle' }], []],
    ]);
    expect(machine.states[2]!.enter.map(({ action, as, ifText, parameters }) => [action, as, ifText, parameters])).toEqual([
      ['cpu-sample', 'cpu', null, { durationMs: 10_000 }], ['collect-recorder', null, null, { recorder: 'checkout-verbose' }], ['memory-dump', null, 'last("memory-dump") > 1h', {}],
    ]);
  });

  it('says what is wrong at its place in the text', () => {
    expect(said(net.replace('to: stuck', 'to: stcuk'))).toContain('error: There is no state "stcuk". [stcuk]');
    expect(said(net.replace('recorder: checkout-verbose', 'as: x'))).toContainEqual(expect.stringMatching(/^error: collect-recorder needs the name of a flight recorder/));
    expect(said(net.replace('toint(Attributes.depth) > 200\', to: growing', 'toint(Attributes.depth)\', to: growing'))).toHaveLength(1);
    expect(said(net.replace('initial: idle', 'initial: stuck'))).toEqual([]);
    expect(said(net.replace('initial: idle', 'initial: stuck').replace('{ 5m: idle }', '{ 5m: stuck }')).filter((one) => one.includes('Nothing leads'))).toHaveLength(2);
    expect(said(net.replace('count: 5, within: 30s', 'within: 30s'))).toContainEqual(expect.stringMatching(/^warning: A time means nothing for a single match/));
  });

  it('takes no placeholder for an event', () => {
    const idle = (guard: string) => said(net.replace(`when: 'EventName == "QueueDepth" and toint(Attributes.depth) > 200', to: growing`, `when: '${guard}', to: growing`));
    expect(idle('EventName == ""')).toEqual(['error: No event is chosen yet, so this transition cannot happen. [EventName == ""]']);
    expect(check(net.replace('EventName == "QueueDepth" and toint(Attributes.depth) > 200\', to: growing', 'EventName == ""\', to: growing')).compiled).toBeNull();
    expect(idle('EventName == "" and toint(Attributes.depth) > 200')).toEqual([expect.stringMatching(/^warning: No event is chosen: only records without an event name fit/)]);
    expect(idle('isempty(EventName)')).toEqual([]);
  });

  it('refuses a guard that is no condition', () => {
    expect(said(net.replace('last("memory-dump") > 1h', 'last("memory-dump")'))).toContainEqual(expect.stringMatching(/^error: .*true or false/));
    expect(check(net.replace('last("memory-dump") > 1h', 'nope(')).compiled).toBeNull();
  });

  it('runs the tests in its document, with time in them', async () => {
    const record = (at: string, depth: number) => ({ at, EventName: 'QueueDepth', ServiceName: 'checkout', Attributes: { depth, 'queue.name': 'orders' } });
    const { compiled } = check(net);
    const tests: MachineDocument['tests'] = [
      { name: 'five in half a minute', given: ['0s', '1s', '5s', '9s', '13s', '17s'].map((at) => record(at, 250)), expect: { state: 'stuck', transitions: ['idle -> growing', 'growing -> stuck'], actions: ['cpu-sample', 'collect-recorder', 'memory-dump'] } },
      { name: 'it calms down', given: [record('0s', 250), { at: '61s' }], expect: { state: { 'checkout / orders': 'idle' }, actions: [] } },
      { name: 'shallow is fine', given: [record('0s', 3)], expect: { state: 'stuck' } },
    ];
    const { results } = await runTests(compiled!, tests, { nowMs: () => 0 });
    expect(results.map(({ name, ok }) => [name, ok])).toEqual([['five in half a minute', true], ['it calms down', true], ['shallow is fine', false]]);
    expect(results[2]!.failures.join('\n')).toContain('expected stuck');
  });
});
