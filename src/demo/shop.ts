// The shop's own parent: starts the four services and the waiting room's game, drives traffic, restarts what crashes, answers the fault switches.
//
// Environment: OTEL_EXPORTER_OTLP_ENDPOINT (OTLP/HTTP base URL), DEMO_PAGES_PER_SECOND (default 60).
// DEMO_CONTROL_PORT (default 0, any). HTTP on loopback: GET /faults, PUT /faults/NAME {"on": true}. Sends {type: 'ready', controlUrl} to its parent.
import { fork, type ChildProcess } from 'node:child_process';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pause, pick } from './chance.ts';
import { faults, isFaultName, type FaultName } from './faults.ts';

const names = ['frontend', 'cart', 'checkout', 'payments', 'tower'] as const;
const players = ['ada', 'grace', 'edsger', 'barbara', 'donald'];
const playEveryMs = 250;
const extension = extname(import.meta.filename);
const children = new Map<string, ChildProcess>();
const peers: Record<string, number> = {};
const on = new Set<FaultName>(['chatty-log']);
let stopping = false;

function startService(name: string): void {
  const env = { ...process.env, ...(name === 'checkout' && on.has('renamed-event') && { SHOP_RELEASE: 'next' }) };
  const child = fork(join(import.meta.dirname, 'services', `${name}${extension}`), [], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  children.set(name, child);
  child.on('message', (message: { type: string; port: number }) => {
    if (message.type !== 'listening') return;
    peers[name] = message.port;
    tell({ type: 'peers', peers });
    tell({ type: 'faults', on: [...on] });
  });
  child.on('exit', () => {
    delete peers[name];
    if (!stopping) setTimeout(() => { if (!stopping) startService(name); }, 1000);
  });
}

/** A release is another process: the one that runs leaves, and the exit starts the next. */
function release(name: string): void { children.get(name)?.kill('SIGTERM'); }

function tell(message: object): void {
  for (const child of children.values()) if (child.connected) child.send(message, () => { /* a child that just left is restarted */ });
}

/** One page view at the front door. */
function visit(): void {
  const dice = Math.random();
  const path = dice < 0.35 ? '/' : dice < 0.7 ? `/product/${pick(['MUG-2207', 'RUG-5530', 'LAMP-031', 'TEA-0412'])}` : dice < 0.9 ? '/cart' : '/checkout';
  call('frontend', path);
}

/** One game in the waiting room. */
function play(): void { call('tower', `/?user=${pick(players)}&disks=${3 + Math.floor(Math.random() * 6)}`); }

function call(service: string, path: string): void {
  const port = peers[service];
  if (port === undefined) return;
  const outgoing = request({ host: '127.0.0.1', port, path, timeout: 5000 }, (answer) => answer.resume());
  outgoing.on('timeout', () => outgoing.destroy());
  outgoing.on('error', () => { /* a visitor gives up */ });
  outgoing.end();
}

async function drive(pagesPerSecond: number): Promise<void> {
  const started = performance.now();
  for (let sent = 0; !stopping;) {
    // A slow wave, so that charts have a shape: between 70 % and 130 % of the rate over two minutes.
    const due = ((performance.now() - started) / 1000) * pagesPerSecond;
    const wave = 1 + 0.3 * Math.sin(performance.now() / 19_000);
    for (; sent < due; sent++) if (Math.random() < wave / 1.3) visit();
    await pause(20);
  }
}

const list = (): string => JSON.stringify({ faults: faults.map((fault) => ({ ...fault, on: on.has(fault.name) })) });

function answerControl(incoming: IncomingMessage, answer: ServerResponse): void {
  const name = (incoming.url ?? '').split('/')[2] ?? '';
  const reply = (status: number, body: string): void => { answer.writeHead(status, { 'content-type': 'application/json' }).end(body); };
  if (incoming.method === 'GET' && incoming.url === '/faults') return reply(200, list());
  if (incoming.method !== 'PUT' || !isFaultName(name)) return reply(404, JSON.stringify({ error: { code: 'demo.unknown-fault', message: `The demo shop has no fault "${name}".` } }));
  let body = '';
  incoming.on('data', (chunk: Buffer) => { if (body.length < 1000) body += chunk.toString(); });
  incoming.on('end', () => {
    const before = on.has(name);
    try {
      if ((JSON.parse(body) as { on: boolean }).on === true) on.add(name); else on.delete(name);
    } catch {
      return reply(400, JSON.stringify({ error: { code: 'demo.bad-request', message: 'Send {"on": true} or {"on": false}.' } }));
    }
    if (name === 'renamed-event' && on.has(name) !== before) release('checkout');
    tell({ type: 'faults', on: [...on] });
    reply(200, list());
  });
}

function stop(): void {
  stopping = true;
  for (const child of children.values()) child.kill('SIGTERM');
  setTimeout(() => process.exit(0), 2000).unref();
  void Promise.all([...children.values()].map((child) => child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null)).then(() => process.exit(0));
}

const control = createServer(answerControl);
control.listen(Number(process.env['DEMO_CONTROL_PORT'] ?? 0), '127.0.0.1', () => {
  process.send?.({ type: 'ready', controlUrl: `http://127.0.0.1:${(control.address() as AddressInfo).port}` });
  for (const name of names) startService(name);
  setInterval(play, playEveryMs);
  void drive(Number(process.env['DEMO_PAGES_PER_SECOND'] ?? 60));
});
process.on('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGINT', () => { /* the parent decides */ });
