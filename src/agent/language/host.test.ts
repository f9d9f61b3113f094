// The host with its real thread: attacks cost the rule that made them, and are counted; the others and the host go on.
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import type { LanguageOutputs, LanguageStop } from '../../engine/language/index.ts';
import { logRequest } from '../../testing/index.ts';
import { LanguageHost, type HostLimits, type HostRule } from './index.ts';

const bytes = logRequest('time | service | event | body\n10:00:00 | a | e | one\n10:00:01 | a | e | two');
const clock = { nowUnixNano: () => BigInt(Date.now() + wrongMs) * 1_000_000n, monotonicMs: () => performance.now() };
/** The wall clock may be wrong by so much. */
let wrongMs = 0;
const rule = (id: string, code: string, more: Partial<HostRule> = {}): HostRule =>
  ({ id, name: id, revision: '1', javascript: `function onRecord(record, weir) { ${code} }`, actions: { actions: 2, perMs: 60_000, cooldownMs: 0 }, cpuShare: 1, ...more });
const good = rule('good', 'const n = (weir.state.get("n") ?? 0) + 1; weir.state.set("n", n); weir.emit({ Body: record.Body, Attributes: { n } });');

let open: LanguageHost | null = null;
function start(limits: Partial<HostLimits> = {}) {
  const outputs: { rule: string; outputs: LanguageOutputs }[] = [];
  const disabled: { rule: string; stop: LanguageStop }[] = [];
  const restarts: string[] = [];
  open = new LanguageHost({ clock, limits, onOutputs: (of, what) => { outputs.push({ rule: of.id, outputs: what }); }, onDisabled: (of, stop) => { disabled.push({ rule: of.id, stop }); }, onRestart: (_, why) => { restarts.push(why); } });
  const host = open;
  const statsOf = (id: string) => host.stats().find((one) => one.id === id);
  return {
    host, outputs, disabled, restarts, statsOf,
    offer: (...ids: string[]) => host.offer('logs', bytes, ids.map((id) => ({ rule: id, records: null }))),
    emitted: (id: string) => outputs.filter((one) => one.rule === id).flatMap((one) => one.outputs.emit.map(({ body }) => body)),
    seen: (id: string, records: number) => vi.waitFor(() => { expect(statsOf(id)?.records).toBeGreaterThanOrEqual(records); }, { timeout: 30_000, interval: 20 }),
    off: (id: string) => vi.waitFor(() => { expect(statsOf(id)?.disabled).not.toBeNull(); }, { timeout: 30_000, interval: 20 }),
  };
}
afterEach(async () => { wrongMs = 0; await open?.stop(); open = null; });

describe('attacks', () => {
  it.each([
    ['an endless loop', 'for (;;) {}', 'instructions'], ['a native loop', 'for (;;) new Array(1e5).fill(1)', 'time'], ['one native call', 'new Array(5e8).join("x")', 'time'], ['a native sort', 'const a = Array.from({ length: 1e5 }, (_, i) => String(i)); for (;;) a.sort()', 'time'],
    ['1 GB', 'new Uint8Array(1e9)', 'memory'], ['deep recursion', 'const f = (n) => f(n + 1) + 1; f(0)', 'stack'], ['a prototype', 'Object.prototype.toJSON = () => "mine"', 'tamper'], ['promises', 'const f = () => Promise.resolve().then(f).then(f); f(); f()', 'jobs'],
  ])('%s: that rule is off, the other goes on', async (_, code, kind) => {
    const { host, offer, disabled, emitted, off, statsOf, restarts } = start();
    host.replace([rule('bad', code), good]);
    offer('bad', 'good');
    await off('bad');
    expect(disabled).toEqual([{ rule: 'bad', stop: { kind: expect.stringMatching(new RegExp(`${kind}|time`)), reason: expect.any(String) } }]);
    expect(restarts.length).toBe(disabled[0]!.stop.kind === 'time' ? 1 : 0);
    offer('bad', 'good');
    await vi.waitFor(() => { expect(statsOf('good')!.records + statsOf('good')!.skipped).toBe(4); }, { timeout: 30_000, interval: 20 });
    expect(emitted('good').slice(-2)).toEqual(['one', 'two']);
    expect(statsOf('good')).toMatchObject({ disabled: null, errors: 0, stateLost: restarts.length, emitted: statsOf('good')!.records });
    expect(({} as { toJSON?: unknown }).toJSON).toBeUndefined();
  });
  it('a script that never loads is off, and so is one that is wrong', async () => {
    const { host, off, disabled, offer, emitted, seen } = start();
    host.replace([{ ...good, id: 'stuck', javascript: 'for (;;) new Array(1e5).fill(1)' }, { ...good, id: 'wrong', javascript: 'function onRecord( {' }, good]);
    await off('stuck');
    await off('wrong');
    expect(disabled.map(({ rule: id, stop: { kind, reason } }) => [id, kind, reason])).toEqual([['stuck', 'time', 'The script did not return within 1000 ms.'], ['wrong', 'load', expect.stringContaining('line 1')]]);
    offer('good', 'wrong', 'stuck', 'unknown');
    await seen('good', 2);
    expect(emitted('good')).toEqual(['one', 'two']);
  });
});

