// Firings that become actions: targets, order, what is handed on, storms, a full disk, and what a killed agent finds again.
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, failure, ManualClock } from '../../base/index.ts';
import type { Measured, NetFiring, NetMemory } from '../../engine/index.ts';
import type { ActionReport, ActionRequest, ArmedNet, NetFired, NetReport } from '../../model/index.ts';
import { memoryFiles } from '../ports/index.ts';
import { NetRunner, netsFile } from './net-runner.ts';
import { outboxFile } from './outbox.ts';

const rule = { id: 'r1', name: 'stuck', version: 2, deployment: 3 };
let givenBack: string[] = [];
beforeEach(() => { givenBack = []; });
const firing = (actions: readonly { action: string; as?: string }[], more: Partial<NetFiring> = {}): NetFiring => ({
  rule, key: 'orders', from: 'growing', to: 'stuck', atUnixMs: 1000, because: 'deep', origin: { service: 'shop', pid: 812, host: 'box' }, notRun: [],
  actions: actions.map(({ action, as = null }) => ({ action, as, parameters: { durationMs: 500 }, event: { event: 'action', atUnixMs: 1000, key: 'orders', action }, giveBack: () => { givenBack.push(action); } })), ...more,
});
const reportOf = (request: ActionRequest, pid: number | null): ActionReport => ({ ...request, state: 'done', process: pid === null ? null : { pid, startTicks: pid * 10, name: 'node', service: 'shop' }, requestedUnixMs: 0, startedUnixMs: 0, finishedUnixMs: 0, progress: { share: 1, text: '' }, why: null, figures: {}, notes: [], artifacts: [] });

class Desk {
  readonly clock = new ManualClock(1_767_225_600_000_000_000n);
  readonly content: Map<string, Uint8Array>;
  readonly requests: ActionRequest[] = [];
  readonly finish: ((pid: number | null) => void)[] = [];
  readonly fired: NetFired[] = [];
  readonly reports: NetReport[] = [];
  readonly remembered: NetMemory[] = [];
  readonly order: string[] = [];
  memories: NetMemory[] = [];
  measured: Measured[] = [];
  armed: ArmedNet[] = [];
  waiting: NetFiring[] = [];
  open = true;
  diskFull = false;
  behind = 0;
  advanced = 0;
  lost = 0;
  unknownAt: bigint | null = null;
  scripts: { memories: NetMemory[]; remembered: NetMemory[]; armed: ArmedNet[]; lost: number; unknownAt: bigint | null } = { memories: [], remembered: [], armed: [], lost: 0, unknownAt: null };
  onFired: (() => void) | null = null;
  runner!: NetRunner;

  constructor(content = new Map<string, Uint8Array>()) { this.content = content; }

  async start(): Promise<this> {
    let ids = 0;
    const files = memoryFiles(this.content);
    const firedHook = { get: () => this.onFired, set: (fn: (() => void) | null) => { this.onFired = fn; } };
    this.runner = await NetRunner.open({
      nets: {
        isArmed: true, advance: () => { this.advanced++; return this.behind-- > 0; }, loseOthers: (at) => { this.lost++; this.unknownAt = at; }, unknownAt: () => this.unknownAt, report: () => this.armed, limits: () => this.memories, measured: () => this.measured, remember: (memories) => { this.remembered.push(...memories); },
        takeFirings: () => this.waiting.splice(0), get onFired() { return firedHook.get(); }, set onFired(fn) { firedHook.set(fn); },
      },
      files: { read: files.read, remove: files.remove, writeAtomically: async (name, bytes) => { this.order.push(`write ${name}`); return this.diskFull ? failure('io', 'ENOSPC: no space left on device') : files.writeAtomically(name, bytes); } },
      languageRules: { armed: () => this.scripts.armed, memories: () => this.scripts.memories, remember: (memories) => { this.scripts.remembered.push(...memories); }, loseOthers: (at) => { this.scripts.lost++; this.scripts.unknownAt = at; }, unknownAt: () => this.scripts.unknownAt },
      clock: this.clock, newId: () => `id-${++ids}`, hostName: 'box', canSend: () => this.open, sendReport: (report) => { this.reports.push(report); }, sendFired: (fired) => { this.fired.push(fired); },
      run: (request) => { this.order.push(`run ${request.action}`); this.requests.push(request); return new Promise((resolve) => { this.finish.push((pid) => { resolve(reportOf(request, pid)); }); }); },
    });
    return this;
  }
  turn(): Promise<void> { return new Promise((resolve) => { setImmediate(resolve); }); }
  file(name: string): { rules: unknown[]; languageRules: unknown[]; fired: NetFired[] } { return JSON.parse(decodeUtf8(this.content.get(name)!)) as ReturnType<Desk['file']>; }
}
const desk = (content?: Map<string, Uint8Array>): Promise<Desk> => new Desk(content).start();

