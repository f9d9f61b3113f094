// Armed nets over records in time: who meets what, what fires, what is bounded, what survives; and the whole against a plain machine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attr, call, col, lit, plan as planOf, where } from '../../testing/index.ts';
import { ManualClock } from '../../base/index.ts';
import { netReport } from '../../model/index.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import { ruleSet } from '../pipeline/rule-set.ts';
import { statsOf } from '../pipeline/rule-stats.ts';
import { readMemories } from './net-memories.ts';
import { naiveRun, type PlainState } from './testing/naive-machine.ts';
import { act, after, deep, limits, machine, named, netRule, on, requestOf, second, startMs, startNano, state, stuck, TestNets, type Line } from './testing/nets-for-tests.ts';

const depth = (atMs: number | null, more: Partial<Line> = {}): Line => ({ name: 'QueueDepth', atMs, attributes: { depth: 250 }, ...more });
const six = (fromMs: number, more: Partial<Line> = {}): readonly Line[] => [0, 1, 2, 3, 4, 5].map((i) => depth(fromMs + i * 1000, more));

describe('an armed net', () => {
  it('fires once its state is entered, for the process of the record', () => {
    const nets = new TestNets().arm(netRule('n', stuck)).at(6000);
    let called = 0;
    nets.nets.onFired = () => { called++; };
    nets.offer({ name: 'Other', atMs: 0 }, ...six(0, { resource: { 'process.pid': 812, 'host.name': 'box' } }));
    expect(nets.told()).toEqual(['orders: idle -> growing', 'orders: growing -> stuck', 'orders: run cpu-sample', 'orders: run collect-recorder']);
    const [firing, ...others] = nets.nets.takeFirings();
    expect([called, others]).toEqual([1, []]);
    expect(firing).toMatchObject({
      rule: { id: 'n', version: 1 }, key: 'orders', from: 'growing', to: 'stuck', atUnixMs: startMs + 5000, because: 'guard, 5 times within 30 s', origin: { service: 'shop', pid: 812, host: 'box' },
      actions: [{ action: 'cpu-sample', as: 'cpu', parameters: { durationMs: 5000 } }, { action: 'collect-recorder' }], notRun: [],
    });
    expect(nets.nets.takeFirings()).toEqual([]);
  });

  it('meets only records that can matter, and counts them', () => {
    const nets = new TestNets().arm(netRule('n', stuck));
    nets.offer({ name: 'Other', atMs: 0 }, { name: 'QueueDepth', atMs: 0, attributes: { depth: 3 } }, depth(0));
    const [report] = nets.nets.report(nets.now);
    expect(report).toMatchObject({ looked: 2, moved: 1, instances: 1, states: { idle: 0, growing: 1, stuck: 0 }, guards: [{ isTrue: 1, isFalse: 1, isNull: 0 }, { isTrue: 0, isFalse: 0, isNull: 0 }] });
    expect(report!.lastRecords[0]).toMatchObject({ key: 'orders', text: 'QueueDepth queue=orders depth=250' });
    expect(statsOf(nets.rules[0]!)).toMatchObject({ matched: 1, removed: 0, changed: 0, errors: 0, groups: 1 });
    expect(netReport.safeParse({ version: 1, atUnixMs: 0, nets: nets.nets.report(nets.now) }).success).toBe(true);
  });

  it('hears of names that since() asks about', () => {
    const slow = call('and', named('End'), call('>', call('since', lit('Start')), lit(String(second / 5n), 'timespan')));
    const nets = new TestNets().arm(netRule('n', machine([state('ok', { on: [on('slow', slow)] }), state('slow')]))).at(2000);
    nets.offer({ name: 'Start', atMs: 0 }, { name: 'Noise', atMs: 50 }, { name: 'End', atMs: 100 }, { name: 'Start', atMs: 1000 }, { name: 'End', atMs: 1500 });
    expect(nets.told()).toEqual(['orders: ok -> slow']);
    expect(nets.nets.report(nets.now)[0]!.looked).toBe(4);
  });

  it('only counts in shadow', () => {
    const nets = new TestNets().arm(netRule('n', stuck, { mode: 'shadow' })).at(6000);
    nets.offer(...six(0));
    expect(nets.told()).toContain('orders: run cpu-sample');
    expect(nets.nets.takeFirings()).toEqual([]);
    expect(statsOf(nets.rules[0]!)).toMatchObject({ matched: 2, would: { removed: 0 } });
    expect(nets.nets.limits(nets.now)).toEqual([]);
  });

  it('is for the records that its targets name', () => {
    const targets = planOf('source', [where(call('==', col('ServiceName'), lit('cart')))]);
    const elsewhere = planOf('source', [where(call('==', attr('host.name', 'Agent'), lit('there')))]);
    const nets = new TestNets().arm(netRule('cart', stuck, { targets }), netRule('there', stuck, { targets: elsewhere }));
    nets.offer(depth(0), depth(0, { service: 'cart' }));
    expect(nets.nets.report(nets.now).map(({ rule: { id }, looked }) => [id, looked])).toEqual([['cart', 1], ['there', 0]]);
  });

  it('that cannot be read costs only itself', () => {
    const nets = new TestNets();
    const good = netRule('good', stuck);
    const broken = [netRule('nowhere', machine([state('idle', { on: [on('gone', deep)] })])), netRule('malformed', { ...stuck, limits: { ...limits, actions: -1 } }), netRule('spins', machine([state('idle', { after: [after(0, 'idle')] })])), { ...good, id: 'no', machine: 'x' }];
    const set = ruleSet([good, ...broken], { running: [], refused: [], nowUnixMs: 0, strict: false, compile: (rule) => { try { return { ok: true, value: nets.compile(rule) }; } catch (error) { return { ok: false, error: { code: 'x', message: (error as Error).message } }; } } });
    expect(set).toMatchObject({ ok: true, value: { live: [{ id: 'good' }], refused: [{ id: 'nowhere' }, { id: 'malformed' }, { id: 'spins' }, { id: 'no' }] } });
  });

  it('pays for its time, and is turned off past its budget', () => {
    const nets = new TestNets().arm(netRule('n', stuck, { bounds: { cpuShare: 0.01, memoryBytes: 1 << 25, outputPerSecond: null } }));
    nets.keeper.watch(nets.rules.map(({ meter }) => meter));
    const test = nets.clock.monotonicMs.bind(nets.clock);
    nets.clock.monotonicMs = () => { nets.clock.advanceMs(0.05); return test(); };
    for (let i = 0; i < 400; i++) { nets.keeper.begin(); nets.at(i * 50); nets.offer(...Array.from({ length: 200 }, () => depth(null))); nets.keeper.judge(); }
    expect(nets.rules[0]!.meter.disabled).toMatchObject({ kind: 'cpu' });
    const { looked } = nets.rules[0]!.net!.book;
    nets.offer(depth(null));
    expect(nets.nets.report(nets.now)).toEqual([]);
    expect([looked > 0, nets.nets.isArmed]).toEqual([true, false]);
  });
});

