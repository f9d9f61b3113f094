// What depends on the clock and on a disk that fails: keys at midnight, writing, canaries without agents.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { weirCapability, type AgentConfig, type AgentId } from '../../model/index.ts';
import { agentCapabilities, type Draft, type ServerToAgent } from '../../model/opamp/index.ts';
import { Fleet, type Agent } from '../fleet/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { leakedCell, maskedCell, redactionReport } from '../testing/redaction.ts';
import { ruleStats, statusReport } from '../testing/status.ts';
import { KeyPeriods, periodAt } from './key-periods.ts';
import { RedactionService } from './redaction-service.ts';

let now = Date.parse('2027-01-15T23:59:58Z');
let store: Store;
let broken = false;
let errors: unknown[] = [];
beforeEach(async () => { store = await openStore(':memory:'); broken = false; errors = []; now = Date.parse('2027-01-15T23:59:58Z'); });
afterEach(() => store.close());

/** The same store, but for its transactions, which fail as a full disk's do. */
const failing = (): Store => ({ ...store, transaction: (work) => (broken ? Promise.reject(new Error('database or disk is full')) : store.transaction(work)) });

async function start() {
  const fleet = new Fleet({ store: store.agents, nowMs: () => now, onError: (error) => { errors.push(error); }, u32: () => 1 });
  let ids = 0;
  const service = new RedactionService({ fleet, store: failing(), keys: new KeyPeriods(new Uint8Array(32).fill(7)), nowMs: () => now, onError: (error) => { errors.push(error); }, newId: () => `run${ids++}`, u32: () => 42 });
  await service.load();
  return { fleet, service };
}

function connect(fleet: Fleet, letter: string, capabilities: readonly string[] = [weirCapability]): { readonly agent: Agent; readonly of: (type: string) => unknown[] } {
  const sent: Draft<ServerToAgent>[] = [];
  const agent = fleet.connect(letter.repeat(32) as AgentId, { send: (message) => { sent.push(message); }, close: () => undefined });
  fleet.receive(agent, { capabilities: agentCapabilities.reportsStatus, customCapabilities: { capabilities: [...capabilities] } } as unknown as Parameters<Fleet['receive']>[1], true);
  return { agent, of: (type) => sent.flatMap(({ customMessage }) => (customMessage?.type === type ? [JSON.parse(Buffer.from(customMessage.data ?? []).toString()) as unknown] : [])) };
}
const reported = (fleet: Fleet, agent: Agent, more = {}) => { fleet.receiveCustom(agent, 'redaction.report', Buffer.from(JSON.stringify(redactionReport(now, more)))); };

describe('keys', () => {
  it('change at midnight UTC, once, for every Weir agent that is connected', async () => {
    const { fleet, service } = await start();
    const [one, other] = [connect(fleet, 'a'), connect(fleet, 'b', [])];
    service.tick();
    expect(one.of('redaction.key')).toMatchObject([{ period: '2027-01-15' }]);
    now += 2000;
    for (let i = 0; i < 3; i++) service.tick();
    const keys = one.of('redaction.key') as { period: string; key: string }[];
    expect(keys.map(({ period }) => period)).toEqual(['2027-01-15', '2027-01-16']);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
    expect(other.of('redaction.key')).toEqual([]);
    await service.stop();
  });
  it('are of their period and master alone', () => {
    const at = Date.parse('2027-01-15T00:00:00Z');
    const key = (fill: number, ms: number) => new KeyPeriods(new Uint8Array(32).fill(fill)).message(ms).key;
    expect(key(1, at)).toBe(key(1, at + 86_399_999));
    expect(new Set([key(1, at), key(2, at), key(1, at + 86_400_000)]).size).toBe(3);
    expect(Buffer.from(key(1, at), 'base64')).toHaveLength(32);
    expect(periodAt(at)).toEqual({ name: '2027-01-15', endsAtMs: at + 86_400_000 });
  });
});

