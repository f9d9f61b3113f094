import { createServer } from 'node:net';
import { connect } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { actionsHere } from '../testing/actions-here.ts';
import { has, startNative } from '../testing/targets.ts';
import { PcapToPcapng } from './pcap-to-pcapng.ts';

vi.setConfig({ testTimeout: 120_000 });

it.skipIf(!has('tcpdump') || process.getuid?.() !== 0)('captures on loopback what a filter lets through', async () => {
  const server = createServer((socket) => { socket.end('weir was here'); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const here = await actionsHere();
  const running = here.run('packet-capture', null, { durationMs: 60_000, interface: 'lo', filter: `tcp port ${port}`, maxPackets: 6 });
  const talk = setInterval(() => { connect(port, '127.0.0.1').on('error', () => undefined).resume(); }, 100);
  const report = await running;
  clearInterval(talk);
  server.close();
  expect(report.why).toBeNull();
  expect(report.artifacts[0]).toMatchObject({ kind: 'packet-capture', format: 'pcapng', sensitive: true });
  expect(report.figures['packets']).toBe(6);
  const bytes = here.bytes(report.artifacts[0]?.name ?? '');
  expect(blocks(bytes).map(({ type }) => type)).toEqual([0x0a0d0d0a, 1, 6, 6, 6, 6, 6, 6]);
  expect(bytes.includes('weir was here')).toBe(true);
});

it.skipIf(!has('tcpdump') || process.getuid?.() !== 0)('says why a filter is no filter, in the words of the tool', async () => {
  const here = await actionsHere();
  const report = await here.run('packet-capture', null, { durationMs: 500, interface: 'lo', filter: 'prot nonsense' });
  expect(report).toMatchObject({ state: 'failed', artifacts: [], why: { code: 'action.tool-failed', message: expect.stringMatching(/syntax error|parse/) } });
  expect(here.drafts()).toEqual([]);
});

it('takes an option in place of a filter for what it is: no filter', async () => {
  const here = await actionsHere();
  const report = await here.run('packet-capture', null, { durationMs: 100, interface: 'lo', filter: '--version' });
  expect(['failed', 'refused']).toContain(report.state);
});

it('rewrites pcap as pcapng, wherever it is cut', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 8 }), fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 50 }), (packets, little, nano, step) => {
    const pcap = pcapOf(packets, little, nano);
    const convert = new PcapToPcapng();
    const out: Buffer[] = [];
    for (let at = 0; at < pcap.length; at += step) out.push(convert.add(pcap.subarray(at, at + step)));
    const [section, face, ...rest] = blocks(Buffer.concat(out));
    expect(section?.type).toBe(0x0a0d0d0a);
    expect(face?.body.readUInt16LE(0)).toBe(113);
    expect(face?.body.readUInt8(12)).toBe(nano ? 9 : 6);
    expect(rest.map(({ body }) => [...body.subarray(20, 20 + body.readUInt32LE(12))])).toEqual(packets.map((packet) => [...packet]));
    rest.forEach(({ body }, index) => {
      const time = (BigInt(body.readUInt32LE(4)) << 32n) + BigInt(body.readUInt32LE(8));
      expect(time).toBe(BigInt(1_700_000_000 + index) * (nano ? 1_000_000_000n : 1_000_000n) + 7n);
    });
    expect(convert.packets).toBe(packets.length);
  }));
});

it('takes nothing else for pcap', () => {
  expect(() => new PcapToPcapng().add(Buffer.alloc(24, 1))).toThrow(/no(t a)? pcap/);
});

function pcapOf(packets: readonly Uint8Array[], little: boolean, nano: boolean): Buffer {
  const numbers = (...values: number[]): Buffer => {
    const out = Buffer.alloc(values.length * 4);
    values.forEach((value, index) => (little ? out.writeUInt32LE(value, index * 4) : out.writeUInt32BE(value, index * 4)));
    return out;
  };
  const version = Buffer.alloc(4);
  return Buffer.concat([numbers(nano ? 0xa1b23c4d : 0xa1b2c3d4), version, numbers(0, 0, 65_535, 113), ...packets.flatMap((packet, index) => [numbers(1_700_000_000 + index, 7, packet.length, packet.length + 3), packet])]);
}

/** Checks both lengths of each block on the way. */
function blocks(bytes: Buffer): { type: number; body: Buffer }[] {
  const found: { type: number; body: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(bytes.readUInt32LE(at + length - 4)).toBe(length);
    found.push({ type: bytes.readUInt32LE(at), body: bytes.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return found;
}

it('a process without a socket is refused beforehand unless everything is meant', async () => {
  const [here, target] = [await actionsHere(), await startNative()];
  const preview = async (parameters: object) => here.runner.preview({ action: 'packet-capture', target: { pid: target.pid }, parameters: { ...parameters } });
  expect(await preview({})).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ code: 'action.no-sockets', canForce: true })]) });
  const filtered = await preview({ filter: 'tcp' });
  expect(filtered.problems.map(({ code }) => code)).not.toContain('action.no-sockets');
});