describe('in the pipeline', () => {
  it('sees records as redaction leaves them, whatever later rules do with them, and stands among the rules', () => {
    const clock = new ManualClock(startNano);
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10 });
    const drop = { id: 'drop', name: 'drop', version: 1, order: 1, plan: planOf('source', [], { sink: 'drop' }) };
    const hide = { id: 'hide', name: 'hide', version: 1, order: 500, plan: null, policy: {} };
    const given = [drop, hide, netRule('n', stuck), netRule('bad', { ...stuck, initial: 'nowhere' })];
    expect(pipeline.replaceRules(given, [], 'rule-by-rule')).toMatchObject({ ok: true });
    const processed = pipeline.process('logs', requestOf(six(0, { attributes: { depth: 250, mail: 'ann.other@example.org' } })), { in: false, out: false });
    expect(processed).toMatchObject({ ok: true, value: { removed: { dropped: 6 } } });
    const [report] = pipeline.nets.report(clock.nowUnixNano());
    expect(report).toMatchObject({ looked: 6, states: { stuck: 1 } });
    expect(report!.lastRecords[0]!.text).toContain('mail=');
    expect(JSON.stringify(report)).not.toContain('ann.other');
    expect(pipeline.stats().map(({ id, matched, disabled }) => [id, matched, disabled?.kind ?? null])).toEqual(expect.arrayContaining([['n', 2, null], ['drop', 6, null], ['bad', 0, 'refused']]));
    pipeline.replaceRules([drop]);
    expect(pipeline.nets.isArmed).toBe(false);
  });
});

