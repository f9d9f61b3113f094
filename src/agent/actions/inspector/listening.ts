// Which TCP ports a process listens on: the inodes of its open sockets, looked up in the table of its own network namespace.
// Format: proc(5), /proc/net/tcp: address and port in hexadecimal, state 0A is LISTEN, inode in the tenth column.
import { readBounded, type Proc } from '../../processes/index.ts';

const mostTableBytes = 8 * 1024 * 1024;
const mostDescriptors = 65_536;

/** Null when the descriptors of the process may not be read. */
export async function listeningPorts(proc: Proc, pid: number): Promise<number[] | null> {
  const inodes = await socketInodes(proc, pid);
  if (inodes === null) return null;
  const rows = await listeners(proc, pid);
  return [...new Set(rows.filter(({ inode }) => inodes.has(inode)).map(({ port }) => port))];
}

/** All that listen in the network namespace of the process. */
export async function listeners(proc: Proc, pid: number): Promise<{ readonly port: number; readonly inode: string }[]> {
  const tables = await Promise.all(['net/tcp', 'net/tcp6'].map((name) => readBounded(proc.path(pid, name), mostTableBytes)));
  return tables.flatMap((table) => (table ?? '').split('\n').slice(1).map((line) => line.trim().split(/\s+/)))
    .filter((columns) => columns[3] === '0A')
    .map((columns) => ({ port: Number.parseInt(columns[1]?.split(':').at(-1) ?? '', 16), inode: columns[9] ?? '' }));
}

export async function socketInodes(proc: Proc, pid: number): Promise<Set<string> | null> {
  const descriptors = await proc.list(pid, 'fd');
  if (descriptors === null) return null;
  const inodes = new Set<string>();
  for (let from = 0; from < Math.min(descriptors.length, mostDescriptors); from += 256) {
    const links = await Promise.all(descriptors.slice(from, from + 256).map((name) => proc.link(pid, `fd/${name}`)));
    for (const link of links) {
      const inode = /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  }
  return inodes;
}
