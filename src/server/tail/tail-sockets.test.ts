// The live tail end to end on real sockets: browser, BFF, agents.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { decodeTailFrame, tailNotice, type TailFrame, type TailNotice, type TailSubscribe } from '../../model/index.ts';
import { FakeAgent, openSocket, tailFrame } from '../testing/fake-agent.ts';
import { agentToken, TestServer, token } from '../testing/test-server.ts';

const server = new TestServer({ maxTails: 2 });
beforeAll(() => server.start());
afterAll(() => server.remove());
const closing: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of closing.splice(0)) await close(); });

class Browser {
  readonly notices: TailNotice[] = [];
  readonly frames: TailFrame[] = [];
  readonly socket: WebSocket;
  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.frames.push(decodeTailFrame(data as Buffer) as TailFrame);
      else this.notices.push(tailNotice.parse(JSON.parse((data as Buffer).toString())));
    });
  }
  static async open(): Promise<Browser> {
    let browser: Browser | undefined;
    await openSocket(`${server.url.replace('http', 'ws')}/api/v1/tail`, token, {}, (socket) => { browser = new Browser(socket); });
    closing.push(() => (browser as Browser).close());
    return browser as Browser;
  }
  async close(): Promise<void> {
    if (this.socket.readyState === this.socket.CLOSED) return;
    const closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.close();
    await closed;
  }
  subscribe(kql = ''): void { this.socket.send(JSON.stringify({ type: 'subscribe', signals: ['logs'], stage: 'out', kql, maxRecordsPerSecond: 500 })); }
  async until<T extends TailNotice['type']>(type: T, accept: (notice: Extract<TailNotice, { type: T }>) => boolean = () => true): Promise<Extract<TailNotice, { type: T }>> {
    const find = () => this.notices.find((notice): notice is Extract<TailNotice, { type: T }> => notice.type === type && accept(notice as Extract<TailNotice, { type: T }>));
    await expect.poll(find).toBeDefined();
    return find() as Extract<TailNotice, { type: T }>;
  }
}

const connect = async (id: string) => {
  const agent = await FakeAgent.connect({ url: server.url, agentToken, id, host: `box-${id[0]}` });
  closing.push(() => agent.close());
  await agent.untilConfig(() => true);
  return agent;
};
const a = 'a'.repeat(32);
const b = 'b'.repeat(32);

describe('a subscription', () => {
  it('reaches agents that are there and those that come later; frames come back with names', async () => {
    const first = await connect(a);
    const browser = await Browser.open();
    browser.subscribe('EventName == "x"');
    const { subscription, names } = await browser.until('subscribed');
    expect(await first.untilCustom<TailSubscribe>('tail.subscribe')).toMatchObject({ subscription, signals: ['logs'], stage: 'out', maxRecordsPerSecond: 500, plan: { operators: [{ op: 'where' }], sink: null } });
    const second = await connect(b);
    expect(await second.untilCustom('tail.subscribe')).toMatchObject({ subscription });
    await browser.until('agents', (notice) => notice.agents === 2);

    for (const [agent, records] of [[first, 3], [second, 4]] as const) {
      const data = await agent.openData();
      data.send(tailFrame(subscription, records, Uint8Array.of(records)));
      data.send(tailFrame(subscription + 1000, 99, Uint8Array.of(0)));
      data.close();
    }
    await expect.poll(() => browser.frames.length).toBe(2);
    expect(browser.frames.map(({ records, payload }) => [records, ...payload]).sort()).toEqual([[3, 3], [4, 4]]);
    expect(Object.keys(names).length).toBe(1);
    const latest = browser.notices.findLast((notice) => notice.type === 'agents');
    expect(browser.frames.map(({ agentOrdinal }) => latest?.type === 'agents' ? latest.names[String(agentOrdinal)] : '').sort()).toEqual(['weir-agent@box-a', 'weir-agent@box-b']);
  });
  it('ends at the agents when the browser leaves or asks for something else', async () => {
    const agent = await connect(a);
    const browser = await Browser.open();
    browser.subscribe();
    const { subscription } = await browser.until('subscribed');
    browser.subscribe('EventName == "y"');
    await agent.untilCustom<{ subscription: number }>('tail.unsubscribe', (content) => content.subscription === subscription);
    const next = await browser.until('subscribed', (notice) => notice.subscription !== subscription);
    await browser.close();
    await agent.untilCustom<{ subscription: number }>('tail.unsubscribe', (content) => content.subscription === next.subscription);
  });
  it('is refused with positions when its filter is wrong, and leaves none behind', async () => {
    const agent = await connect(a);
    const browser = await Browser.open();
    browser.subscribe();
    const { subscription } = await browser.until('subscribed');
    browser.subscribe('where bad');
    expect((await browser.until('rejected')).diagnostics).toMatchObject([{ message: 'Unknown name: bad', start: 6, end: 9 }]);
    await agent.untilCustom<{ subscription: number }>('tail.unsubscribe', (content) => content.subscription === subscription);
  });
  it('with the last of many hasty requests wins', async () => {
    const browser = await Browser.open();
    for (const name of ['one', 'two', 'three']) browser.subscribe(`EventName == "${name}"`);
    await browser.until('subscribed');
    const agent = await connect(a);
    const { plan } = await agent.untilCustom<{ plan: unknown }>('tail.subscribe');
    expect(JSON.stringify(plan)).toContain('three');
    expect(browser.notices.filter(({ type }) => type === 'subscribed').length).toBe(1);
  });
});

