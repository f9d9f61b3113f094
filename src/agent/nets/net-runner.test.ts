// Firings that become actions: targets, order, what is handed on, storms, and what a killed agent finds again.
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, ManualClock } from '../../base/index.ts';
import type { NetFiring, NetMemory } from '../../engine/index.ts';
import type { ActionReport, ActionRequest, ArmedNet, NetFired, NetReport } from '../../model/index.ts';
import { memoryFiles } from '../ports/index.ts';
import { NetRunner, netsFile } from './net-runner.ts';
import { outboxFile } from './outbox.ts';

const rule = { id: 'r1', name: 'stuck', version: 2, deployment: 3 };
const firing = (actions: readonly { action: string; as?: string }[], more: Partial<NetFiring> = {}): NetFiring => ({
  rule, key: 'orders', from: 'growing', to: 'stuck', atUnixMs: 1000, because: 'deep', origin: { service: 'shop', pid: 812, host: 'box' }, notRun: [],
  actions: actions.map(({ action, as = null }) => ({ action, as, parameters: { durationMs: 500 }, event: { event: 'action', atUnixMs: 1000, key: 'orders', action } })), ...more,
});
const reportOf = (request: ActionRequest, artifact: string | null): ActionReport => ({ ...request, state: 'done', process: null, requestedUnixMs: 0, startedUnixMs: 0, finishedUnixMs: 0, progress: { share: 1, text: '' }, why: null, figures: {}, notes: [], artifacts: artifact === null ? [] : [{ id: artifact } as ActionReport['artifacts'][number]] });

class Desk {
  readonly clock = new ManualClock(1_767_225_600_000_000_000n);
  readonly content: Map<string, Uint8Array>;
  readonly requests: ActionRequest[] = [];
  readonly finish: ((artifact: string | null) => void)[] = [];
  readonly fired: NetFired[] = [];
  readonly reports: NetReport[] = [];
  readonly remembered: NetMemory[] = [];
  readonly order: string[] = [];
  memories: NetMemory[] = [];
  armed: ArmedNet[] = [];
  waiting: NetFiring[] = [];
  open = true;
  onFired: (() => void) | null = null;
  runner!: NetRunner;

  constructor(content = new Map<string, Uint8Array>()) { this.content = content; }

  async start(): Promise<this> {
    let ids = 0;
    const files = memoryFiles(this.content);
    const firedHook = { get: () => this.onFired, set: (fn: (() => void) | null) => { this.onFired = fn; } };
    this.runner = await NetRunner.open({
      nets: {
        isArmed: true, advance: () => undefined, report: () => this.armed, memories: () => this.memories, remember: (memories) => { this.remembered.push(...memories); },
        takeFirings: () => this.waiting.splice(0), get onFired() { return firedHook.get(); }, set onFired(fn) { firedHook.set(fn); },
      },
      files: { read: files.read, writeAtomically: async (name, bytes) => { this.order.push(`write ${name}`); return files.writeAtomically(name, bytes); } },
      clock: this.clock, newId: () => `id-${++ids}`, hostName: 'box', canSend: () => this.open, sendReport: (report) => { this.reports.push(report); }, sendFired: (fired) => { this.fired.push(fired); },
      run: (request) => { this.order.push(`run ${request.action}`); this.requests.push(request); return new Promise((resolve) => { this.finish.push((artifact) => { resolve(reportOf(request, artifact)); }); }); },
    });
    return this;
  }
  turn(): Promise<void> { return new Promise((resolve) => { setImmediate(resolve); }); }
  file(name: string): { rules: unknown[]; fired: NetFired[] } { return JSON.parse(decodeUtf8(this.content.get(name)!)) as { rules: unknown[]; fired: NetFired[] }; }
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

  it('never takes a pid of another machine for one of this', async () => {
    const one = await desk();
    const origins = [{ service: 'shop', pid: 812, host: 'elsewhere' }, { service: 'shop', pid: 812, host: null }, { service: null, pid: 812, host: null }, { service: null, pid: 812, host: 'elsewhere' }, null];
    for (const origin of origins) one.runner.fire(firing([{ action: 'cpu-sample' }], { origin }));
    await one.turn();
    await one.turn();
    expect(one.requests.map(({ target }) => target)).toEqual([{ service: 'shop' }, { service: 'shop' }, { pid: 812 }, null, null]);
  });

