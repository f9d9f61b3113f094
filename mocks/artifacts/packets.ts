// A small pcapng of made-up traffic, as tcpdump would write it: handshakes and queries between a checkout and its database.
const ethernet = 1;

export interface MadePacket { readonly atMs: number; readonly from: readonly [string, number]; readonly to: readonly [string, number]; readonly protocol: 'tcp' | 'udp'; readonly payload: string; readonly flags?: number }

const padded = (bytes: Uint8Array): Uint8Array => { const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4); out.set(bytes); return out; };

function block(type: number, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, out.length, true);
  out.set(body, 8);
  view.setUint32(out.length - 4, out.length, true);
  return out;
}

const words = (...values: readonly number[]): Uint8Array => { const view = new DataView(new ArrayBuffer(values.length * 4)); values.forEach((value, i) => view.setUint32(i * 4, value, true)); return new Uint8Array(view.buffer); };
const joined = (...parts: readonly Uint8Array[]): Uint8Array => { const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0)); let at = 0; for (const part of parts) { out.set(part, at); at += part.length; } return out; };
const address = (text: string): Uint8Array => Uint8Array.from(text.split('.'), Number);
const big16 = (...values: readonly number[]): Uint8Array => Uint8Array.from(values.flatMap(value => [value >> 8 & 255, value & 255]));

function frame({ from, to, protocol, payload, flags = 0x18 }: MadePacket): Uint8Array {
  const data = new TextEncoder().encode(payload);
  const ports = big16(from[1], to[1]);
  const transport = protocol === 'udp' ? joined(ports, big16(8 + data.length, 0), data) : joined(ports, new Uint8Array(8), Uint8Array.of(0x50, flags, 0xff, 0xff, 0, 0, 0, 0), data);
  const ip = joined(Uint8Array.of(0x45, 0), big16(20 + transport.length), Uint8Array.of(0, 1, 0x40, 0, 64, protocol === 'udp' ? 17 : 6, 0, 0), address(from[0]), address(to[0]));
  return joined(new Uint8Array(12), Uint8Array.of(8, 0), ip, transport);
}

/** Section header, one Ethernet interface (microseconds), one enhanced packet block a packet. */
export function pcapngOf(packets: readonly MadePacket[]): Uint8Array {
  const head = block(0x0a0d0d0a, joined(words(0x1a2b3c4d), Uint8Array.of(1, 0, 0, 0), words(0xffffffff, 0xffffffff)));
  const face = block(1, joined(Uint8Array.of(ethernet, 0, 0, 0), words(262_144)));
  return joined(head, face, ...packets.map(packet => {
    const bytes = frame(packet);
    const micros = BigInt(Math.round(packet.atMs)) * 1000n;
    return block(6, joined(words(0, Number(micros >> 32n), Number(micros & 0xffffffffn), bytes.length, bytes.length), padded(bytes)));
  }));
}

export function madeCapture(startMs: number): Uint8Array {
  const [shop, base, names] = [['10.0.0.12', 51_204], ['10.0.0.40', 5432], ['10.0.0.2', 53]] as const;
  const packets: MadePacket[] = [
    { atMs: startMs, from: ['10.0.0.12', 40_112], to: names, protocol: 'udp', payload: 'db.shop.local?' },
    { atMs: startMs + 1, from: names, to: ['10.0.0.12', 40_112], protocol: 'udp', payload: 'db.shop.local 10.0.0.40' },
    { atMs: startMs + 2, from: shop, to: base, protocol: 'tcp', payload: '', flags: 2 },
    { atMs: startMs + 3, from: base, to: shop, protocol: 'tcp', payload: '', flags: 0x12 },
    { atMs: startMs + 3.2, from: shop, to: base, protocol: 'tcp', payload: '', flags: 0x10 },
  ];
  for (let i = 0; i < 60; i++) {
    const atMs = startMs + 10 + i * 40;
    packets.push({ atMs, from: shop, to: base, protocol: 'tcp', payload: `Q select depth from orders_queue where shard = ${i % 4}` }, { atMs: atMs + 12 + i, from: base, to: shop, protocol: 'tcp', payload: `D ${200 + i}` });
  }
  return pcapngOf(packets);
}