it('a storm of requests compiles the newest, not each: the compiler is everybody\'s', async () => {
  const browser = await Browser.open();
  const { compiler } = server;
  const compile = compiler.compile.bind(compiler);
  compiler.compile = async (...call) => { await new Promise((resolve) => { setTimeout(resolve, 100); }); return compile(...call); };
  closing.push(() => { compiler.compile = compile; return Promise.resolve(); });
  const before = compiler.calls.length;
  for (let i = 0; i < 100; i++) browser.subscribe(`EventName == "${i}"`);
  await browser.until('subscribed');
  expect(compiler.calls.length - before).toBeLessThan(10);
  expect(compiler.calls.at(-1)?.text).toContain('"99"');
});

describe('a slow browser', () => {
  it('loses whole frames and is told of every record', async () => {
    const agent = await connect(a);
    const browser = await Browser.open();
    browser.subscribe();
    const { subscription } = await browser.until('subscribed');
    const data = await agent.openData();
    const payload = new Uint8Array(512 * 1024);
    const send = (records: number) => new Promise((resolve) => { data.send(tailFrame(subscription, records, payload), resolve); });
    browser.socket.pause();
    for (let i = 0; i < 120; i++) await send(10);
    browser.socket.resume();
    const received = () => browser.frames.reduce((sum, frame) => sum + frame.records, 0);
    const told = () => browser.frames.reduce((sum, frame) => sum + frame.shedByServer, 0) + browser.notices.reduce((sum, notice) => sum + (notice.type === 'shed' ? notice.records : 0), 0);
    await expect.poll(() => received() + told(), { timeout: 20_000 }).toBe(1200);
    expect(told()).toBeGreaterThan(0);
    expect(received()).toBeGreaterThan(0);
    data.close();
  });
});

describe('bounds', () => {
  it('are told', async () => {
    await Browser.open();
    await Browser.open();
    const third = await Browser.open();
    expect((await third.until('rejected')).diagnostics[0]).toMatchObject({ code: 'tail.too-many' });
  });
  it('answer a filter that is too long, and what was shown goes on', async () => {
    const browser = await Browser.open();
    browser.subscribe();
    const { subscription } = await browser.until('subscribed');
    for (const [i, length] of [64_001, 600_000].entries()) {
      browser.subscribe(`Body has "${'x'.repeat(length)}"`);
      await expect.poll(() => browser.notices.filter(({ type }) => type === 'rejected').length).toBe(i + 1);
    }
    expect((await browser.until('rejected')).diagnostics).toMatchObject([{ code: 'tail.filter-too-long', message: 'The filter is too long: it may have 64,000 characters.' }]);
    const agent = await connect(a);
    expect(await agent.untilCustom<{ subscription: number }>('tail.subscribe')).toMatchObject({ subscription });
  });
  it('end a socket that sends nonsense', async () => {
    const browser = await Browser.open();
    const closed = new Promise<number>((resolve) => { browser.socket.once('close', resolve); });
    browser.socket.send('{"type":"subscribe"}');
    expect(await closed).toBe(1008);
  });
});