describe('when names come to stand for others', () => {
  const anyOf = (...names: readonly string[]) => call('in', col('EventName'), ...names.map((name) => lit(name)));
  const watch = (...names: readonly string[]) => machine([
    state('idle', { on: [on('growing', anyOf(...names))] }), state('growing', { after: [after(60_000, 'idle')], on: [on('stuck', anyOf(...names), 3, 30_000)] }), state('stuck', { enter: [act('cpu-sample')], after: [after(300_000, 'idle')] }),
  ], { limits: { ...limits, actions: 1 } });
  const rule = (names: readonly string[], more = {}) => netRule('n', watch(...names), { deployment: 4, names: names.join(), ...more });

  it.each(['live', 'shadow'] as const)('a %s net goes on: its keys with their counts and timers, its limits, its counts, and what it told', (mode) => {
    const clock = new ManualClock(startNano);
    const pipeline = createPipeline({ clock, resource: {}, recorderBytes: 1000, maxGroups: 10 });
    const send = (...lines: readonly Line[]) => { pipeline.process('logs', requestOf(lines), { in: false, out: false }); };
    const told = () => pipeline.nets.report(clock.nowUnixNano())[0]!;
    const arm = (...names: readonly string[]) => { pipeline.replaceRules([rule(names, { mode })]); };
    arm('old');
    send({ name: 'old', atMs: 0 }, { name: 'old', atMs: 100 }, { name: 'old', atMs: 200 }, { name: 'old', atMs: 0, attributes: { queue: 'q2' } });
    const before = told();
    expect(before.states).toEqual({ idle: 0, growing: 2, stuck: 0 });
    arm('new', 'old');
    expect(told()).toEqual(before);
    send({ name: 'new', atMs: 300 });
    expect(told()).toMatchObject({ moved: 3, states: { growing: 1, stuck: 1 }, limits: { usedInWindow: 1 } });
    expect(pipeline.stats()).toMatchObject([{ id: 'n', matched: 3 }]);
    arm('newer', 'new', 'old');
    clock.advanceMs(61_000);
    send({ name: 'newer', atMs: 60_500, attributes: { queue: 'q2' } });
    expect(told()).toMatchObject({ states: { growing: 1, stuck: 1 }, limits: { usedInWindow: 1 } });
    expect(told().events.toReversed().map(({ key, to, action }) => `${key} ${to ?? action}`)).toEqual(['orders growing', 'q2 growing', 'orders stuck', 'orders cpu-sample', 'q2 idle', 'q2 growing']);
  });

  it('a new deployment begins anew', () => {
    const pipeline = createPipeline({ clock: new ManualClock(startNano), resource: {}, recorderBytes: 1000, maxGroups: 10 });
    pipeline.replaceRules([rule(['old'])]);
    pipeline.process('logs', requestOf([{ name: 'old', atMs: 0 }]), { in: false, out: false });
    pipeline.replaceRules([rule(['old', 'new'], { deployment: 5 })]);
    expect(pipeline.nets.report(startNano)[0]).toMatchObject({ moved: 0, states: { growing: 0 } });
  });
});