  it('hands what came out of a named action to those behind it, which wait for it', async () => {
    const one = await desk();
    const three = firing([{ action: 'collect-state' }, { action: 'cpu-sample', as: 'cpu' }, { action: 'memory-dump', as: 'heap' }, { action: 'collect-config' }]);
    one.runner.fire(three);
    await one.turn();
    expect(one.requests.map(({ action }) => action)).toEqual(['collect-state', 'cpu-sample']);
    one.finish[1]!('a1');
    await one.turn();
    expect(one.requests.map(({ action, given }) => [action, given])).toEqual([['collect-state', undefined], ['cpu-sample', undefined], ['memory-dump', { cpu: 'a1' }]]);
    one.finish[2]!(null);
    await one.turn();
    expect(one.requests[3]).toMatchObject({ action: 'collect-config', given: { cpu: 'a1' } });
    expect(three.actions.map(({ event }) => event.actionId)).toEqual(['id-1', 'id-2', 'id-3', 'id-4']);
  });

  it('of which somebody pulled the cord starts nothing more', async () => {
    const one = await desk();
    one.runner.fire(firing([{ action: 'cpu-sample', as: 'cpu' }, { action: 'memory-dump' }]));
    await one.turn();
    one.runner.halt();
    one.finish[0]!('a1');
    await one.runner.settled();
    expect(one.requests).toHaveLength(1);
  });
});

describe('a storm', () => {
  it('keeps so many under way, and says of the others why not', async () => {
    const one = await desk();
    for (let i = 0; i < 300; i++) one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await one.turn();
    await one.turn();
    expect(one.requests).toHaveLength(50);
    expect(one.fired).toHaveLength(51);
    expect(one.fired[50]).toMatchObject({ actions: [], notRun: [{ because: '50 actions of nets wait or run already' }] });
    for (const finish of one.finish) finish(null);
    await one.runner.settled();
    one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await one.turn();
    expect(one.requests).toHaveLength(51);
  });

  it('that only meets its limits is told once a minute', async () => {
    const one = await desk();
    const refused = firing([], { notRun: [{ action: 'cpu-sample', because: 'used up' }] });
    for (let i = 0; i < 120; i++) { one.runner.fire(refused); one.clock.advanceMs(1000); }
    expect(one.fired).toHaveLength(2);
    expect(one.requests).toEqual([]);
  });

  it('fills the outbox up to its bound, and counts the rest', async () => {
    const one = await desk();
    one.open = false;
    for (let i = 0; i < 260; i++) { one.runner.fire(firing([], { notRun: [{ action: 'cpu-sample', because: `${i}` }] })); one.clock.advanceMs(60_000); }
    await one.runner.stop();
    expect(one.file(outboxFile).fired).toHaveLength(200);
    expect(one.runner.droppedFirings).toBe(60);
  });
});

describe('what outlives the agent', () => {
  it('is firings until the server has seen them, and limits', async () => {
    const one = await desk();
    one.open = false;
    one.memories = [{ rule: 'r1', atUnixMs: 5, memory: { limits: { starts: ['7'], last: {} }, training: [] } }];
    one.runner.fire(firing([{ action: 'cpu-sample' }]));
    await one.turn();
    await one.turn();
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

  it('says so when it cannot be read', async () => {
    const one = await desk(new Map([[netsFile, encodeUtf8('{"version":1,"rules":[{"rule":1}]}')]]));
    expect(one.runner.problem).toBe('1 of 1 entries in the limits of nets on disk (nets.json) cannot be read. Those nets begin anew.');
    expect((await desk(new Map([[netsFile, encodeUtf8('{')]]))).runner.problem).toContain('cannot be read');
  });
});

describe('reports', () => {
  it('come while anything is armed, once more when nothing is, and not without a server', async () => {
    const one = await desk();
    one.runner.report();
    expect(one.reports).toEqual([]);
    one.armed = [{ rule } as ArmedNet];
    one.open = false;
    one.runner.report();
    one.open = true;
    one.runner.report();
    one.armed = [];
    one.runner.report();
    one.runner.report();
    expect(one.reports.map(({ nets }) => nets.length)).toEqual([1, 0]);
  });
});
