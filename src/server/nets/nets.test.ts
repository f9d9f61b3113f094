// Nets through a real server: deployed like any rule, told by agents, shown while they are deployed.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { fleetNets, ruleDetail, type ArmedNet, type FleetNets } from '../../model/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const ids = ['01'.repeat(16), '02'.repeat(16)] as const;
let server: TestServer;
let clock: ManualClock;
let agents: FakeAgent[];
beforeEach(async () => {
  clock = new ManualClock(BigInt(Date.now()) * 1_000_000n);
  server = await new TestServer({ clock }).start();
  agents = await Promise.all(ids.map((id, i) => FakeAgent.connect({ url: server.url, agentToken, id, host: `box-${i}` })));
});
afterEach(async () => { for (const agent of agents) await agent.close(); await server.remove(); });

const text = 'kind: state-machine\nname: stuck\ninitial: idle\nstates:\n  idle: { on: [{ when: EventName == "x", to: idle }] }\n';
const armed = (rule: string, more: Partial<ArmedNet> = {}): ArmedNet => ({
  rule: { id: rule, name: 'stuck', version: 1, deployment: 1 }, kind: 'state-machine', mode: 'live', instances: 1, maxKeys: 10, evicted: 0, states: { idle: 1 }, looked: 3, moved: 1, errors: 0, lastError: null,
  events: [], keys: [], moreKeys: 1, guards: [], lastRecords: [], limits: { usedInWindow: 0, ofWindow: 3, windowMs: 1000, cooldownMs: 0, readyUnixMs: {} }, training: [], ...more,
});
const report = (agent: FakeAgent | undefined, ...nets: ArmedNet[]): void => { agent?.sendCustom('net.report', { version: 1, atUnixMs: 5, nets }); };
const nets = async (): Promise<FleetNets['nets']> => fleetNets.parse((await server.call('GET', '/api/v1/nets')).body).nets;
async function deployed(mode: 'live' | 'shadow' = 'live'): Promise<string> {
  const rule = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { text })).body);
  expect((await server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1, mode })).status).toBe(200);
  return rule.id;
}

describe('a net', () => {
  it('reaches agents as a machine, in the mode asked for', async () => {
    const id = await deployed('shadow');
    const config = await agents[0]!.untilConfig(({ rules }) => rules.length > 0);
    expect(config.rules).toMatchObject([{ id, plan: null, policy: null, mode: 'shadow', machine: { initial: 'idle' } }]);
  });

  it('is shown agent by agent while it is deployed', async () => {
    const id = await deployed();
    expect((await server.call('GET', `/api/v1/nets/${id}`)).body).toEqual({ rule: { id, name: 'stuck' }, agents: [] });
    report(agents[1], armed(id, { looked: 9 }));
    report(agents[0], armed(id), armed('gone'));
    await vi.waitFor(async () => { expect((await nets())[0]?.agents).toHaveLength(2); });
    const [net, ...others] = await nets();
    expect(others).toEqual([]);
    expect(net).toMatchObject({ rule: { id, name: 'stuck' }, agents: [{ agent: { connected: true }, net: { looked: 3 } }, { net: { looked: 9 } }] });
    report(agents[0]);
    await vi.waitFor(async () => { expect((await nets())[0]?.agents).toHaveLength(1); });
    await server.call('POST', `/api/v1/rules/${id}/disable`);
    expect(await nets()).toEqual([]);
  });

  it('is forgotten with an agent that is long away, and a malformed report harms nobody', async () => {
    const id = await deployed();
    agents[0]!.sendCustom('net.report', { version: 1, nets: 'all' });
    report(agents[1], armed(id));
    await vi.waitFor(async () => { expect(await nets()).toHaveLength(1); });
    await agents[1]!.close();
    await vi.waitFor(async () => { expect((await nets())[0]?.agents[0]?.agent.connected).toBe(false); });
    clock.advanceMs(3_700_000);
    expect(await nets()).toEqual([]);
  });

  it('says of an unknown rule that there is none', async () => {
    expect((await server.call('GET', '/api/v1/nets/none')).status).toBe(404);
  });
});
