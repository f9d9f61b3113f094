// What one packet is: who to whom, over what. Looks at the headers only, never follows more than a few of them.
export interface DecodedPacket { readonly source: string; readonly destination: string; readonly protocol: string; readonly info: string }

/** Link types by number (tcpdump.org/linktypes). */
const [linkNull, linkEthernet, linkRaw, linkLoop, linkCooked, linkCooked2] = [0, 1, 101, 108, 113, 276];
const [etherIpv4, etherArp, etherVlan, etherIpv6, etherQinQ] = [0x0800, 0x0806, 0x8100, 0x86dd, 0x88a8];
const protocolNames: Readonly<Record<number, string>> = { 1: 'ICMP', 2: 'IGMP', 6: 'TCP', 17: 'UDP', 47: 'GRE', 50: 'ESP', 58: 'ICMPv6', 132: 'SCTP' };
/** Extension headers of IPv6 that have a next header and a length. */
const extensions = new Set([0, 43, 60]);
const maxExtensions = 8;

const unknown = (protocol: string, info = ''): DecodedPacket => ({ source: '', destination: '', protocol, info });

/** Never throws: what is cut or strange is named as far as it goes. */
export function decodePacket(bytes: Uint8Array, link: number): DecodedPacket {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try { return ofLink(view, link); } catch { return unknown('cut', 'The headers were not kept whole.'); }
}

function ofLink(view: DataView, link: number): DecodedPacket {
  if (link === linkEthernet) return ofEther(view, view.getUint16(12), 14);
  if (link === linkCooked) return ofEther(view, view.getUint16(14), 16);
  if (link === linkCooked2) return ofEther(view, view.getUint16(0), 20);
  if (link === linkRaw) return ofIp(view, 0);
  if (link === linkNull || link === linkLoop) return ofIp(view, 4);
  return unknown(`link ${link}`, 'A kind of network that is not decoded here.');
}

function ofEther(view: DataView, type: number, at: number): DecodedPacket {
  if (type === etherVlan || type === etherQinQ) { const inner = view.getUint16(at + 2); return inner === etherVlan ? ofEther(view, view.getUint16(at + 6), at + 8) : ofEther(view, inner === etherQinQ ? 0 : inner, at + 4); }
  if (type === etherIpv4 || type === etherIpv6) return ofIp(view, at);
  if (type === etherArp) return arp(view, at);
  return unknown(`0x${type.toString(16).padStart(4, '0')}`);
}

function ofIp(view: DataView, at: number): DecodedPacket {
  const version = view.getUint8(at) >> 4;
  if (version === 4) {
    const offset = view.getUint16(at + 6) & 0x1fff;
    return ofTransport(view, { protocol: view.getUint8(at + 9), source: ipv4(view, at + 12), destination: ipv4(view, at + 16), at: at + (view.getUint8(at) & 15) * 4, later: offset > 0 });
  }
  if (version !== 6) return unknown('IP', `version ${version}`);
  let [protocol, next] = [view.getUint8(at + 6), at + 40];
  for (let i = 0; i < maxExtensions && extensions.has(protocol); i++) { protocol = view.getUint8(next); next += (view.getUint8(next + 1) + 1) * 8; }
  return ofTransport(view, { protocol, source: ipv6(view, at + 8), destination: ipv6(view, at + 24), at: next, later: false });
}

interface Carried { readonly protocol: number; readonly source: string; readonly destination: string; readonly at: number; /** A later fragment: the ports were in the first. */ readonly later: boolean }

function ofTransport(view: DataView, { protocol, source, destination, at, later }: Carried): DecodedPacket {
  const name = protocolNames[protocol] ?? `IP ${protocol}`;
  if (later || (protocol !== 6 && protocol !== 17)) return { source, destination, protocol: name, info: later ? 'a later fragment' : '' };
  const [from, to] = [view.getUint16(at), view.getUint16(at + 2)];
  const wrap = (address: string, port: number) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
  return { source: wrap(source, from), destination: wrap(destination, to), protocol: name, info: protocol === 6 ? tcpInfo(view, at) : '' };
}

const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;

function tcpInfo(view: DataView, at: number): string {
  const flags = view.getUint8(at + 13);
  return flagNames.filter((_, bit) => (flags & 1 << bit) !== 0).join(' ');
}

function arp(view: DataView, at: number): DecodedPacket {
  const asks = view.getUint16(at + 6) === 1;
  const [source, destination] = [ipv4(view, at + 14), ipv4(view, at + 24)];
  return { source, destination, protocol: 'ARP', info: asks ? `who has ${destination}?` : `${source} answers` };
}

const ipv4 = (view: DataView, at: number): string => [0, 1, 2, 3].map(i => view.getUint8(at + i)).join('.');

/** The longest run of zero groups is written as two colons (RFC 5952). */
function ipv6(view: DataView, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(at + i * 2));
  let best = { from: -1, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length += 1;
    if (length > best.length) best = { from, length };
  }
  const text = (part: readonly number[]) => part.map(group => group.toString(16)).join(':');
  return best.from < 0 ? text(groups) : `${text(groups.slice(0, best.from))}::${text(groups.slice(best.from + best.length))}`;
}