test('what it is offered stays its owner\'s, a Buffer of a shared pool included', async () => {
  const { host, seen } = start();
  host.replace([good]);
  const pooled = Buffer.from(bytes);
  const before = Buffer.from(pooled);
  host.offer('logs', pooled, [{ rule: 'good', records: null }]);
  await seen('good', 2);
  expect(pooled.equals(before)).toBe(true);
});

describe('budgets', () => {
  it('past its steps a rule rests, and after seconds in a row it is off; what it missed is counted', async () => {
    const { host, offer, off, disabled, statsOf, seen } = start({ ticksPerSecond: 5, overSeconds: 2 });
    host.replace([rule('busy', 'for (let i = 0; i < 300_000; i++);'), good]);
    const offering = setInterval(() => offer('busy', 'good'), 100);
    await off('busy').finally(() => clearInterval(offering));
    expect(disabled).toMatchObject([{ rule: 'busy', stop: { kind: 'cpu', reason: expect.stringContaining('2 seconds in a row') } }]);
    await seen('good', 4);
    expect(statsOf('busy')).toMatchObject({ overSeconds: 2, disabled: { kind: 'cpu' } });
    expect(statsOf('busy')!.skipped).toBeGreaterThan(0);
  });
  it('a rule that only fails is off', async () => {
    const { host, offer, off, disabled } = start({ errorsInARow: 3 });
    host.replace([rule('bad', 'null.x')]);
    offer('bad');
    offer('bad');
    await off('bad');
    expect(disabled).toMatchObject([{ stop: { kind: 'errors', reason: expect.stringContaining('3 times in a row') } }]);
  });
  it('what a rule hands out is bounded by number and by size, and what is too much is counted', async () => {
    const { host, offer, seen, statsOf } = start({ outputsPerSecond: 3, outputCharsPerSecond: 200 });
    host.replace([rule('many', 'weir.emit({ Body: 1 }); weir.emit({ Body: 2 });'), rule('long', 'weir.emit({ Body: "x".repeat(150) })')]);
    offer('many', 'long');
    await seen('many', 2);
    await seen('long', 2);
    expect([statsOf('many'), statsOf('long')]).toMatchObject([{ emitted: 2, refused: 2 }, { emitted: 1, refused: 1 }]);
  });
  it('what has no room is skipped, not waited for', async () => {
    const { host, offer, seen, statsOf } = start({ queueRecords: 4 });
    host.replace([good]);
    for (let i = 0; i < 5; i++) offer('good');
    await seen('good', 4);
    expect(statsOf('good')).toMatchObject({ records: 4, skipped: 6 });
  });
  it('limits on actions hold by the agent\'s clock, whatever the records say, and outlive revisions', async () => {
    const { host, outputs, seen, statsOf } = start();
    const days = logRequest(Array.from({ length: 5 }, (_, i) => ({ service: 'a', resource: {}, scope: '', record: { timeUnixNano: BigInt(i + 1) * 86_400_000_000_000n, body: 'x' } })));
    const asking = rule('asks', 'weir.action("collect-state")');
    host.replace([asking]);
    host.offer('logs', days, [{ rule: 'asks', records: null }]);
    await seen('asks', 5);
    expect(statsOf('asks')).toMatchObject({ actions: 2, actionsNotRun: 3 });
    expect(outputs.at(-1)?.outputs).toMatchObject({ actions: [], notRun: [{ action: 'collect-state', because: expect.stringContaining('limit of 2 actions') }] });
    expect(host.limitsOf('asks')).toMatchObject({ usedInWindow: 2, ofWindow: 2 });
    host.replace([{ ...asking, revision: '2' }]);
    host.offer('logs', days, [{ rule: 'asks', records: null }]);
    await seen('asks', 5);
    expect(statsOf('asks')).toMatchObject({ actions: 0, actionsNotRun: 5 });
  });
  it('lock nobody out when the wall clock goes far ahead and comes back', async () => {
    const { host, seen, statsOf } = start();
    const day = 86_400_000;
    let asked = 0;
    // By the records' own time, which the rule itself goes by, each is days after the one before.
    const offer = (): void => { host.offer('logs', logRequest([0, 1].map(() => ({ service: 'a', resource: {}, scope: '', record: { timeUnixNano: BigInt(++asked * day) * 1_000_000n, body: 'x' } }))), [{ rule: 'asks', records: null }]); };
    host.replace([rule('asks', 'weir.action("collect-state")')]);
    offer();
    await seen('asks', 2);
    expect(statsOf('asks')).toMatchObject({ actions: 2 });
    wrongMs = 30 * day;
    expect(host.limitsOf('asks')).toMatchObject({ usedInWindow: 0 });
    wrongMs = 0;
    // A look at the figures has freed nothing.
    expect(host.limitsOf('asks')).toMatchObject({ usedInWindow: 2 });
    wrongMs = 30 * day;
    offer();
    await seen('asks', 4);
    expect(statsOf('asks')).toMatchObject({ actions: 4 });
    wrongMs = 0;
    offer();
    await seen('asks', 6);
    expect(statsOf('asks')).toMatchObject({ actions: 4, actionsNotRun: 2 });
    wrongMs = 61_000;
    offer();
    await seen('asks', 8);
    expect(statsOf('asks')).toMatchObject({ actions: 6 });
  });
});

