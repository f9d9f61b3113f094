import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { syslogSpec } from '../../../../model/index.ts';
import { until } from '../../../test-support/until.ts';
import type { StaticProbe } from '../../contract.ts';
import { numbered, TestPorts } from '../testing/static-ports.ts';
import { syslogProbe } from './syslog-probe.ts';

const any = { host: '127.0.0.1', port: 0 };
async function started(ports: TestPorts, spec: Parameters<typeof syslogSpec.parse>[0], bounds?: { connections: number; idleMs: number }): Promise<{ probe: StaticProbe; port: number }> {
  const probe = syslogProbe(syslogSpec.parse(spec), ports, bounds);
  onTestFinished(() => probe.stop());
  const result = await probe.start();
  if (!result.ok) throw new Error(result.error.message);
  return { probe, port: Number(/:(\d+)$/.exec(result.value.resolved ?? '')?.[1]) };
}
async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => { socket.destroy(); });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
const wire = (texts: readonly string[]): string => texts.map((text) => `<13>${text}\n`).join('');

test('TCP, both framings on one connection', async () => {
  const ports = new TestPorts();
  const { port } = await started(ports, { tcp: any });
  (await dial(port)).write('16 <13>app: counted<13>app[3]: line\n');
  await until(() => ports.records.length === 2);
  expect(ports.records).toMatchObject([{ body: 'counted', resource: { 'service.name': 'app', 'host.name': 'test-host' }, severity: 10 }, { body: 'line', attributes: { 'process.pid': 3, 'weir.probe.id': 's1', 'weir.probe.name': 'source' } }]);
});

test('a restart: what was sent before is there once, what is sent after it as well', async () => {
  const ports = new TestPorts();
  const first = await started(ports, { tcp: any });
  const socket = await dial(first.port);
  socket.write(wire(numbered(0, 5000)));
  await until(() => ports.records.length > 0);
  await first.probe.stop();
  expect(ports.bodies).toEqual(numbered(0, 5000));
  const second = await started(ports, { tcp: { host: '127.0.0.1', port: first.port } });
  (await dial(second.port)).write(wire(numbered(5000, 6000)));
  await until(() => ports.records.length >= 6000);
  expect(ports.bodies).toEqual(numbered(0, 6000));
});

test('full exporters: TCP is held back, nothing is lost, memory is bounded', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { tcp: any });
  ports.isFull = true;
  const socket = await dial(port);
  const sent = socket.write(wire(numbered(0, 100_000, 'a line of some length so that no buffer takes all of them'.padEnd(300, '.'))));
  await until(() => ports.refusals > 3);
  expect(sent).toBe(false);
  const waiting = Number(/(\d+) waiting/.exec(probe.figures().standing)?.[1]);
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThan(25_000);
  expect(probe.figures().waiting).toBe(true);
  ports.isFull = false;
  await until(() => ports.records.length === 100_000);
  expect(ports.bodies.every((body, i) => body.endsWith(` ${i}`))).toBe(true);
  expect(ports.largest).toBeLessThanOrEqual(1000);
  expect(probe.figures()).toMatchObject({ records: 100_000, dropped: 0, waiting: false });
}, 60_000);

test('UDP, and what is malformed is kept and counted', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { udp: any });
  const socket = createSocket('udp4');
  onTestFinished(() => { socket.close(); });
  for (const text of ['<13>a: one', 'no priority']) socket.send(text, port, '127.0.0.1');
  await until(() => ports.records.length === 2);
  expect(ports.bodies.toSorted()).toEqual(['no priority', 'one']);
  expect(probe.figures().standing).toContain('1 malformed');
});

test('full exporters: UDP sheds and counts, and the sum is right', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { udp: any });
  ports.isFull = true;
  const socket = createSocket('udp4');
  onTestFinished(() => { socket.close(); });
  const total = 30_000;
  for (let i = 0; i < total; i++) {
    socket.send(`<13>x: ${i}`, port, '127.0.0.1');
    if (i % 100 === 99) await new Promise((resolve) => { setTimeout(resolve, 1); });
  }
  await until(() => probe.figures().dropped > 5000);
  ports.isFull = false;
  // What the kernel shed on a busy machine is counted too, so how many get through is not known beforehand.
  await until(() => probe.figures().records > 0);
  await probe.stop();
  expect(probe.figures().records + probe.figures().dropped).toBe(total);
}, 60_000);

test('exporters that stay full at a stop: what is dropped is counted', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { tcp: any });
  ports.isFull = true;
  (await dial(port)).write(wire(numbered(0, 10)));
  await until(() => ports.refusals > 0);
  await probe.stop();
  expect(probe.figures()).toMatchObject({ records: 0, dropped: 10 });
}, 20_000);

test('too many connections are refused, idle ones closed', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { tcp: any }, { connections: 1, idleMs: 200 });
  const one = await dial(port);
  const two = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(two, 'close');
  expect(probe.figures()).toMatchObject({ problem: { code: 'probe.too-many-connections' } });
  one.resume();
  await once(one, 'close');
});

test('long messages are cut and counted; rubbish harms nobody', async () => {
  const ports = new TestPorts();
  const { probe, port } = await started(ports, { tcp: any, maxMessageBytes: 480 });
  (await dial(port)).end(Buffer.alloc(1_000_000, 0xff));
  (await dial(port)).write(`<13>${'x'.repeat(1000)}\n`);
  await until(() => ports.records.length === 2);
  expect(ports.records.find(({ body }) => body.startsWith('x'))).toMatchObject({ attributes: { 'log.record.cut_bytes': 524 } });
  expect(probe.figures().standing).toContain('2 cut');
});

test('a port that is taken, in words', async () => {
  const { port } = await started(new TestPorts(), { tcp: any });
  expect(await syslogProbe(syslogSpec.parse({ tcp: { ...any, port } }), new TestPorts()).start()).toMatchObject({ ok: false, error: { code: 'probe.port-taken', message: expect.stringContaining(String(port)) as string } });
});