describe('a firing', () => {
  it('starts its actions on the process of the record, once its limits are on disk', async () => {
    const one = await desk();
    one.memories = [{ rule: 'r1', atUnixMs: 5, memory: { limits: { starts: ['7'], last: { 'cpu-sample': '7' } }, training: [] } }];
    one.waiting = [firing([{ action: 'cpu-sample' }])];
    one.onFired!();
    await one.turn();
    await one.turn();
    expect(one.order.indexOf(`write ${netsFile}`)).toBeLessThan(one.order.indexOf('run cpu-sample'));
    expect(one.order.indexOf(`write ${netsFile}`)).toBeGreaterThanOrEqual(0);
    expect(one.requests).toMatchObject([{ id: 'id-1', action: 'cpu-sample', target: { pid: 812, service: 'shop' }, parameters: { durationMs: 500 }, asker: { kind: 'net', name: 'stuck', id: 'r1' }, incident: null, force: false }]);
    expect(one.fired).toMatchObject([{ rule: { id: 'r1', version: 2 }, service: 'shop', actions: [{ id: 'id-1', action: 'cpu-sample', as: null }], notRun: [] }]);
    expect(one.file(netsFile).rules).toEqual(one.memories);
  });

  it('what is the server\'s to do is told with its parameters, and run by nobody here', async () => {
    const one = await new Desk().start();
    one.runner.fire(firing([{ action: 'theme' }, { action: 'cpu-sample' }]));
    await one.turn();
    await expect.poll(() => one.requests.length).toBe(1);
    expect(one.requests).toMatchObject([{ action: 'cpu-sample' }]);
    expect(one.fired).toMatchObject([{ actions: [{ action: 'theme', parameters: { durationMs: 500 } }, { action: 'cpu-sample' }], notRun: [] }]);
    expect(one.fired[0]!.actions[1]).not.toHaveProperty('parameters');
    expect(givenBack).toEqual([]);
  });

  it('never takes a pid of another machine for one of this', async () => {
    const one = await desk();
    const origins = [{ service: 'shop', pid: 812, host: 'elsewhere' }, { service: 'shop', pid: 812, host: null }, { service: null, pid: 812, host: null }, { service: null, pid: 812, host: 'elsewhere' }, null];
    for (const origin of origins) one.runner.fire(firing([{ action: 'cpu-sample' }], { origin }));
    await expect.poll(() => one.requests.length).toBe(5);
    expect(one.requests.map(({ target }) => target)).toEqual([{ service: 'shop' }, { service: 'shop' }, { pid: 812 }, null, null]);
  });

  it('goes on with the process that a named action was about: those behind it wait for it', async () => {
    const one = await desk();
    const four = firing([{ action: 'collect-state' }, { action: 'cpu-sample', as: 'cpu' }, { action: 'memory-dump', as: 'heap' }, { action: 'collect-config' }], { origin: { service: 'shop', pid: null, host: 'box' } });
    one.runner.fire(four);
    await expect.poll(() => one.requests.map(({ action, target }) => [action, target])).toEqual([['collect-state', { service: 'shop' }], ['cpu-sample', { service: 'shop' }]]);
    one.finish[1]!(900);
    await expect.poll(() => one.requests[2]).toMatchObject({ action: 'memory-dump', target: { pid: 900, startTicks: 9000 } });
    one.finish[2]!(null);
    await expect.poll(() => one.requests[3]).toMatchObject({ action: 'collect-config', target: { pid: 900, startTicks: 9000 } });
    expect(four.actions.map(({ event }) => event.actionId)).toEqual(['id-1', 'id-2', 'id-3', 'id-4']);
  });

  it('of which somebody pulled the cord starts nothing more', async () => {
    const one = await desk();
    one.runner.fire(firing([{ action: 'cpu-sample', as: 'cpu' }, { action: 'memory-dump' }]));
    await expect.poll(() => one.requests.length).toBe(1);
    one.runner.halt();
    one.finish[0]!(900);
    await one.runner.settled();
    expect([one.requests.length, givenBack]).toEqual([1, ['memory-dump']]);
  });
});