describe('a disk that is full', () => {
  it('is counted and told once; control messages go on, and everything is written when it can be', async () => {
    const { fleet, service } = await start();
    const { agent, of } = connect(fleet, 'a');
    broken = true;
    for (let i = 0; i < 3; i++) { now += 1000; reported(fleet, agent, { cells: [maskedCell(now, { fingerprints: ['00000000000000aa'] })], residual: [leakedCell(now)] }); service.tick(); await Promise.resolve(); await new Promise(setImmediate); }
    expect(service.writer.writes).toMatchObject({ failed: 3, lastError: 'database or disk is full', lastWrittenMs: null });
    expect(errors).toHaveLength(1);
    expect(of('redaction.key')).toHaveLength(2);
    expect((await store.redaction.load()).counts).toEqual([]);
    broken = false;
    await service.stop();
    const stored = await store.redaction.load();
    expect(stored.counts.reduce((sum, { count }) => sum + count, 0)).toBe(6);
    expect([stored.sources, stored.fingerprints, stored.stands, stored.ways].map((rows) => rows.length)).toEqual([1, 1, 1, 2]);
    expect(service.writer.writes).toMatchObject({ failed: 3, lastError: null, lastWrittenMs: now });
  });
});

describe('what is written', () => {
  it('is what was folded: nothing twice, nothing lost, after a restart too', async () => {
    const { fleet, service } = await start();
    const { agent } = connect(fleet, 'a');
    for (let i = 0; i < 30; i++) { now += 10_000; reported(fleet, agent, { cells: [maskedCell(now)] }); service.tick(); await service.writer.settle(now); }
    now += 2 * 3_600_000;
    for (let i = 0; i < 20; i++) { service.tick(); await service.writer.settle(now); }
    const stored = await store.redaction.load();
    expect([...new Set(stored.counts.map(({ width }) => width))]).toEqual([60_000]);
    expect(stored.counts.reduce((sum, { count }) => sum + count, 0)).toBe(30);
    const again = await start();
    expect([...again.service.book.buckets.all].flatMap(({ rows }) => [...rows.values()]).reduce((sum, { count }) => sum + count, 0)).toBe(30);
    await again.service.stop();
    expect(await store.redaction.load()).toEqual(stored);
  });
  it('numbers no new source like a forgotten one that counts still name', async () => {
    const { fleet, service } = await start();
    const { agent } = connect(fleet, 'a');
    reported(fleet, agent, { cells: [maskedCell(now)] });
    service.book.sources.forget(1);
    await service.stop();
    const again = await start();
    reported(again.fleet, connect(again.fleet, 'a').agent, { cells: [maskedCell(now, { key: 'new' })] });
    expect([...again.service.book.sources.all]).toMatchObject([{ no: 2, key: 'new' }]);
  });
});

describe('what an agent runs', () => {
  const rule = { id: 'r1', name: 'hide-tokens', version: 1, order: 1, plan: null, policy: {}, targets: null, bounds: {}, mode: 'live', expiresAtUnixMs: null, deployment: 7 } as unknown as AgentConfig['rules'][number];
  it('is known by its status, too, before it has applied all of a configuration; a rule that turned itself off hides nothing', async () => {
    const { fleet, service } = await start();
    const { agent } = connect(fleet, 'a');
    fleet.publish({ version: 1, revision: 7, rules: [rule] });
    const says = (more: Parameters<typeof ruleStats>[1]) => { now += 1000; fleet.receiveStatus(agent, statusReport(now, { rules: [ruleStats('r1', more)] })); };
    says({ deployment: 6 });
    expect(service.book.agents.of(agent.ordinal).applied).toEqual([]);
    says({ deployment: 7 });
    expect(service.book.agents.of(agent.ordinal).applied).toEqual([{ ruleId: 'r1', version: 1, deployment: 7, atMs: now }]);
    const appliedMs = now;
    says({ deployment: 7 });
    expect(service.book.agents.appliedMs(agent.ordinal, 'r1', 1)).toBe(appliedMs);
    says({ deployment: 7, disabled: { kind: 'expired', reason: 'It was over.', atUnixMs: now } });
    expect(service.book.agents.of(agent.ordinal)).toMatchObject({ applied: [], ended: [{ ruleId: 'r1', version: 1, atMs: now }] });
    await service.stop();
  });
});

