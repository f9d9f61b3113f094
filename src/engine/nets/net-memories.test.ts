// Limits that outlive a process: of every rule that was armed, and never more freely than before.
import { describe, expect, it } from 'vitest';
import { readMemories, readUnknownAt } from './net-memories.ts';
import { attr, call } from '../../testing/index.ts';
import { act, limits, machine, named, netRule, on, startNano, state, TestNets } from './testing/nets-for-tests.ts';

describe('what is remembered', () => {
  const once = machine([state('a', { on: [on('a', named('X'))], enter: [act('cpu-sample')] })], { limits: { ...limits, actions: 1 } });
  const started = (nets: TestNets): number => nets.nets.takeFirings().filter(({ actions }) => actions.length > 0).length;

  it('is of all rules that started something, however many are armed', () => {
    const rules = Array.from({ length: 300 }, (_, i) => netRule(`n${i}`, once));
    const nets = new TestNets().arm(...rules);
    nets.offer({ name: 'X', atMs: 0 });
    expect(started(nets)).toBe(300);
    nets.arm().at(1000);
    const { memories } = readMemories(JSON.parse(JSON.stringify(nets.nets.limits(nets.now))) as unknown[], nets.now);
    const next = new TestNets().at(2000);
    next.nets.remember(memories);
    next.arm(...rules).offer({ name: 'X', atMs: 2000 });
    expect(started(next)).toBe(0);
  });

  it('and cannot be read keeps its rule from starting anything for a while, and no other', () => {
    const fresh = netRule('fresh', once);
    const [good, torn] = [netRule('good', once), netRule('torn', once)];
    const memory = { limits: { starts: [], last: {} }, training: [{ name: 'depth' }] };
    const read = readMemories([{ rule: 'good', atUnixMs: 1, memory }, { rule: 'torn', atUnixMs: 1, memory: { limits: { starts: ['x'], last: {} }, training: [] } }], startNano);
    expect(read).toMatchObject({ unknown: 1, nameless: 0, unmeasured: 1 });
    const nets = new TestNets();
    nets.nets.remember(read.memories);
    nets.arm(fresh, good, torn).offer({ name: 'X', atMs: 0 });
    expect(nets.nets.takeFirings().map(({ rule: { id }, actions }) => [id, actions.length])).toEqual([['fresh', 1], ['good', 1], ['torn', 0]]);
    // Saved anew in between, and restarted: still unknown until its hour is over.
    const again = new TestNets().at(60_000);
    again.nets.remember(readMemories(JSON.parse(JSON.stringify(nets.nets.limits(nets.now))) as unknown[], again.now).memories);
    again.arm(torn).offer({ name: 'X', atMs: 60_000 });
    expect(again.nets.takeFirings()[0]!.notRun[0]!.because).toContain('nobody knows what it had started');
    again.at(3_600_000).offer({ name: 'X', atMs: 3_600_000 });
    expect(started(again)).toBe(1);
  });

  it('is written without what was measured, which is made rule by rule when it is asked for', () => {
    const measuring = machine([state('a', { on: [on('a', named('X'))], enter: [act('cpu-sample')] })], { limits, train: [{ name: 'depth', text: 'p99 over 7d', value: call('todouble', attr('depth')), percentile: 99, overNanos: '1000000000000', by: [], adopted: false }] });
    const nets = new TestNets().arm(netRule('n', measuring), netRule('plain', once));
    nets.offer({ name: 'X', atMs: 0, attributes: { depth: 7 } });
    expect(nets.nets.limits(nets.now).map(({ rule, memory }) => [rule, memory.limits.starts.length, memory.training])).toEqual([['n', 1, []], ['plain', 1, []]]);
    const measured = (of: TestNets): unknown => of.nets.measured().map(({ rule, take }) => [rule, take()]);
    const kept = [['n', [{ name: 'depth', keys: [{ slots: [{ seen: 1, values: [7] }] }] }]]];
    expect(measured(nets)).toMatchObject(kept);
    nets.arm();
    expect(measured(nets), 'and of a rule that is not armed any more').toMatchObject(kept);
    expect(nets.nets.limits(nets.now).find(({ rule }) => rule === 'n')!.memory.training).toEqual([]);
  });

  it('of nobody knows which rule holds all back that are not named', () => {
    const nets = new TestNets();
    nets.nets.remember([{ rule: 'known', atUnixMs: 1, memory: { limits: { starts: ['5'], last: {} }, training: [] } }]);
    nets.nets.loseOthers(nets.now);
    nets.arm(netRule('known', once), netRule('other', once)).offer({ name: 'X', atMs: 0 });
    expect(nets.nets.takeFirings().map(({ rule: { id }, actions }) => [id, actions.length])).toEqual([['known', 1], ['other', 0]]);
  });

  it('and that nobody knows more is remembered itself, for rules that come after another restart, for thirty days', () => {
    const [first, second] = [new TestNets(), new TestNets().at(60_000)];
    expect(first.nets.unknownAt(first.now)).toBeNull();
    first.nets.loseOthers(first.now);
    const written = String(first.nets.unknownAt(first.now));
    second.nets.loseOthers(readUnknownAt(written, second.now)!);
    second.arm(netRule('late', once)).offer({ name: 'X', atMs: 60_000 });
    expect(started(second)).toBe(0);
    second.at(3_600_000).offer({ name: 'X', atMs: 3_600_000 });
    expect(started(second)).toBe(1);
    const day = 86_400_000;
    expect(first.nets.unknownAt(startNano + BigInt(29 * day) * 1_000_000n)).toBe(startNano);
    expect(first.nets.unknownAt(startNano + BigInt(31 * day) * 1_000_000n)).toBeNull();
  });

  it('takes what cannot be read, and the future, for now', () => {
    expect([undefined, null, 'x', {}, '5', '99'].map((given) => readUnknownAt(given, 7n))).toEqual([null, null, 7n, 7n, 5n, 7n]);
  });
});
