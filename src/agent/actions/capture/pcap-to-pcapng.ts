// Rewrites a stream of classic pcap (as tcpdump writes it) as pcapng: one section, one interface, an enhanced packet block per packet.
// Formats: pcap and pcapng as draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng have them. Holds one packet at a time.

const [sectionHeader, interfaceBlock, packetBlock] = [0x0a0d0d0a, 1, 6];
const [microMagic, nanoMagic] = [0xa1b2c3d4, 0xa1b23c4d];
/** tcpdump's own bound of a packet. */
const mostPacketBytes = 262_144;

export class PcapToPcapng {
  packets = 0;
  /** Of the packets on the wire. */
  wireBytes = 0;
  #rest: Buffer = Buffer.alloc(0);
  #littleEndian = true;
  #started = false;
  /** Digits after the second. */
  #digits = 6;

  /** The blocks for what came; throws on what is no pcap. */
  add(chunk: Buffer): Buffer {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const out: Buffer[] = [];
    let at = this.#started ? 0 : this.#start(out);
    for (let end = this.#started ? this.#packetEnd(at) : null; end !== null; end = this.#packetEnd(at)) {
      out.push(this.#packet(at, end));
      at = end;
    }
    this.#rest = this.#rest.subarray(at);
    return Buffer.concat(out);
  }

  /** Global header: magic, version, two unused fields, snap length, link type; 24 bytes. */
  #start(out: Buffer[]): number {
    if (this.#rest.length < 24) return 0;
    const magics = [this.#rest.readUInt32LE(0), this.#rest.readUInt32BE(0)];
    const order = magics.findIndex((magic) => magic === microMagic || magic === nanoMagic);
    const magic = magics[order];
    if (magic === undefined) throw new Error('this is not a pcap stream');
    this.#littleEndian = order === 0;
    this.#started = true;
    this.#digits = magic === nanoMagic ? 9 : 6;
    out.push(section(), interfaceOf(this.#u32(20) & 0xffff, this.#u32(16), this.#digits));
    return 24;
  }

  /** Null until all of the next packet is here. */
  #packetEnd(at: number): number | null {
    if (this.#rest.length < at + 16) return null;
    const length = this.#u32(at + 8);
    if (length > mostPacketBytes) throw new Error('a packet is longer than any can be');
    return this.#rest.length < at + 16 + length ? null : at + 16 + length;
  }

  /** Record header: seconds, fraction, bytes here, bytes on the wire. The fraction's unit is that of the interface block. */
  #packet(at: number, end: number): Buffer {
    const [captured, original] = [end - at - 16, this.#u32(at + 12)];
    const perSecond = this.#digits === 9 ? 1_000_000_000n : 1_000_000n;
    const time = BigInt(this.#u32(at)) * perSecond + BigInt(this.#u32(at + 4));
    this.packets++;
    this.wireBytes += original;
    const body = Buffer.alloc(20 + padded(captured));
    body.writeUInt32LE(0, 0);
    body.writeUInt32LE(Number(time >> 32n), 4);
    body.writeUInt32LE(Number(time & 0xffffffffn), 8);
    body.writeUInt32LE(captured, 12);
    body.writeUInt32LE(original, 16);
    this.#rest.copy(body, 20, at + 16, end);
    return block(packetBlock, body);
  }

  #u32(at: number): number { return this.#littleEndian ? this.#rest.readUInt32LE(at) : this.#rest.readUInt32BE(at); }
}

const padded = (bytes: number): number => (bytes + 3) & ~3;

/** Type and total length around the body. */
function block(type: number, body: Buffer): Buffer {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32LE(type, 0);
  whole.writeUInt32LE(whole.length, 4);
  body.copy(whole, 8);
  whole.writeUInt32LE(whole.length, whole.length - 4);
  return whole;
}

/** Byte-order magic, version 1.0, length of the section unknown. */
function section(): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(sectionHeader, body);
}

/** Link type, snap length, option 9 (if_tsresol: digits after the second), end of options. */
function interfaceOf(linkType: number, snapLength: number, digits: number): Buffer {
  const body = Buffer.alloc(20);
  body.writeUInt16LE(linkType, 0);
  body.writeUInt32LE(snapLength, 4);
  body.writeUInt16LE(9, 8);
  body.writeUInt16LE(1, 10);
  body.writeUInt8(digits, 12);
  return block(interfaceBlock, body);
}
