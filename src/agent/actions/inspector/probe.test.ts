import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { Proc } from '../../processes/index.ts';
import { inspectorAt } from './probe.ts';

async function asked(listener: RequestListener): Promise<{ readonly found: unknown; readonly hits: number }> {
  let hits = 0;
  const server = createServer((request, reply) => { hits++; listener(request, reply); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const found = await inspectorAt(new Proc(), process.pid, (server.address() as AddressInfo).port);
  server.closeAllConnections();
  server.close();
  return { found, hits };
}

it('follows no redirect', async () => {
  const elsewhere: string[] = [];
  const other = createServer((request, reply) => { elsewhere.push(request.url ?? ''); reply.end('[]'); }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { found, hits } = await asked((_, reply) => { reply.writeHead(302, { location: `http://127.0.0.1:${(other.address() as AddressInfo).port}/inside`, 'content-type': 'application/json' }).end(); });
  other.close();
  expect([found, hits, elsewhere]).toEqual([null, 1, []]);
});

it('stops reading a body that does not end, and counts what it took', async () => {
  let sent = 0;
  const { found } = await asked((_, reply) => {
    reply.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => { while (!reply.destroyed && reply.write(Buffer.alloc(65_536, 0x20))) sent += 65_536; if (!reply.destroyed) reply.once('drain', more); };
    more();
  });
  expect(found).toBeNull();
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});

it('takes nothing else for an inspector', async () => {
  for (const body of ['', '{', 'null', '{"type":"node"}', '[null]', '[{"type":"node"}]', '[{"type":"node","webSocketDebuggerUrl":7}]', '[{"type":"node","webSocketDebuggerUrl":"no url"}]']) {
    expect((await asked((_, reply) => { reply.writeHead(200, { 'content-type': 'application/json' }).end(body); })).found, body).toBeNull();
  }
});
