// Client and service over message channels, with frames from a port: all of the worker but the thread.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTailClient, type TailClientWithSource } from './client.ts';
import type { Endpoint } from './protocol.ts';
import { serveTail } from './serve.ts';
import { frameBytes, log, logsFrame } from './testing/frames.ts';
import { call, literal, severityAtLeast, where } from './testing/plans.ts';
import type { TailState } from './types.ts';

const ports: MessagePort[] = [];
afterEach(() => { for (const port of ports.splice(0)) port.close(); });

function endpoint<Out, In>(port: MessagePort): Endpoint<Out, In> {
  ports.push(port);
  return { post: (message, transfer = []) => port.postMessage(message, transfer), listen: (receive) => { port.onmessage = (event: MessageEvent<In>) => receive(event.data); } };
}

function rig() {
  const channel = new MessageChannel();
  serveTail(endpoint(channel.port1), { maxRows: 1000, maxBytes: 1e8 });
  const client: TailClientWithSource = createTailClient({ connect: () => endpoint(channel.port2), url: () => 'ws://test' });
  const source = new MessageChannel();
  const requests: unknown[] = [];
  ports.push(source.port1);
  source.port1.onmessage = (event: MessageEvent<string>) => {
    requests.push(JSON.parse(event.data));
    source.port1.postMessage(JSON.stringify({ type: 'subscribed', subscription: 1, agents: 1, agentsTotal: 2, names: { 1: 'cart-1' } }));
  };
  client.useSource(source.port2);
  const send = (...bodies: string[]) => { const bytes = frameBytes(logsFrame('cart', bodies.map((body) => log(body, { severityNumber: body.startsWith('!') ? 17 : 9 })), { sentUnixMs: Date.now() })); source.port1.postMessage(bytes, [bytes]); };
  const until = (test: (state: TailState) => boolean) => vi.waitFor(() => { if (!test(client.getState())) throw new Error(`not yet: ${JSON.stringify(client.getState())}`); }, { timeout: 20_000 });
  const bodies = async () => (await client.rows(0, 100)).rows.map((row) => row.summary);
  return { client, requests, send, until, bodies, source: source.port1 };
}

describe('the tail, end to end', () => {
  it('subscribes, shows newest first, and names agents', async () => {
    const { client, requests, send, until, bodies } = rig();
    client.open({ signals: ['logs'], stage: 'out' });
    await until((state) => state.status === 'live');
    send('one', 'two');
    await until((state) => state.matched === 2);
    expect(await bodies()).toEqual(['two', 'one']);
    expect((await client.rows(0, 1)).rows[0]?.agent).toBe('cart-1');
    expect(requests).toEqual([{ type: 'subscribe', signals: ['logs'], stage: 'out', kql: '', maxRecordsPerSecond: 20_000 }]);
    expect(client.getState()).toMatchObject({ agents: 1, agentsTotal: 2, ratio: 1 });
  });

  it('stands still while paused and catches up without loss', async () => {
    const { client, send, until, bodies } = rig();
    client.open({ signals: ['logs'], stage: 'out' });
    send('one');
    await until((state) => state.matched === 1);
    client.setPaused(true);
    await until((state) => state.paused);
    send('two', 'three');
    await until((state) => state.newWhilePaused === 2);
    expect(await bodies()).toEqual(['one']);
    client.setPaused(false);
    await until((state) => state.matched === 3);
    expect(await bodies()).toEqual(['three', 'two', 'one']);
  });

  it('filters the buffer, pushes the text to the agents, and holds a scrolled list below an id', async () => {
    const { client, requests, send, until, bodies } = rig();
    client.open({ signals: ['logs'], stage: 'out' });
    send('calm', '!loud', 'calm too');
    await until((state) => state.matched === 3);
    client.setFilter('SeverityNumber >= 17', where(severityAtLeast(17)));
    await until((state) => state.matched === 1);
    expect(await bodies()).toEqual(['!loud']);
    expect(requests.at(-1)).toMatchObject({ kql: 'SeverityNumber >= 17' });
    send('!louder');
    await until((state) => state.matched === 2);
    expect(await client.rows(0, 10, { belowId: 3 })).toMatchObject({ matched: 1, newer: 1, rows: [{ summary: '!loud' }] });
  });

  it('finds former and new names of an event when it is told of a rename, and learns templates of the fleet', async () => {
    const { client, send, until, bodies } = rig();
    client.open({ signals: ['logs'], stage: 'out' });
    send('order 17 paid', 'order 18 paid', 'hello');
    await until((state) => state.matched === 3);
    const { durableId } = (await client.rows(1, 1)).rows[0]!;
    client.setFilter('event("paid")', where(call('event', literal('paid'))));
    await until((state) => state.matched === 0);
    const meanings = ['paid', durableId].map((name) => ({ name, service: null }));
    client.know({ names: { events: { paid: meanings }, fields: {} } });
    await until((state) => state.matched === 2);
    expect(await bodies()).toEqual(['order 18 paid', 'order 17 paid']);
    client.know({ templates: { version: 2, templates: [{ template: 'order <*> <*>', aliases: [durableId] }], passed: [] } });
    send('order 19 paid');
    await until((state) => state.matched >= 2);
  });

  it('counts unreadable frames and ignores frames of another stage', async () => {
    const { client, send, until, source } = rig();
    client.open({ signals: ['logs'], stage: 'out' });
    await until((state) => state.status === 'live');
    source.postMessage(new ArrayBuffer(3));
    const other = frameBytes(logsFrame('cart', [log('x')], { stage: 'in' }));
    source.postMessage(other, [other]);
    send('one');
    await until((state) => state.matched === 1 && state.malformed === 1);
  });
});
