// Open files of a process: how many of which kind, and the first of them by name; TCP sockets with both ends and state.
import { readBounded, type Proc } from '../../processes/index.ts';
import { socketInodes } from '../inspector/index.ts';

const [mostListed, mostRead] = [500, 20_000];
/** State numbers of /proc/net/tcp, as include/net/tcp_states.h has them. */
const tcpStates = ['', 'established', 'syn-sent', 'syn-received', 'fin-wait-1', 'fin-wait-2', 'time-wait', 'close', 'close-wait', 'last-ack', 'listen', 'closing'];

/** Null when they may not be read. */
export async function descriptorsOf(proc: Proc, pid: number) {
  const names = await proc.list(pid, 'fd');
  if (names === null) return null;
  const links: string[] = [];
  for (let from = 0; from < Math.min(names.length, mostRead); from += 256) links.push(...(await Promise.all(names.slice(from, from + 256).map((name) => proc.link(pid, `fd/${name}`)))).filter((link) => link !== null));
  const byKind: Record<string, number> = {};
  for (const link of links) byKind[kindOf(link)] = (byKind[kindOf(link)] ?? 0) + 1;
  return { count: names.length, byKind, files: links.filter((link) => link.startsWith('/')).toSorted().slice(0, mostListed), sockets: await socketsOf(proc, pid) };
}

const kindOf = (link: string): string => (link.startsWith('/') ? 'file' : /^(\w+):/.exec(link)?.[1] ?? 'other').replace('anon_inode', /\[(\w+)\]$/.exec(link)?.[1] ?? 'anonymous');

async function socketsOf(proc: Proc, pid: number) {
  const inodes = await socketInodes(proc, pid) ?? new Set();
  const tables = await Promise.all(['net/tcp', 'net/tcp6'].map((name) => readBounded(proc.path(pid, name), 4 * 1024 * 1024)));
  const rows = tables.flatMap((table) => (table ?? '').split('\n').slice(1)).map((line) => line.trim().split(/\s+/)).filter((columns) => inodes.has(columns[9] ?? ''));
  const tcp = rows.map((columns) => ({ local: address(columns[1] ?? ''), remote: address(columns[2] ?? ''), state: tcpStates[Number.parseInt(columns[3] ?? '', 16)] ?? columns[3] ?? '', queued: columns[4] ?? '' }));
  const byState: Record<string, number> = {};
  for (const { state } of tcp) byState[state] = (byState[state] ?? 0) + 1;
  return { all: inodes.size, tcpByState: byState, tcp: tcp.slice(0, mostListed) };
}

/** Each four bytes of an address stand in the machine's order, which is little-endian here. */
function address(text: string): string {
  const [host = '', port = ''] = text.split(':');
  const bytes = (host.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed());
  const decimal = (from: readonly string[]): string => from.map((byte) => Number.parseInt(byte, 16)).join('.');
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === '00') && bytes[10] === 'FF' && bytes[11] === 'FF';
  const shown = bytes.length === 4 ? decimal(bytes) : mapped ? decimal(bytes.slice(12)) : `[${(bytes.join('').match(/.{4}/g) ?? []).map((group) => group.toLowerCase().replace(/^0{1,3}/, '')).join(':')}]`;
  return `${shown}:${Number.parseInt(port, 16)}`;
}
