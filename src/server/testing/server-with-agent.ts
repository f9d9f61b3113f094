// For tests of what is asked of one agent: a server on a clock that stands, and an agent that it knows, new for each test.
import { afterEach, beforeEach, expect } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { agentId } from './artifacts.ts';
import { eventually } from './eventually.ts';
import { FakeAgent } from './fake-agent.ts';
import { agentToken, TestServer } from './test-server.ts';

/** What the running test has; `agent` may be replaced by one that connects anew. */
export interface ServerWithAgent { server: TestServer; agent: FakeAgent; clock: ManualClock }

export const connectAgent = ({ server }: Pick<ServerWithAgent, 'server'>, id = agentId): Promise<FakeAgent> => FakeAgent.connect({ url: server.url, agentToken, id, host: id.slice(0, 2) });

/** Until the server has heard what the agent is. */
export const agentIsKnown = ({ server }: Pick<ServerWithAgent, 'server'>): Promise<void> =>
  eventually(async () => { expect((await server.call('GET', `/api/v1/agents/${agentId}`)).body).toMatchObject({ connected: true, kind: 'weir' }); });

/** Calls `use` before each test. */
export function withAgent(use: (here: ServerWithAgent) => void): void {
  let here: ServerWithAgent;
  beforeEach(async () => {
    const clock = new ManualClock(BigInt(Date.now()) * 1_000_000n);
    const server = await new TestServer({ clock }).start();
    here = { server, clock, agent: await connectAgent({ server }) };
    await agentIsKnown(here);
    use(here);
  });
  afterEach(async () => { await here.agent.close(); await here.server.remove(); });
}
