// Captures as tcpdump writes them, and what is damaged, cut or hostile.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeCapture, pcapngOf } from '../../../../mocks/index.ts';
import { readCapture } from './capture-file.ts';
import { decodePacket } from './decode-packet.ts';
import { openPackets, type PacketsEnd } from './client.ts';
import { servePackets } from './serve.ts';

const startMs = 1_767_323_045_000;

const inProcess = (): PacketsEnd => {
  let receive: Parameters<PacketsEnd['listen']>[0] = () => undefined;
  const serve = servePackets(message => receive(message));
  return { post: message => void serve(message), listen: listener => { receive = listener; }, close: () => undefined };
};

/** A little-endian pcap of one raw IP packet. */
function pcapOf(packet: Uint8Array, little = true): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(40 + packet.length);
  const view = new DataView(out.buffer);
  [0xa1b2c3d4, 0, 0, 0, 65_535, 101, 1_767_323_045, 250_000, packet.length, packet.length].forEach((value, i) => view.setUint32(i * 4, value, little));
  out.set(packet, 40);
  return out;
}

describe('a capture', () => {
  it('lists time, addresses, ports, protocol, flags and length of each packet', async () => {
    const client = await openPackets(new Blob([madeCapture(startMs).slice()]), inProcess);
    expect(client.summary).toMatchObject({ format: 'pcapng', packets: 125, fromMs: startMs, beyond: 0, problem: null });
    const { rows, matched } = await client.rows(0, 3, '');
    expect(matched).toBe(125);
    expect(rows.map(({ source, destination, protocol, info }) => [source, destination, protocol, info])).toEqual([
      ['10.0.0.12:40112', '10.0.0.2:53', 'UDP', ''], ['10.0.0.2:53', '10.0.0.12:40112', 'UDP', ''], ['10.0.0.12:51204', '10.0.0.40:5432', 'TCP', 'SYN'],
    ]);
  });
  it('filters by all words of a text, and gives the bytes of one packet', async () => {
    const client = await openPackets(new Blob([madeCapture(startMs).slice()]), inProcess);
    const { rows, matched } = await client.rows(0, 10, 'tcp  SYN');
    expect([matched, rows.map(({ index }) => index)]).toEqual([2, [2, 3]]);
    expect((await client.rows(1, 10, 'udp')).rows).toHaveLength(1);
    expect(new TextDecoder().decode(await client.bytes(0))).toContain('db.shop.local?');
    expect(await client.bytes(9999)).toHaveLength(0);
  });
  it('reads pcap of either byte order, and IPv6', () => {
    const ip = new Uint8Array(48);
    ip[0] = 0x60; ip[6] = 17; ip[23] = 1; ip[24] = 0x20; ip[25] = 1; ip[39] = 9; ip[41] = 53; ip[43] = 99;
    for (const little of [true, false]) {
      const read = readCapture(pcapOf(ip, little));
      if (!read.ok) throw new Error(read.error.message);
      expect([read.value.count, read.value.timeMs[0]]).toEqual([1, 1_767_323_045_250]);
      expect(decodePacket(ip, read.value.link[0]!)).toEqual({ source: '[::1]:53', destination: '[2001::9]:99', protocol: 'UDP', info: '' });
    }
  });
  it('says where damage ends it, and keeps what came before', () => {
    const whole = pcapngOf([{ atMs: startMs, from: ['10.0.0.1', 1], to: ['10.0.0.2', 2], protocol: 'udp', payload: 'x' }, { atMs: startMs, from: ['10.0.0.1', 1], to: ['10.0.0.2', 2], protocol: 'udp', payload: 'y' }]);
    const cut = readCapture(whole.slice(0, -6));
    expect(cut).toMatchObject({ ok: true, value: { count: 1, problem: 'It ends within a block.' } });
    expect(readCapture(new TextEncoder().encode('not a capture at all'))).toMatchObject({ ok: false, error: { code: 'capture-unknown' } });
  });
  it('never throws on hostile bytes, and is done after one pass', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(0x0a0d0d0a, 0xa1b2c3d4), (bytes, magic) => {
      const file = new Uint8Array(bytes.length + 4);
      new DataView(file.buffer).setUint32(0, magic, true);
      file.set(bytes, 4);
      const read = readCapture(file);
      if (read.ok) for (let i = 0; i < read.value.count; i++) decodePacket(file.subarray(read.value.at[i], read.value.at[i]! + read.value.captured[i]!), read.value.link[i]!);
    }), { seed: 7 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(0, 1, 101, 113, 276, 9), (bytes, link) => { expect(typeof decodePacket(bytes, link).protocol).toBe('string'); }), { seed: 8 });
  });
});
