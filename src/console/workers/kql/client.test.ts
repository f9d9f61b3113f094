// The client over a fake port: replies find their call, a silent or dead worker fails what waits and is replaced.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkerKqlClient } from './client.ts';
import type { KqlReply, KqlRequest } from './protocol.ts';
import { serveKql } from './serve.ts';

class FakeWorkers {
  readonly sent: KqlRequest[][] = [];
  closed = 0;
  reply: (reply: KqlReply) => void = () => undefined;
  fail: (message: string) => void = () => undefined;
  readonly open = (onReply: (reply: KqlReply) => void, onFailure: (message: string) => void) => {
    const mine: KqlRequest[] = [];
    this.sent.push(mine);
    this.reply = onReply;
    this.fail = onFailure;
    return { post: (request: KqlRequest) => { mine.push(request); }, close: () => { this.closed++; } };
  };
}

const field = { name: 'a', column: 'Attributes', type: 'long', presence: 1, distinct: 1, examples: [] } as const;

describe('WorkerKqlClient', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  it('starts nothing before the first call', () => {
    const workers = new FakeWorkers();
    new WorkerKqlClient(workers.open).setLiveFields([field]);
    expect(workers.sent).toEqual([]);
  });

  it('gives each reply to its call, whatever the order', async () => {
    const workers = new FakeWorkers();
    const client = new WorkerKqlClient(workers.open);
    const [first, second] = [client.format('a'), client.format('b')];
    workers.reply({ id: 2, ok: true, result: 'B' });
    workers.reply({ id: 1, ok: true, result: 'A' });
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
    expect(workers.sent[0]).toEqual([{ type: 'call', id: 1, method: 'format', args: ['a'] }, { type: 'call', id: 2, method: 'format', args: ['b'] }]);
  });

  it('passes on what the worker says went wrong', async () => {
    const workers = new FakeWorkers();
    const call = new WorkerKqlClient(workers.open).format('a');
    workers.reply({ id: 1, ok: false, message: 'no' });
    await expect(call).rejects.toThrow('no');
  });

  it('gives up on a silent worker, and tells the next one the live fields', async () => {
    const workers = new FakeWorkers();
    const client = new WorkerKqlClient(workers.open, 1000);
    client.setLiveFields([field]);
    const call = expect(client.format('a')).rejects.toThrow('did not answer within 1 s');
    await vi.advanceTimersByTimeAsync(1000);
    await call;
    expect(workers.closed).toBe(1);
    const next = client.format('b');
    expect(workers.sent[1]).toEqual([{ type: 'fields', fields: [field] }, { type: 'call', id: 2, method: 'format', args: ['b'] }]);
    workers.reply({ id: 2, ok: true, result: 'b' });
    expect(await next).toBe('b');
  });

  it('fails what waits when the worker dies or the client closes', async () => {
    const workers = new FakeWorkers();
    const client = new WorkerKqlClient(workers.open);
    const dying = expect(client.format('a')).rejects.toThrow('script');
    workers.fail('its script could not be loaded');
    await dying;
    const closing = expect(client.format('b')).rejects.toThrow('closed');
    client.close();
    await closing;
  });

  it('says so when no worker can start', async () => {
    const client = new WorkerKqlClient(() => { throw new Error('blocked'); });
    await expect(client.format('a')).rejects.toThrow('could not start');
  });
});

describe('a parser that does not load', () => {
  it('ends its worker, and the next call starts another', async () => {
    let loads = 0;
    const client = new WorkerKqlClient((onReply, onFailure) => {
      const receive = serveKql(
        message => { if ('failed' in message) onFailure(message.failed); else onReply(message); },
        async () => { loads++; throw new Error('Failed to fetch'); },
      );
      return { post: receive, close: () => undefined };
    });
    await expect(client.format('a')).rejects.toThrow('The KQL service could not start: Failed to fetch');
    await expect(client.format('b')).rejects.toThrow('could not start');
    expect(loads).toBe(2);
  });
});