describe('time', () => {
  it('passes by the wall clock where no records come, held back by how late they are', () => {
    const nets = new TestNets().arm(netRule('n', stuck)).at(0);
    nets.offer(depth(0));
    nets.at(59_900).nets.advance(nets.now);
    expect(nets.told()).toEqual(['orders: idle -> growing']);
    nets.at(60_000).nets.advance(nets.now);
    expect(nets.told()).toEqual(['orders: idle -> growing', 'orders: growing -> idle']);
    const late = new TestNets().arm(netRule('n', stuck)).at(5000);
    late.offer(depth(0));
    late.at(28_000).offer(depth(23_000, { attributes: { depth: 1 } }));
    late.at(61_000).nets.advance(late.now);
    expect(late.told()).toHaveLength(1);
    late.at(65_000).nets.advance(late.now);
    expect(late.told()).toHaveLength(2);
  });

  it('of one record from the future does not fire the timers of the others', () => {
    const nets = new TestNets().arm(netRule('n', stuck));
    nets.offer(depth(0), depth(86_400_000, { attributes: { depth: 250, queue: 'wrong clock' } }), depth(100, { attributes: { depth: 250, queue: 'third' } }));
    expect(nets.told()).toEqual(['orders: idle -> growing', 'wrong clock: idle -> growing', 'third: idle -> growing']);
  });

  it('goes on when the wall clock is set back by an hour', () => {
    const nets = new TestNets().arm(netRule('n', stuck)).at(10_000);
    nets.offer(depth(10_000));
    nets.clock.advanceMs(-3_600_000);
    nets.nets.advance(nets.now);
    nets.clock.advanceMs(61_000);
    nets.nets.advance(nets.now);
    expect(nets.told()).toEqual(['orders: idle -> growing', 'orders: growing -> idle']);
  });

  it('lets ten thousand timers fire in slices, and says that some are left', () => {
    const nets = new TestNets({ measure: false }).arm(netRule('n', machine([state('a', { on: [on('b', named('X'))] }), state('b', { after: [after(60_000, 'c')] }), state('c')], { limits: { ...limits, maxKeys: 5000 } }), { bounds: { cpuShare: 1, memoryBytes: 1 << 28, outputPerSecond: null } }));
    nets.offer(...Array.from({ length: 2500 }, (_, i) => ({ name: 'X', atMs: 0, attributes: { queue: `q${i}` } })));
    const states = () => nets.nets.report(nets.now)[0]!.states;
    nets.at(61_000);
    expect([nets.nets.advance(nets.now), nets.rules[0]!.net!.machine.figures().states]).toEqual([true, { a: 0, b: 1500, c: 1000 }]);
    nets.pass();
    expect(states()).toEqual({ a: 0, b: 0, c: 2500 });
  });

  it('of a record that claims 1970 frees no limit', () => {
    const nets = new TestNets().arm(netRule('n', machine([state('a', { on: [on('a', named('X'))], enter: [act('memory-dump')] })], { limits: { ...limits, actions: 1, cooldownNanos: String(600n * second) } })));
    nets.offer({ name: 'X', atMs: -startMs + 1000 });
    nets.at(250).nets.advance(nets.now);
    nets.at(1000).offer({ name: 'X', atMs: 1000 }, { name: 'X', atMs: 1000 });
    expect(nets.told()).toEqual([0, 1, 2].flatMap((i) => ['orders: a -> a', `orders: ${i === 0 ? 'run' : 'not run'} memory-dump`]));
  });

  it('of a late batch is that of its records', () => {
    const nets = new TestNets().arm(netRule('n', stuck)).at(700_000);
    nets.nets.advance(nets.now);
    nets.offer(...[0, 120, 240, 360, 480, 600].map((seconds) => depth(seconds * 1000)));
    expect(nets.told()).toEqual(['orders: idle -> growing']);
    const [report] = nets.nets.report(nets.now);
    expect(report!.guards[1]).toMatchObject({ isTrue: 5, late: 5 });
    expect(report!.keys[0]!.waits[0]!.text).toBe('0 of 5 matches within 30 s (5 came too late to count): guard');
    nets.offer(...[676, 680, 684, 688, 692].map((seconds) => depth(seconds * 1000)));
    expect(nets.told()).toContain('orders: growing -> stuck');
  });

  it('stands still at a chain of short timers for so long only', () => {
    const nets = new TestNets({ measure: false }).arm(netRule('n', machine([state('a', { on: [on('b', named('go'))] }), state('b', { after: [after(1, 'b')] })])));
    nets.offer({ name: 'go', atMs: 0 });
    nets.at(3_600_000).pass();
    const { keys } = nets.nets.report(nets.now)[0]!;
    expect(startMs + 3_600_000 - keys[0]!.sinceUnixMs).toBeLessThan(20);
  });
});

