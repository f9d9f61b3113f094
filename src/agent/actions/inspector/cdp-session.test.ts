// The other end of a session is a process that is looked into, and may send anything: every such thing ends the session and fails what waits for it, and
// nothing more. An exception beyond that would end the agent, and fails this file.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { CdpSession, rawField } from './cdp-session.ts';

const MiB = 1024 * 1024;

/** A session with an inspector of our own making. */
async function sessionWith(answer: (socket: WebSocket, id: number, method: string) => void): Promise<CdpSession> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('error', () => { /* the session was closed while it wrote */ });
    socket.on('message', (data) => { const { id, method } = JSON.parse(String(data)) as { id: number; method: string }; answer(socket, id, method); });
  });
  onTestFinished(() => { for (const client of server.clients) client.terminate(); server.close(); });
  return CdpSession.connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

describe.each([
  ['no JSON', 'not json'], ['null', 'null'], ['a number', '7'], ['a list', '[]'], ['neither answer nor event', '{"a":1}'], ['a method that is no text', '{"method":7}'],
  ['parameters that are none', '{"method":"Debugger.scriptParsed","params":7}'], ['parameters of null', '{"method":"Debugger.scriptParsed","params":null}'], ['bytes', Buffer.from([0, 255, 254, 1])],
  ['a deep nest', '['.repeat(200_000)], ['an answer that is cut off', '{"id":1,"result":'], ['an answer of null', '{"id":1,"result":null}'], ['an answer that is no object', '{"id":1,"result":3}'],
])('an inspector that sends %s', (_, message) => {
  it('fails the call', async () => {
    const session = await sessionWith((socket) => { socket.send(message); });
    session.on('Debugger.scriptParsed', ({ scriptId }) => { if (typeof scriptId !== 'string') throw new Error('no script'); });
    await expect(session.call('Debugger.enable', {}, { timeoutMs: 5000 })).rejects.toThrow(/not understood|JSON|no result/);
    session.close();
    await session.closed;
  });
});

it('ends with what a handler throws', async () => {
  const session = await sessionWith((socket) => { socket.send('{"method":"Runtime.bindingCalled","params":{}}'); });
  session.on('Runtime.bindingCalled', () => { throw new Error('who called?'); });
  await expect(session.call('Runtime.enable')).rejects.toThrow('who called?');
  await session.closed;
  await expect(session.call('Runtime.enable')).rejects.toThrow();
});

it('leaves what nobody handles or waits for', async () => {
  const session = await sessionWith((socket, id) => { socket.send('{"method":"Some.event"}'); socket.send('{"id":99,"result":'); socket.send(`{"id":${id},"result":{"a":1}}`); });
  expect(await session.call('A.b')).toEqual({ a: 1 });
  session.close();
});

describe('a message that is larger than what was asked for', () => {
  /** In frames of 64 KiB, so that what was taken can be counted. */
  const flood = (bytes: number, sent: { bytes: number }) => (socket: WebSocket): void => {
    const more = (): void => {
      if (socket.readyState !== socket.OPEN || sent.bytes >= bytes) return;
      sent.bytes += 65_536;
      socket.send(Buffer.alloc(65_536, 0x20), { fin: sent.bytes >= bytes, binary: false }, more);
    };
    more();
  };

  it.each([['a value', 64 * MiB, (session: CdpSession) => session.evaluate('1')], ['a result that is bounded', 64 * MiB, (session: CdpSession) => session.callRaw('Profiler.stop', {}, { mostBytes: 6 * MiB })]])('ends the session before %s is whole', async (_, bytes, ask) => {
    const sent = { bytes: 0 };
    const session = await sessionWith(flood(bytes, sent));
    await expect(ask(session)).rejects.toThrow(/more than (4\.0|6\.0) MiB/);
    await session.closed;
    expect(sent.bytes).toBeLessThan(32 * MiB);
  });

  it('is taken when it was asked for', async () => {
    const session = await sessionWith((socket, id) => { socket.send(`{"id":${id},"result":{"profile":"${'x'.repeat(12 * MiB)}"}}`); });
    expect(rawField(await session.callRaw('Profiler.stop', {}, { mostBytes: 16 * MiB }), 'profile').length).toBe(12 * MiB + 2);
    await expect(session.evaluate('1')).rejects.toThrow(/more than 4\.0 MiB/);
  });
});

it('fails the calls of a connection that is closed', async () => {
  const session = await sessionWith((socket) => { socket.close(); });
  await expect(session.call('A.b')).rejects.toThrow('closed the connection');
});