describe('a storm', () => {
  it('keeps so many under way, and says of the others why not', async () => {
    const one = await desk();
    const others: NetFiring[] = [];
    for (let i = 0; i < 300; i++) { others.push(firing([{ action: 'cpu-sample' }])); one.runner.fire(others[i]!); }
    await expect.poll(() => one.requests.length).toBe(50);
    expect(one.fired).toHaveLength(51);
    expect(one.fired.filter(({ actions }) => actions.length === 0)).toMatchObject([{ notRun: [{ because: '50 actions of nets wait or run already' }] }]);
    expect(others[299]!.actions[0]!.event).toMatchObject({ event: 'action-not-run', because: '50 actions of nets wait or run already' });
    expect(givenBack).toHaveLength(250);
    for (const finish of one.finish) finish(null);
    await one.runner.settled();
    one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await expect.poll(() => one.requests.length).toBe(51);
  });

  it('that only meets its limits is told once a minute, with how many there were', async () => {
    const one = await desk();
    const refused = firing([], { notRun: [{ action: 'cpu-sample', because: 'used up' }], alike: 9 });
    for (let i = 0; i < 120; i++) { one.runner.fire(refused); one.clock.advanceMs(1000); }
    expect(one.fired.map(({ because }) => because)).toEqual(['deep (9 firings before it started nothing, either)', 'deep (599 firings before it started nothing, either)']);
    expect(one.requests).toEqual([]);
  });

  it('fills the outbox up to its bound, and counts the rest', async () => {
    const one = await desk();
    one.open = false;
    for (let i = 0; i < 260; i++) { one.runner.fire(firing([], { notRun: [{ action: 'cpu-sample', because: `${i}` }] })); one.clock.advanceMs(60_000); }
    await one.runner.stop();
    expect(one.file(outboxFile).fired).toHaveLength(200);
    expect(one.runner.problem).toContain('will not hear of 60 firings');
  });

  it('of timers is done in slices', async () => {
    const one = await desk();
    one.behind = 7;
    one.runner.start();
    await expect.poll(() => one.advanced, { timeout: 4000 }).toBeGreaterThanOrEqual(8);
    await one.runner.stop();
    expect(one.behind).toBeLessThan(0);
  });
});

describe('a full disk', () => {
  it('lets nothing start, says so, and counts nothing', async () => {
    const one = await desk();
    one.diskFull = true;
    const two = firing([{ action: 'memory-dump' }, { action: 'cpu-sample' }]);
    one.runner.fire(two);
    await one.runner.settled();
    expect([one.requests, givenBack]).toEqual([[], ['memory-dump', 'cpu-sample']]);
    expect(two.actions[0]!.event).toMatchObject({ event: 'action-not-run', because: 'its limits could not be written down: ENOSPC: no space left on device' });
    expect(one.fired).toMatchObject([{ actions: [], notRun: [{ action: 'memory-dump', because: expect.stringContaining('ENOSPC') }, { action: 'cpu-sample' }] }]);
    expect(one.runner.problem).toContain('ENOSPC');
    one.diskFull = false;
    one.runner.fire(firing([{ action: 'memory-dump' }]));
    await expect.poll(() => one.requests.length).toBe(1);
  });
});