describe('a full scan', () => {
  const rule = { id: 'r1', name: 'hide-tokens', version: 1, order: 1, plan: null, policy: {}, targets: null, bounds: {}, mode: 'live', expiresAtUnixMs: null, deployment: 7 } as unknown as AgentConfig['rules'][number];
  it('follows each deployment, and goes on while what it hides is not yet proved to have stopped', async () => {
    const { fleet, service } = await start();
    const { agent, of } = connect(fleet, 'a');
    reported(fleet, agent, { residual: [leakedCell(now)] });
    const startMs = now;
    fleet.publish({ version: 1, revision: 7, rules: [rule] });
    for (let i = 0; i < 200; i++) {
      now += 1000;
      reported(fleet, agent, { cells: [maskedCell(now)], scanned: { bytes: 0, ofBytes: 1, records: 0, ofRecords: 10, full: true, waiting: 10 * (i + 1) } });
      service.tick();
    }
    const ends = of('redaction.residual-scan').map((message) => (message as { untilUnixMs: number }).untilUnixMs - startMs);
    expect([ends.length, ends[0], ends[1], ends.at(-1)]).toEqual([6, 20_000, 37_000, 105_000]);
    expect(service.book.fullScans.all.map(({ fromMs, toMs, by, rule: name }) => [fromMs - startMs, toMs - startMs, by, name])).toEqual([[0, 105_000, 'weir', 'hide-tokens']]);
    await service.stop();
  });
  it('is not prolonged once it is proved, and its record outlives a restart', async () => {
    const { fleet, service } = await start();
    const { agent, of } = connect(fleet, 'a');
    reported(fleet, agent, { residual: [leakedCell(now)] });
    fleet.publish({ version: 1, revision: 7, rules: [rule] });
    for (let i = 0; i < 40; i++) { now += 1000; reported(fleet, agent, { cells: [maskedCell(now)] }); service.tick(); }
    expect(of('redaction.residual-scan')).toHaveLength(1);
    await service.stop();
    const again = await start();
    expect(again.service.book.fullScans.all).toEqual(service.book.fullScans.all);
    expect(again.service.book.fullScans.all).toMatchObject([{ by: 'weir', isDone: true, parts: [{ agent: agent.ordinal, ofRecords: 200, missed: 0, waiting: 0, found: 0 }] }]);
    await again.service.stop();
  });
  it('that a disk cannot hold is written once it can', async () => {
    const { service } = await start();
    await service.scanFully(60, { user: 'ada' });
    broken = true;
    await service.stop();
    expect(service.book.fullScans.isDirty).toBe(true);
    broken = false;
    await service.stop();
    expect((await start()).service.book.fullScans.all).toMatchObject([{ by: 'ada' }]);
  });
});

it('whether anything leaves at all is what agents that are there say of their exporters', async () => {
  const { fleet, service } = await start();
  const { agent } = connect(fleet, 'a');
  expect(service.fleet.all[0]).not.toHaveProperty('downstream');
  fleet.receiveStatus(agent, statusReport(now, { exporters: [] }));
  expect(service.fleet.all[0]).toMatchObject({ downstream: false });
  await service.stop();
});

describe('a canary', () => {
  it('needs an agent', async () => {
    const { service } = await start();
    expect(await service.runCanary({ user: 'local' })).toMatchObject({ ok: false, error: { code: 'canary.no-agent' } });
  });
  it('of an agent that leaves is over; a restart in the middle keeps the run', async () => {
    const { fleet, service } = await start();
    const { agent } = connect(fleet, 'a');
    expect(await service.runCanary({ user: 'local' })).toMatchObject({ ok: true, value: { id: 'run0' } });
    await service.stop();
    const again = await start();
    expect(again.service.canaryStatus()).toMatchObject({ running: false, last: { id: 'run0', agents: [{ state: 'away', problem: expect.stringContaining('went away') as string }] } });
    fleet.disconnect(agent, agent.connection as NonNullable<Agent['connection']>);
    service.tick();
    expect(service.canaryStatus()).toMatchObject({ running: false, last: { agents: [{ state: 'away' }] } });
    await service.stop();
  });
});