describe('a trigger storm', () => {
  const pulse = machine([state('a', { on: [on('a', deep)], enter: [act('cpu-sample'), act('collect-state')] })], { limits: { actions: 4, perNanos: String(60n * second), cooldownNanos: String(10n * second), maxKeys: 50 } });

  it('holds the limits, and piles nothing up', () => {
    const nets = new TestNets().arm(netRule('n', pulse));
    for (let i = 0; i < 20; i++) nets.at(i * 1000).offer(...Array.from({ length: 500 }, (_, n) => depth(i * 1000, { attributes: { depth: 250, queue: `q${n}` } })));
    const firings = nets.nets.takeFirings();
    expect(firings.map(({ actions, alike }) => [actions.length, alike])).toEqual([[2, undefined], [2, undefined], [0, 20 * 500 - 3]]);
    const report = nets.nets.report(nets.now)[0]!;
    expect(report).toMatchObject({ instances: 50, evicted: 20 * 500 - 50, moved: 10_000, limits: { usedInWindow: 4, ofWindow: 4, windowMs: 60_000, cooldownMs: 10_000 } });
    expect(report.events.length).toBeLessThanOrEqual(30);
    expect(report.keys.length).toBeLessThanOrEqual(50);
  });

  it('of one net takes no other\'s place', () => {
    const flips = (name: string, action: string, more = {}) => machine([state('a', { on: [on('b', named(name))] }), state('b', { enter: [act(action)], on: [on('a', named(name))] })], { limits: { ...limits, actions: 1, ...more } });
    const nets = new TestNets().arm(netRule('noisy', flips('N', 'cpu-sample')), netRule('rare', flips('CRASH', 'memory-dump')));
    nets.offer(...Array.from({ length: 1200 }, (_, i) => ({ name: 'N', atMs: i })), { name: 'CRASH', atMs: 1300 });
    expect(nets.nets.takeFirings().map(({ rule: { id }, actions, alike }) => [id, actions.map(({ action }) => action), alike])).toEqual([['noisy', ['cpu-sample'], undefined], ['rare', ['memory-dump'], undefined], ['noisy', [], 598]]);
  });

  it('past what can wait says so of each action, and gives the limit back', () => {
    const nets = new TestNets().arm(netRule('n', machine([state('a', { on: [on('a', named('X'))], enter: [act('cpu-sample')] })], { limits: { ...limits, actions: 10_000 } })));
    nets.offer(...Array.from({ length: 620 }, (_, i) => ({ name: 'X', atMs: i })));
    expect(nets.nets.report(nets.now)[0]!.events[0]).toMatchObject({ event: 'action-not-run', action: 'cpu-sample', because: '500 firings wait already' });
    expect(nets.nets.report(nets.now)[0]!.limits.usedInWindow).toBe(500);
    const firings = nets.nets.takeFirings();
    expect(firings).toHaveLength(501);
    expect(firings.at(-1)).toMatchObject({ actions: [], notRun: [{ action: 'cpu-sample', because: '500 firings wait already' }], alike: 119 });
  });

  it('does not begin anew with a new version, nor with a new process', () => {
    const nets = new TestNets().arm(netRule('n', pulse));
    nets.offer(depth(0));
    expect(nets.nets.takeFirings()[0]!.actions).toHaveLength(2);
    nets.at(5000).arm(netRule('n', pulse, { version: 2, deployment: 9 })).offer(depth(5000));
    expect(nets.nets.takeFirings()[0]).toMatchObject({ actions: [], notRun: [{ because: 'in cooldown for another 5 s' }, {}] });
    nets.arm();
    const written = JSON.parse(JSON.stringify(nets.nets.limits(nets.now))) as unknown[];
    const { memories, ...rest } = readMemories([...written, { rule: 'torn' }], nets.now);
    expect(rest).toEqual({ unknown: 1, nameless: 0, unmeasured: 1 });
    const next = new TestNets().at(7000);
    next.nets.remember(memories);
    next.arm(netRule('n', pulse, { version: 2, deployment: 9 })).offer(depth(7000));
    expect(next.nets.takeFirings()[0]).toMatchObject({ actions: [], notRun: [{ because: 'in cooldown for another 3 s' }, {}] });
    next.at(12_000).offer(depth(12_000));
    expect(next.nets.takeFirings()[0]!.actions).toHaveLength(2);
    next.at(30_000).offer(depth(30_000));
    expect(next.nets.takeFirings()[0]!.notRun[0]!.because).toBe('the limit of 4 actions per 1 m is used up');
  });
});

describe('a measured bound', () => {
  const above = (adopted: boolean) => machine([
    state('ok', { on: [on('high', call('and', named('QueueDepth'), call('>', call('toint', attr('depth')), { k: 'call', type: 'real', fn: 'trained', args: [lit('depth'), lit(200)] })))] }), state('high', { after: [after(1000, 'ok')] }),
  ], { train: [{ name: 'depth', text: `p99 over 7d by ServiceName${adopted ? ' adopted' : ''}`, value: call('todouble', attr('depth')), percentile: 99, overNanos: String(7n * 86_400n * second), by: [{ text: 'ServiceName', expr: col('ServiceName') }], adopted }] });
  const some = (service: string, from: number): readonly Line[] => Array.from({ length: 200 }, (_, i) => depth(0, { service, attributes: { depth: from + (i % 10) } }));

  it('is shown beside the number in the guard, and used once it is adopted; what was measured goes on', () => {
    const nets = new TestNets().arm(netRule('n', above(false)));
    nets.offer(...some('big', 150), ...some('small', 10));
    const { training } = nets.nets.report(nets.now)[0]!;
    expect(training[0]).toMatchObject({ name: 'depth', percentile: 99, by: ['ServiceName'], adopted: false, moreKeys: 0 });
    expect(training[0]!.values.map(({ key, samples }) => [key, samples])).toEqual([['small', 200], ['big', 200]]);
    for (const { key, value } of training[0]!.values) expect(value).toBeGreaterThanOrEqual(key === 'big' ? 157 : 17);
    nets.at(10_000).offer(depth(10_000, { service: 'small', attributes: { depth: 100 } }));
    expect(nets.told()).toEqual([]);
    nets.arm(netRule('n', above(true), { version: 2 })).offer(depth(10_000, { service: 'small', attributes: { depth: 100 } }));
    expect(nets.told()).toEqual(['orders: ok -> high']);
    nets.at(20_000).offer(depth(20_000, { service: 'new', attributes: { depth: 150 } }));
    expect(nets.told()).toEqual(['orders: ok -> high', 'orders: high -> ok']);
  });
});