describe('rules come and go', () => {
  it('one of the same revision keeps its state; a rule sees what it asked for; a tick comes', async () => {
    const { host, offer, outputs, emitted, seen } = start();
    host.replace([good]);
    offer('good');
    await seen('good', 2);
    const ticking = { ...rule('ticks', 'weir.emit({ Body: record.Body })'), javascript: 'function onRecord(record, weir) { weir.emit({ Body: record.Body }); } function onTick(weir) { weir.emit({ EventName: "tick" }); }' };
    host.replace([good, ticking]);
    offer('good');
    host.offer('logs', bytes, [{ rule: 'ticks', records: new Uint32Array([1]) }]);
    await seen('good', 4);
    await seen('ticks', 1);
    expect(outputs.filter((one) => one.rule === 'good').map((one) => one.outputs.emit[0]?.attributes['n'])).toEqual([1, 2, 3, 4]);
    expect(emitted('ticks').filter((body) => body !== null)).toEqual(['two']);
    await vi.waitFor(() => { expect(outputs.some((one) => one.outputs.emit[0]?.eventName === 'tick')).toBe(true); }, { timeout: 10_000 });
    await vi.waitFor(() => { expect(host.stats()[0]).toMatchObject({ stateKeys: 1, stateBytes: 82 }); }, { timeout: 10_000 });
  });
  it('without rules there is no thread, and nothing is taken', async () => {
    const { host, offer, outputs } = start();
    offer('good');
    host.replace([good]);
    host.replace([]);
    offer('good');
    expect([host.stats(), outputs]).toEqual([[], []]);
  });
});