describe('what outlives the agent', () => {
  it('is firings until the server has seen them, and limits', async () => {
    const one = await desk();
    one.open = false;
    one.memories = [{ rule: 'r1', atUnixMs: 5, memory: { limits: { starts: ['7'], last: {} }, training: [] } }];
    one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await expect.poll(() => one.requests.length).toBe(1);
    // kill -9: nothing says goodbye.
    const next = await desk(one.content);
    expect(next.remembered).toEqual(one.memories);
    next.runner.start();
    await expect.poll(() => next.fired.length, { timeout: 4000 }).toBe(1);
    expect(next.fired[0]).toMatchObject({ key: 'orders', actions: [{ action: 'cpu-sample' }] });
    next.runner.seen(next.fired[0]!.id);
    await next.runner.stop();
    expect(next.file(outboxFile).fired).toEqual([]);
  });

  it('is limits of language rules, too', async () => {
    const one = await desk();
    one.scripts.memories = [{ rule: 'script', atUnixMs: 5, memory: { limits: { starts: ['7'], last: {} }, training: [] } }];
    one.runner.fire(firing([{ action: 'cpu-sample' }]), 'language-rule');
    await expect.poll(() => one.requests.length).toBe(1);
    expect(one.file(netsFile)).toMatchObject({ rules: [], languageRules: [{ rule: 'script' }] });
    const next = await desk(one.content);
    expect([next.scripts.remembered, next.lost, next.scripts.lost, next.runner.problem]).toEqual([one.scripts.memories, 0, 0, '']);
  });

  it('is measured bounds, in files of their own that no action waits for', async () => {
    const training = [{ name: 'depth', text: 'p99', keys: [{ id: 'k', text: 'k', since: '1', slots: [{ number: '1', seen: 2, values: [1, 2] }] }] }];
    const [limits, other] = ['r1', 'r/2'].map((id): NetMemory => ({ rule: id, atUnixMs: 5, memory: { limits: { starts: ['7'], last: {} }, training: [] } }));
    const one = await desk();
    let taken = 0;
    one.memories = [limits!, other!];
    one.measured = [{ rule: 'r/2', take: () => { taken++; return training; } }];
    one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await expect.poll(() => one.requests.length).toBe(1);
    expect([taken, one.order.filter((line) => line.includes('measured'))]).toEqual([0, []]);
    await one.runner.stop();
    expect(taken).toBe(1);
    const atEnd = new Map(one.content);
    const next = await desk(one.content);
    expect([next.remembered, next.runner.problem]).toEqual([[limits, { ...other, memory: { ...other!.memory, training } }], '']);
    // Before anything is measured anew, what is on disk stays named.
    next.memories = [limits!, other!];
    next.runner.fire(firing([{ action: 'cpu-sample' }]));
    await expect.poll(() => next.requests.length).toBe(1);
    const last = await desk(next.content);
    expect(last.remembered[1]!.memory.training).toEqual(training);
    // Nobody measures any more: the file goes.
    last.memories = [other!];
    await last.runner.stop();
    expect([...last.content.keys()].filter((name) => name.includes('measured'))).toEqual([]);
    for (const name of atEnd.keys()) if (name.includes('measured')) atEnd.set(name, encodeUtf8('{'));
    const after = await desk(atEnd);
    expect([after.remembered[1]!.memory, after.lost, after.runner.problem]).toEqual([other!.memory, 0, expect.stringContaining('measured anew')]);
  });

  it('is read from the one file of an agent before this one, and parted at once', async () => {
    const training = [{ name: 'depth', text: 'p99', keys: [] }];
    const old = { rule: 'r1', atUnixMs: 5, memory: { limits: { starts: ['7'], last: {} }, training } };
    const one = new Desk(new Map([[netsFile, encodeUtf8(JSON.stringify({ version: 1, rules: [old] }))]]));
    one.measured = [{ rule: 'r1', take: () => training }];
    one.memories = [{ ...old, memory: { ...old.memory, training: [] } }];
    await one.start();
    expect(one.remembered).toEqual([old]);
    const next = await desk(one.content);
    expect(next.remembered).toEqual([old]);
    expect(JSON.stringify(next.file(netsFile).rules)).not.toContain('p99');
  });

  it('frees nobody when it cannot be read, and that is said', async () => {
    const started = async (text: string): Promise<Desk> => desk(new Map([[netsFile, encodeUtf8(text)]]));
    const one = await started('{"version":1,"rules":[{"rule":1}]}');
    expect([one.lost, one.scripts.lost, one.runner.problem]).toEqual([1, 0, expect.stringContaining('may be of any net that no other entry names, so those rules start nothing')]);
    const torn = await started('{');
    expect([torn.lost, torn.scripts.lost, torn.runner.problem]).toEqual([1, 1, expect.stringContaining('cannot be read (nets.json), so those rules start nothing')]);
    // Again and again: the file that is written instead says since when.
    torn.clock.advanceMs(5000);
    await torn.runner.stop();
    const next = await desk(torn.content);
    expect([next.lost, next.unknownAt, next.scripts.unknownAt, next.runner.problem]).toEqual([1, next.clock.nowUnixNano(), next.clock.nowUnixNano(), '']);
    await next.runner.stop();
    expect((await desk(next.content)).unknownAt).toBe(next.unknownAt);
    const limits = await started('{"version":1,"rules":[{"rule":"r1","atUnixMs":1,"memory":{"limits":{"starts":"x"},"training":[]}}]}');
    expect([limits.lost, limits.remembered]).toMatchObject([0, [{ rule: 'r1', memory: { limits: { unknownAt: String(limits.clock.nowUnixNano()) } } }]]);
  });
});

describe('reports', () => {
  const bare = { rule, states: {}, lastError: null, limits: { readyUnixMs: {} }, events: [], keys: [], guards: [], lastRecords: [], training: [] } as unknown as ArmedNet;

  it('come while anything is armed, once more when nothing is, and not without a server', async () => {
    const one = await desk();
    one.runner.report();
    expect(one.reports).toEqual([]);
    one.armed = [bare];
    one.open = false;
    one.runner.report();
    one.open = true;
    one.runner.report();
    one.armed = [];
    one.runner.report();
    one.runner.report();
    expect(one.reports.map(({ nets }) => nets.length)).toEqual([1, 0]);
  });

  it('leave out what there is no room for, and say how many', async () => {
    const one = await desk();
    const armed = { ...bare, rule: { ...rule, name: 'n'.repeat(1000) } };
    one.armed = Array.from({ length: 2000 }, () => armed);
    one.scripts.armed = [{ ...armed, kind: 'language' }];
    one.runner.report();
    const { nets, leftOut } = one.reports[0]!;
    expect([nets.length + leftOut!, nets[0]!.kind, JSON.stringify(nets).length < 2 ** 20 * 1.1]).toEqual([2001, 'language', true]);
    expect(one.runner.problem).toContain(`${leftOut} armed nets are not in the report`);
  });
});