describe('against a plain machine', () => {
  const names = ['A', 'B', 'C'];
  const stateNames = ['s0', 's1', 's2'];
  const transition = fc.record({ name: fc.constantFrom('A', 'B'), over: fc.integer({ min: 0, max: 5 }), count: fc.integer({ min: 1, max: 4 }), withinMs: fc.option(fc.integer({ min: 1, max: 4000 })), to: fc.constantFrom(...stateNames) });
  const plain = fc.tuple(...stateNames.map((name) => fc.record({ name: fc.constant(name), on: fc.array(transition, { maxLength: 3 }), after: fc.option(fc.record({ ms: fc.integer({ min: 1, max: 5000 }), to: fc.constantFrom(...stateNames) })), actions: fc.array(fc.constantFrom('cpu-sample', 'collect-state'), { maxLength: 2 }) })));
  const records = fc.array(fc.record({ name: fc.constantFrom(...names), key: fc.constantFrom('x', 'y'), value: fc.integer({ min: 0, max: 9 }), gapMs: fc.integer({ min: 0, max: 2000 }) }), { maxLength: 60 });
  const bounds = fc.record({ actions: fc.integer({ min: 0, max: 6 }), perMs: fc.integer({ min: 1, max: 20_000 }), cooldownMs: fc.integer({ min: 0, max: 4000 }) });
  const planFrom = (states: readonly PlainState[]) => states.map(({ name, on: transitions, after: timer, actions }) => state(name, {
    on: transitions.map(({ name: event, over, count, withinMs, to }) => on(to, call('and', named(event), call('>', call('toint', attr('value')), lit(over))), count, withinMs)),
    after: timer === null ? [] : [after(timer.ms, timer.to)], enter: actions.map((one) => act(one)),
  }));

  it('says the same, whatever comes', () => {
    fc.assert(fc.property(plain, records, bounds, (states, given, { actions, perMs, cooldownMs }) => {
      // Timers of one moment have no order among each other: one key is enough where they count.
      const isTimed = states.some((one) => one.after !== null);
      let atMs = 0;
      const all = given.map(({ gapMs, key, ...record }) => ({ ...record, key: isTimed ? 'x' : key, atMs: (atMs += gapMs) }));
      const nets = new TestNets({ measure: false }).arm(netRule('n', machine(planFrom(states), { key: [{ text: 'queue', expr: attr('queue') }], limits: { actions, perNanos: String(BigInt(perMs) * 1_000_000n), cooldownNanos: String(BigInt(cooldownMs) * 1_000_000n), maxKeys: 100 } })));
      const told: string[] = [];
      const note = (events: readonly { readonly event: string; readonly atUnixMs: number; readonly key: string; readonly from?: string | undefined; readonly to?: string | undefined; readonly action?: string | undefined }[]): void => { for (const one of events) told.push(`${one.atUnixMs - startMs} ${one.key}: ${one.event === 'transition' ? `${one.from} -> ${one.to}` : `${one.event === 'action' ? 'run' : 'not run'} ${one.action}`}`); };
      const { book } = nets.rules[0]!.net!;
      const take = (): void => { note(book.events.splice(0)); };
      book.note = (event) => { book.events.push(event); };
      for (const { name, key, value, atMs: at } of all) { nets.at(at).pass().offer({ name, atMs: at, attributes: { queue: key, value } }); take(); }
      nets.at(atMs + 10_000).pass();
      take();
      expect(told).toEqual(naiveRun(states, { actions, perMs, cooldownMs }, all, atMs + 10_000));
    }), { numRuns: 150 });
  });
});
